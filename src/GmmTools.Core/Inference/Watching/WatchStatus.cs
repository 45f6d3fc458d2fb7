using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Inference.Watching;

/// <summary>How far rows are from an alarm, or that there is one.</summary>
public sealed class WatchStatus
{
    internal WatchStatus(double statistic, double interval, long rowCount, long watchedRowCount, long alarmCount, IReadOnlyList<WatchCause> causes)
    {
        Statistic = statistic;
        FalseAlarmInterval = interval;
        RowCount = rowCount;
        WatchedRowCount = watchedRowCount;
        AlarmCount = alarmCount;
        Causes = causes;
    }

    /// <summary>Whether the rows have departed from the baseline.</summary>
    public bool Alarm => Statistic >= FalseAlarmInterval;

    /// <summary>The evidence for a change: the sum of the likelihood ratios for one that began at any row since watching began. At
    /// <see cref="FalseAlarmInterval"/> it is an alarm.</summary>
    public double Statistic { get; }

    /// <summary>Mean number of rows of the baseline itself between two alarms: at least so many.</summary>
    public double FalseAlarmInterval { get; }

    /// <summary>How far it is to an alarm on a logarithmic scale: 0 without any evidence, 1 or more at an alarm.</summary>
    public double Level => Math.Log(1 + Statistic) / Math.Log(1 + FalseAlarmInterval);

    /// <summary>Number of rows so far.</summary>
    public long RowCount { get; }

    /// <summary>Number of rows since watching began anew: at the first row, or after the last alarm.</summary>
    public long WatchedRowCount { get; }

    /// <summary>Number of alarms so far.</summary>
    public long AlarmCount { get; }

    /// <summary>Number of the row, from 1, at which the change is estimated to have begun; null where there is no alarm.</summary>
    public long? ChangeRow => Causes.Count == 0 ? null : Causes[0].ChangeRow;

    /// <summary>What has changed, that with the most evidence first; none where there is no alarm.</summary>
    public IReadOnlyList<WatchCause> Causes { get; }

    /// <summary>The first of the causes, and how many more there are; empty where there are none.</summary>
    public string Cause => Causes.Count == 0 ? string.Empty
        : Causes.Count == 1 ? Causes[0].ToString()
        : FormattableString.Invariant($"{Causes[0]} (and {Causes.Count - 1} more)");

    /// <summary>The causes as one text; empty where there are none.</summary>
    public string Difference => string.Join("; ", Causes.Select(cause => cause.ToString()));

    /// <summary>A sentence.</summary>
    public override string ToString() => Alarm
        ? FormattableString.Invariant($"alarm at row {RowCount}, since row {ChangeRow}: {Difference}")
        : FormattableString.Invariant($"{Counted.Of(RowCount, "row")}, no alarm ({100 * Level:0} % of the way to one)");
}
