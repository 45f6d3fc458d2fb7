namespace GmmTools.Inference.Watching;

/// <summary>How rows are watched.</summary>
public sealed class WatchOptions
{
    /// <summary>Mean number of rows of the baseline itself between two alarms: at least so many.</summary>
    public double FalseAlarmInterval { get; set; } = 100_000;

    /// <summary>Number of rows that the baseline was estimated from: what it does not know is no evidence. Infinite where it is known exactly.</summary>
    public double BaselineCount { get; set; } = double.PositiveInfinity;

    /// <summary>Whether an alarm stays and nothing more is watched, or else watching begins anew with the next row.</summary>
    public bool KeepsAlarm { get; set; }
}
