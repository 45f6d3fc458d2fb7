using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <content>Rows in the files of other machines, which stay there.</content>
public sealed partial class MeasureMixtureLikelihoodCommand
{
    private void MeasureInSessions()
    {
        (LikelihoodSummary summary, RowIntake intake) = DoInSessions(
            _mixture!.Property,
            sessions =>
            {
                LikelihoodSummary measured = sessions.Do(rows => LikelihoodSummary.Measure(_mixture, rows, ThrottleLimit, StopToken));
                return (measured, sessions.Intake);
            });
        WriteObject(summary.WithIntake(intake));
        Tell(intake);
    }
}
