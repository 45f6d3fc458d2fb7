using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace GmmTools.Shell.Hosting;

/// <summary>Progress as one line of the terminal that is overwritten and, in the end, removed; nothing elsewhere.</summary>
internal sealed class ProgressLine
{
    private const string EraseLine = "\r\u001b[K";
    private const int DefaultWidth = 120;
    private const int BarWidth = 20;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly bool _isVisible;
    private readonly List<(long Source, int Activity)> _active = [];
    private readonly Stopwatch _sinceDrawn = new();
    private bool _isDrawn;

    /// <summary>A line on standard error.</summary>
    public ProgressLine(ConsoleStreams streams)
    {
        _writer = streams.Error;
        _isVisible = streams.ErrorIsTerminal;
    }

    /// <summary>Shows a record, unless one was shown a moment ago; forgets an activity that is completed.</summary>
    public void Update(long source, ProgressRecord record)
    {
        if (!_isVisible)
        {
            return;
        }

        (long, int) key = (source, record.ActivityId);
        if (record.RecordType == ProgressRecordType.Completed)
        {
            _active.Remove(key);
            if (_active.Count == 0)
            {
                Clear();
            }

            return;
        }

        if (!_active.Contains(key))
        {
            _active.Add(key);
        }

        if (!_sinceDrawn.IsRunning || _sinceDrawn.Elapsed >= RedrawInterval)
        {
            Draw(record);
        }
    }

    /// <summary>Takes the line off the screen; the next record shows it again.</summary>
    public void Hide()
    {
        if (_isDrawn)
        {
            _writer.Write(EraseLine);
            _isDrawn = false;
            _sinceDrawn.Reset();
        }
    }

    /// <summary>Takes the line off the screen and forgets every activity.</summary>
    public void Clear()
    {
        Hide();
        _active.Clear();
        _sinceDrawn.Reset();
    }

    private static string Describe(ProgressRecord record)
    {
        string text = $"{record.Activity}: {record.StatusDescription}";
        if (record.PercentComplete >= 0)
        {
            int filled = Math.Min(record.PercentComplete, 100) * BarWidth / 100;
            string bar = new string('#', filled).PadRight(BarWidth, '.');
            text += string.Create(CultureInfo.CurrentCulture, $" [{bar}] {record.PercentComplete}%");
        }

        return record.SecondsRemaining >= 0
            ? text + string.Create(CultureInfo.CurrentCulture, $" {record.SecondsRemaining}s")
            : text;
    }

    private static int MeasureWidth()
    {
        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }

    private void Draw(ProgressRecord record)
    {
        string text = Describe(record).ReplaceLineEndings(" ");
        int room = MeasureWidth() - 1;
        _writer.Write(EraseLine + (text.Length > room ? text[..room] : text));
        _isDrawn = true;
        _sinceDrawn.Restart();
    }
}
