using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;

namespace GmmTools.Binding;

/// <summary>Progress that does not disturb: none for short work, and at most four records a second.</summary>
internal sealed class ProgressReporter
{
    private const int ActivityId = 4711;

    /// <summary>More than a terminal has room for, beside other things.</summary>
    private const int MaxParts = 10;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly string _activity;
    private readonly Action<ProgressRecord> _write;
    private TimeSpan _next = Delay;
    private bool _shown;
    private int _partCount;

    /// <summary>Creates a reporter; the time to the first record begins now.</summary>
    /// <param name="activity">What is being done.</param>
    /// <param name="write">Writes a record; called on the thread that reports.</param>
    public ProgressReporter(string activity, Action<ProgressRecord> write)
    {
        _activity = activity;
        _write = write;
    }

    /// <summary>Tells where the work stands, when it is time to.</summary>
    /// <param name="status">Makes the text; called only when it is shown.</param>
    /// <param name="percent">Share of the work done, or negative when it is not known.</param>
    /// <param name="parts">Finds how far the parts of the work are, of which the first are shown; null where there are none.</param>
    public void Report(Func<string> status, int percent = -1, Func<IReadOnlyList<ProgressPart>>? parts = null)
    {
        if (_watch.Elapsed < _next)
        {
            return;
        }

        _shown = true;
        _write(new ProgressRecord(ActivityId, _activity, VisibleText.Of(status())) { PercentComplete = Math.Min(100, Math.Max(-1, percent)) });
        ShowParts(parts?.Invoke() ?? []);
        _next = _watch.Elapsed + Interval;
    }

    /// <summary>Takes the progress away; to be called however the work ends.</summary>
    public void Complete()
    {
        if (_shown)
        {
            _shown = false;
            EndParts();
            _write(new ProgressRecord(ActivityId, _activity, "done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private void ShowParts(IReadOnlyList<ProgressPart> parts)
    {
        int count = Math.Min(parts.Count, MaxParts);
        if (count == 0)
        {
            EndParts();
        }

        for (int i = 0; i < count; i++)
        {
            _write(new ProgressRecord(ActivityId + i + 1, VisibleText.Of(parts[i].Name), VisibleText.Of(parts[i].Status)) { ParentActivityId = ActivityId });
        }

        _partCount = Math.Max(_partCount, count);
    }

    /// <summary>Takes the parts away, when they are done.</summary>
    private void EndParts()
    {
        for (; _partCount > 0; _partCount--)
        {
            _write(new ProgressRecord(ActivityId + _partCount, _activity, "done") { ParentActivityId = ActivityId, RecordType = ProgressRecordType.Completed });
        }
    }
}
