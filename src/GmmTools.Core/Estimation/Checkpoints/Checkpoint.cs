using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>
/// The state of one fit, or of a search over many, kept in a file that is replaced as a whole. A fit of the same rows with the same options
/// goes on from it and ends with the same bits as one that was never interrupted.
/// </summary>
internal sealed class Checkpoint : IDisposable
{
    /// <summary>More than any fit has options.</summary>
    private const int MaxIdentityCount = 1000;

    private readonly CheckpointFile _file;
    private readonly IDisposable _inUse;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _identity;
    private readonly HashSet<string> _fitNames;
    private readonly SortedDictionary<string, FitJournal> _journals = new(StringComparer.Ordinal);
    private readonly Stopwatch _sinceWrite = Stopwatch.StartNew();
    private readonly object _lock = new();
    private bool _completed;
    private int _failedWrites;
    private string _failure = string.Empty;

    private Checkpoint(CheckpointOptions options, IReadOnlyList<KeyValuePair<string, string>> identity, IEnumerable<string> fitNames)
    {
        _fitNames = new HashSet<string>(fitNames, StringComparer.Ordinal);
        Options = options;
        _file = new CheckpointFile(options.Path);
        _inUse = _file.Lock();
        _identity = identity;
    }

    /// <summary>Where and how often the state is kept.</summary>
    public CheckpointOptions Options { get; }

    /// <summary>What a reader of the fit should know: that the state could not be written; or null.</summary>
    public string? Warning => _failedWrites == 0
        ? null
        : FormattableString.Invariant($"The checkpoint '{_file.Path}' could not be written {Counted.Of(_failedWrites, "time")}: {_failure}");

    /// <summary>Opens the checkpoint that the options ask for, and reads it where it exists.</summary>
    /// <param name="options">What to estimate.</param>
    /// <param name="observations">The rows.</param>
    /// <param name="fitNames">The names of the fits, each of which has a journal.</param>
    /// <param name="cancellationToken">Stops the look at the rows.</param>
    /// <returns>The checkpoint, or null when none is asked for.</returns>
    /// <exception cref="CheckpointException">The file cannot be written or read, or belongs to another fit.</exception>
    public static Checkpoint? Open(EmOptions options, IObservations observations, IReadOnlyList<string> fitNames, CancellationToken cancellationToken)
    {
        if (options.Checkpoint is null)
        {
            return null;
        }

        Checkpoint checkpoint = new(
            options.Checkpoint, CheckpointIdentity.Of(options, observations, string.Join(" ", fitNames), cancellationToken), fitNames);
        try
        {
            if (checkpoint._file.Exists)
            {
                checkpoint._file.Read(checkpoint.Exchange);
            }

            checkpoint.WriteFirst();
            return checkpoint;
        }
        catch
        {
            // what is in the file stays as it is
            checkpoint._inUse.Dispose();
            throw;
        }
    }

    /// <summary>The journal of one fit.</summary>
    /// <param name="name">What tells it from the others of a search.</param>
    public FitJournal Journal(string name)
    {
        lock (_lock)
        {
            if (!_journals.TryGetValue(name, out FitJournal? journal))
            {
                _journals.Add(name, journal = new FitJournal(this));
            }

            return journal;
        }
    }

    /// <summary>Reads the state of a run that the file held.</summary>
    /// <exception cref="CheckpointException">It is no state of such a run.</exception>
    public void Restore(byte[] state, Action<StateExchange> exchange) => _file.Restore(new ArraySegment<byte>(state), exchange);

    /// <summary>The error that what the file held is none of this fit.</summary>
    /// <param name="what">What is wrong.</param>
    public CheckpointException Unreadable(string what) => _file.Unreadable($"its state is invalid: {what}");

    /// <summary>Changes what is kept; from any thread.</summary>
    /// <param name="change">The change.</param>
    /// <param name="write">Whether to write it now, not only when it is time.</param>
    public void Update(Action change, bool write)
    {
        lock (_lock)
        {
            change();
            if (write || _sinceWrite.Elapsed >= Options.Interval)
            {
                TryWrite();
            }
        }
    }

    /// <summary>Ends it: the fit is done and needs it no more.</summary>
    public void Complete() => _completed = true;

    /// <summary>Removes the file when the fit is done, else leaves the last state in it.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_completed)
            {
                TryDelete();
            }
            else
            {
                TryWrite();
            }
        }

        _inUse.Dispose();
    }

    private void TryDelete()
    {
        try
        {
            _file.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the fit is done all the same, and whoever repeats it has it at once
        }
    }

    /// <summary>A file that cannot be written is told before any work is done.</summary>
    private void WriteFirst()
    {
        try
        {
            _file.Write(Exchange);
        }
        catch (Exception exception) when (CheckpointFile.IsWriteFailure(exception))
        {
            throw _file.NotWritable(exception, exception.Message);
        }
    }

    /// <summary>A disk that is full for a while does not end the fit.</summary>
    private void TryWrite()
    {
        try
        {
            _file.Write(Exchange);
        }
        catch (Exception exception) when (CheckpointFile.IsWriteFailure(exception))
        {
            _failedWrites++;
            _failure = exception.Message;
        }

        _sinceWrite.Restart();
    }

    private void Exchange(StateExchange state)
    {
        Compare(ExchangeIdentity(state));
        string[] names = [.. _journals.Keys];
        int count = state.Count(names.Length, "the number of fits", max: _fitNames.Count);
        for (int i = 0; i < count; i++)
        {
            string name = state.Text(i < names.Length ? names[i] : string.Empty);
            state.Check(_fitNames.Contains(name) && !_journals.ContainsKey(name), "it contains a fit twice, or one that is not part of this search");
            Journal(name).Exchange(state);
        }
    }

    private List<KeyValuePair<string, string>> ExchangeIdentity(StateExchange state)
    {
        // texts may be as short as a byte each
        int count = state.Count(_identity.Count, "the number of options", max: MaxIdentityCount);
        List<KeyValuePair<string, string>> kept = [];
        HashSet<string> keys = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            KeyValuePair<string, string> pair = i < _identity.Count ? _identity[i] : default;
            string key = state.Text(pair.Key ?? string.Empty);
            state.Check(keys.Add(key), "it contains an option twice");
            kept.Add(new KeyValuePair<string, string>(key, state.Text(pair.Value ?? string.Empty)));
        }

        return kept;
    }

    private void Compare(List<KeyValuePair<string, string>> kept)
    {
        string[] differences = [.. CheckpointIdentity.Differences(kept, _identity)];
        if (differences.Length > 0)
        {
            throw new CheckpointException(
                "CheckpointMismatch",
                $"The checkpoint '{_file.Path}' belongs to another fit: {string.Join("; ", differences)}. Repeat that fit unchanged, give another file, or remove this one to start again.",
                _file.Path);
        }
    }
}
