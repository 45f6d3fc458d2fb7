using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Binding;
using GmmTools.Connectors.Sessions;
using GmmTools.Estimation;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands;

/// <content>Rows in the files of other machines, which stay there.</content>
public sealed partial class InvokeEmFitCommand
{
    private void CheckSessions()
    {
        RefuseInSessions(
            null, nameof(GroupProperty), nameof(InitialComponent), nameof(InitialResponsibility), nameof(KnownComponent), nameof(TrimFraction));
        if (InSessions && GoesOnWithoutSessions && Checkpoint is not null)
        {
            throw new CommandException(
                "SessionNotSupported", "-Checkpoint cannot be combined with -MissingSession Continue: it belongs to the rows of all sessions. Leave one of them out.");
        }
    }

    /// <summary>Fits rows that do not come here.</summary>
    /// <returns>Whether there are such.</returns>
    private bool FitsElsewhere()
    {
        if (InDatabase)
        {
            FitInDatabase();
        }
        else if (InSessions)
        {
            FitSessions();
        }

        return InDatabase || InSessions;
    }

    private void FitSessions()
    {
        TellCheckpoint();
        (IReadOnlyList<IFitOutcome> outcomes, IReadOnlyList<SessionRows> rows, RowIntake intake) = DoInSessions(
            GivenColumns.Names ?? _initial?.Property ?? [],
            sessions =>
            {
                IReadOnlyList<IFitOutcome> fitted = sessions.Do(Fit);
                return (fitted, sessions.Rows, sessions.Intake);
            },
            ReportProgress);
        WriteVerbose(FormattableString.Invariant(
            $"{rows.Sum(part => part.RequestCount)} requests to {Counted.Of(rows.Count, "session")}: {rows.Sum(part => part.BytesSent)} bytes sent, {rows.Sum(part => part.BytesReceived)} received."));
        Write(outcomes, intake);
    }
}
