using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Binding.Rows;
using GmmTools.Observations.Intake;
using GmmTools.Output;

namespace GmmTools.Binding.Scorings;

/// <summary>
/// Gives rows back with the columns that a command adds, in order and as they come: rows of the pipeline one by one, rows of files in
/// blocks that are read and scored on other threads while the pipeline takes those before. A few blocks are in memory at a time.
/// </summary>
internal sealed class ScoreStream
{
    private const int PollMilliseconds = 50;
    private const int RowsPerCheck = 256;

    private readonly RowScoring _scoring;
    private readonly string _prefix;
    private readonly Action<object> _write;
    private readonly CancellationToken _stop;
    private RowTemplate? _template;
    private object?[]? _cells;

    /// <summary>Prepares to give rows back.</summary>
    /// <param name="scoring">What is added to them.</param>
    /// <param name="prefix">What the names of the added columns begin with.</param>
    /// <param name="write">Writes an object to the pipeline.</param>
    /// <param name="stop">Cancelled when the user stops the pipeline.</param>
    public ScoreStream(RowScoring scoring, string prefix, Action<object> write, CancellationToken stop)
    {
        _scoring = scoring;
        _prefix = prefix;
        _write = write;
        _stop = stop;
    }

    /// <summary>Gives one row of the pipeline back: a new object with the cells of the old.</summary>
    /// <param name="reader">What read the row.</param>
    /// <param name="row">The row.</param>
    /// <param name="numbers">Its numbers.</param>
    public void WriteRow(RowReader reader, PSObject row, double[] numbers)
    {
        RowTemplate template = Prepare(reader.KeptColumns);
        RowBlock block = reader.Extra.Count == 0 ? RowBlock.FromRow(numbers, reader.Count)
            : RowBlock.FromRow(numbers, reader.Count, reader.Extra, reader.GetExtra());
        if (_scoring.Describe(block, _scoring.Score(block), 0) is object?[] added)
        {
            _cells ??= new object?[reader.KeptColumns.Count + added.Length];
            reader.Keep(row, _cells);
            added.CopyTo(_cells, reader.KeptColumns.Count);
            _write(template.Create(_cells));
        }
    }

    /// <summary>Gives the rows of files back: the numbers, what goes with them, and the added columns.</summary>
    /// <param name="read">Reads the files, on another thread: it is told what takes the blocks, and when to stop.</param>
    /// <param name="threadCount">The most threads that score.</param>
    /// <param name="report">Called several times a second on this thread.</param>
    /// <returns>How many rows were read, and what became of them.</returns>
    public RowIntake WriteBlocks(Func<Action<RowBlock>, CancellationToken, RowIntake> read, int threadCount, Action report)
    {
        // cancelled as well when what comes after in the pipeline wants no more rows
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        using BlockingCollection<Task<ScoredBlock>> queue = new(threadCount);
        Task<RowIntake> reading = Task.Run(
            () =>
            {
                try
                {
                    return read(block => queue.Add(Task.Run(() => new ScoredBlock(block, _scoring.Score(block))), stop.Token), stop.Token);
                }
                finally
                {
                    queue.CompleteAdding();
                }
            },
            CancellationToken.None);
        try
        {
            while (Next(queue, report) is Task<ScoredBlock> next)
            {
                WriteBlock(next.GetAwaiter().GetResult());
            }

            return reading.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            Task.WaitAny([reading], CancellationToken.None);
        }
    }

    /// <summary>Complains when a row would have two columns of one name.</summary>
    /// <param name="own">The columns that rows have.</param>
    /// <param name="added">Those that are added.</param>
    /// <param name="advice">What to do then.</param>
    /// <exception cref="CommandException">There are such columns (ColumnNameClash).</exception>
    public static void CheckClash(
        IReadOnlyList<string> own, IReadOnlyList<string> added, string advice = "Add -Prefix, for example -Prefix Mixture, to name the new columns differently.")
    {
        string? clash = added.FirstOrDefault(name => own.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (clash is not null)
        {
            throw new CommandException(
                "ColumnNameClash",
                $"The rows have a column '{clash}' already. {advice}",
                clash);
        }
    }

    private Task<ScoredBlock>? Next(BlockingCollection<Task<ScoredBlock>> queue, Action report)
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            report();
            if (queue.TryTake(out Task<ScoredBlock>? next, PollMilliseconds, CancellationToken.None))
            {
                return next;
            }

            if (queue.IsCompleted)
            {
                return null;
            }
        }
    }

    /// <summary>Makes the objects as they are written: those that wait would survive a collection of garbage, which costs more than other
    /// threads could save.</summary>
    private void WriteBlock(ScoredBlock scored)
    {
        RowBlock block = scored.Block;
        int numberCount = _scoring.Property.Count;
        RowTemplate template = Prepare([.. _scoring.Property, .. block.ExtraNames]);
        object?[] cells = new object?[numberCount + block.ExtraNames.Count + _scoring.Columns.Count];
        for (int i = 0; i < block.Count; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                _stop.ThrowIfCancellationRequested();
            }

            if (_scoring.Describe(block, scored.Scores, i) is not object?[] added)
            {
                continue;
            }

            for (int j = 0; j < numberCount; j++)
            {
                double number = block.Values[(j * block.Count) + i];
                cells[j] = double.IsNaN(number) ? null : (object)number;
            }

            for (int j = 0; j < block.ExtraNames.Count; j++)
            {
                cells[numberCount + j] = block.Extra![i][j];
            }

            added.CopyTo(cells, cells.Length - added.Length);
            _write(template.Create(cells));
        }
    }

    private RowTemplate Prepare(IReadOnlyList<string> own)
    {
        if (_template is not null)
        {
            return _template;
        }

        string[] added = [.. _scoring.Columns.Select(name => _prefix + name)];
        CheckClash(own, added);
        return _template = new RowTemplate([.. own, .. added], _scoring.Shares.Select(name => _prefix + name));
    }

    private sealed class ScoredBlock(RowBlock block, object scores)
    {
        public RowBlock Block { get; } = block;

        public object Scores { get; } = scores;
    }
}
