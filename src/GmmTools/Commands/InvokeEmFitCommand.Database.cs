using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Connectors.Databases;
using GmmTools.Estimation;
using GmmTools.Estimation.Models;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands;

/// <content>Rows that stay in a database.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <summary>What is better where the rows need not stay in their database; null where they had better.</summary>
    private string? _betterWay;

    /// <summary>How often a query that fails is retried, after waits that start at one second and double; the fit resumes from the last completed
    /// iteration. Default 5. A query is retried only if others have succeeded before.</summary>
    [Parameter(ParameterSetName = TableSet, HelpMessage = "How often a query that fails is retried.")]
    [Parameter(ParameterSetName = QuerySet)]
    [ValidateRange(0, int.MaxValue)]
    public int RetryCount { get; set; } = 5;

    /// <summary>
    /// Sums that are the same to the last bit, however many threads or servers add the terms, and in whatever order: each term is rounded to a grid
    /// on which sums are exact. This takes one and a half times to twice as long, and the sums lose a few of their last digits.
    /// </summary>
    [Parameter(ParameterSetName = TableSet, HelpMessage = "Sums that are the same to the last bit, however many threads or servers add the terms.")]
    [Parameter(ParameterSetName = QuerySet)]
    public SwitchParameter Reproducible { get; set; }

    private void CheckDatabase()
    {
        if (InDatabase && _known is not null)
        {
            throw new CommandException(
                "KnownComponentNotSupported",
                "Labels are not read from rows that stay in their database. Pipe the rows of a query, or fit the labelled rows and start from that fit with -InitialModel.");
        }

        if (InDatabase && _start is not null)
        {
            throw new CommandException(
                "StartInDatabase",
                "Columns to start from cannot be read from rows that stay in their database. Start from a mixture with -InitialModel, for example one fitted to a sample, or leave the start to the command.");
        }
    }

    private void FitInDatabase()
    {
        TellCheckpoint();
        RowIntake intake = new(0);
        IReadOnlyList<IFitOutcome> outcomes = BackgroundWork.Run(() => FitTable(out intake), ReportDatabase, StopToken);
        TellNotices();
        if (_betterWay is not null)
        {
            WriteVerbose(_betterWay);
        }

        Write(outcomes, intake);
    }

    /// <summary>What the rows would take in memory, if that is no more than they may: fewer than a sample are brought there anyway.</summary>
    private string? FindBetterWay(DatabaseObservations rows)
    {
        double size = sizeof(double) * (double)rows.Count * (rows.Property.Count + (WeightProperty is null ? 0 : 1));
        return rows.Count > RowScales.MaxRows && size <= (MemoryLimit ?? RowStorage.DefaultMemoryLimit())
            ? FormattableString.Invariant($"The {Counted.Of(rows.Count, "row")} would take {size / 1e6:G3} MB and fit into memory, where an iteration takes less time than in a database: write them to a file, and fit it with -Path.")
            : null;
    }

    /// <summary>Looks at the table and fits it, on a thread of its own, which also gives the connection back.</summary>
    private IReadOnlyList<IFitOutcome> FitTable(out RowIntake intake)
    {
        DatabaseOptions options = CreateDatabaseOptions(GivenColumns.Names ?? _initial?.Property ?? [], ExcludeProperty);
        options.RetryCount = RetryCount;
        options.Reproducible = Reproducible;
        using DatabaseObservations rows = DatabaseObservations.Open(Connection!, options, StopToken);
        rows.Retrying = (attempt, exception) =>
            Note(FormattableString.Invariant($"A database query failed and is being retried ({attempt} of {RetryCount}): {exception.Message.Trim()}"));
        intake = rows.Intake;
        if (rows.ConstantColumns.Count > 0)
        {
            Note(ColumnText.DescribeLeftOut(rows.ConstantColumns));
        }

        try
        {
            _betterWay = FindBetterWay(rows);
            IReadOnlyList<IFitOutcome> outcomes = Fit(rows);
            return rows.ChangeWarning is string moved ? outcomes.ReplaceFits(fit => fit.WithWarning(moved)) : outcomes;
        }
        catch (DatabaseException exception) when (_checkpoint is not null && File.Exists(_checkpoint.Path))
        {
            throw new DatabaseException(
                exception.ErrorId,
                $"{exception.Message} The best mixture so far is saved in the checkpoint '{_checkpoint.Path}', from which the same command resumes.",
                exception.OffendingValue,
                exception)
            { Remedy = exception.Remedy };
        }
    }

    private void ReportDatabase()
    {
        TellNotices();
        ReportProgress();
    }
}
