using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>Files of a session whose rows are given out as they are read, each file by itself, so that its rows have the numbers that they have there. Only a few
/// blocks are read before they are asked for.</summary>
internal sealed class SessionStreamHost : ISessionHost
{
    private const int BlocksAhead = 16;
    private const int CellsPerAnswer = 1 << 17;

    private readonly BlockingCollection<SessionBlock> _blocks = new(BlocksAhead);
    private readonly ConcurrentQueue<string> _warnings;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<RowIntake> _reading;
    private readonly int _dimension;
    private long _position;

    /// <param name="files">The files.</param>
    /// <param name="options">How they are read.</param>
    /// <param name="choose">Which rows are given out; null for all.</param>
    /// <param name="warnings">What the reading warns of, which goes with the answers.</param>
    public SessionStreamHost(
        IReadOnlyList<string> files, FileReadOptions options, Func<RowBlock, RowBlock?>? choose, ConcurrentQueue<string> warnings)
    {
        _dimension = options.Property.Count;
        _warnings = warnings;
        _reading = Task.Run(() => Read(files, options, choose ?? (block => block)), CancellationToken.None);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAny([_reading], CancellationToken.None);
        _blocks.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    public byte[] Answer(byte[] request, CancellationToken cancellationToken)
    {
        long position = SessionMessage.Read(request, "here", state => state.Integer(0));
        List<SessionBlock> blocks = [];
        while (_position < position && Take(cancellationToken) is not null)
        {
            // given out before the session was lost
        }

        for (int cells = 0; cells < CellsPerAnswer && (blocks.Count == 0 || _blocks.Count > 0) && Take(cancellationToken) is SessionBlock block;)
        {
            blocks.Add(block);
            cells += block.Rows.Count * (_dimension + block.Rows.ExtraNames.Count + 1);
        }

        // what went wrong is told when the rows before it were given out
        RowIntake? intake = blocks.Count == 0 ? _reading.GetAwaiter().GetResult() : null;
        return SessionMessage.Write(state => SessionPart.Exchange(state, new SessionPart(blocks, TakeWarnings(), intake), _dimension));
    }

    private SessionBlock? Take(CancellationToken cancellationToken)
    {
        if (!_blocks.TryTake(out SessionBlock? block, Timeout.Infinite, cancellationToken))
        {
            return null;
        }

        _position++;
        return block;
    }

    private string[] TakeWarnings()
    {
        List<string> warnings = [];
        while (_warnings.TryDequeue(out string? warning))
        {
            warnings.Add(warning);
        }

        return [.. warnings];
    }

    private RowIntake Read(IReadOnlyList<string> files, FileReadOptions options, Func<RowBlock, RowBlock?> choose)
    {
        try
        {
            return files
                .Select(file => FileObservationReader.ReadBlocks(
                    [file],
                    options,
                    block =>
                    {
                        if (choose(block) is RowBlock chosen)
                        {
                            _blocks.Add(new SessionBlock(file, chosen), _stop.Token);
                        }
                    },
                    null,
                    _stop.Token))
                .Aggregate((sum, next) => sum.Plus(next));
        }
        finally
        {
            _blocks.CompleteAdding();
        }
    }
}
