using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Sessions;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;

namespace GmmTools.Commands.Sessions;

/// <summary>The sessions that hold the rows of one fit, in the order in which they were given.</summary>
internal sealed class SessionSet : IDisposable
{
    private const int CloseMilliseconds = 2000;

    private readonly IReadOnlyList<SessionChannel> _channels;
    private readonly Action<string> _warn;
    private readonly bool _goesOn;
    private List<SessionRows> _rows = [];
    private int _readCount;

    /// <param name="sessions">The sessions.</param>
    /// <param name="goesOn">Whether lost sessions are left out.</param>
    /// <param name="warn">Hears warnings; from any thread.</param>
    public SessionSet(IEnumerable<PSSession> sessions, bool goesOn, Action<string> warn)
    {
        _channels = [.. sessions.Select(session => new SessionChannel(session, warn))];
        _goesOn = goesOn;
        _warn = warn;
    }

    /// <summary>Where the reading stands.</summary>
    public string Status => FormattableString.Invariant($"{Volatile.Read(ref _readCount)} of {_channels.Count} sessions have read their rows");

    /// <summary>How many rows were read in all sessions that are left, and what became of them.</summary>
    public RowIntake Intake => _rows.Select(rows => rows.Intake).Aggregate((sum, next) => sum.Plus(next));

    /// <summary>The rows of the sessions that are left.</summary>
    public IReadOnlyList<SessionRows> Rows => _rows;

    /// <summary>Reads the rows in all sessions, side by side.</summary>
    /// <param name="module">Brings the module.</param>
    /// <param name="arguments">How the rows are read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="SessionException">A session is lost, cannot read its rows, or has other columns than the first.</exception>
    public void Open(SessionModule module, Hashtable arguments, CancellationToken cancellationToken)
    {
        Task<SessionRows>[] openings = [.. _channels.Select(channel => OpenAsync(channel, module, arguments, cancellationToken))];
        foreach (Task<SessionRows> opening in openings)
        {
            try
            {
                _rows.Add(opening.GetAwaiter().GetResult());
            }
            catch (SessionException exception) when (_goesOn && exception.ErrorId == "SessionLost")
            {
                _warn($"{exception.Message} It is left out.");
            }
        }

        if (_rows.Count == 0)
        {
            throw new SessionException("SessionLost", "All sessions were lost, and no rows are left.");
        }

        SessionRows first = _rows[0];
        SessionRows? other = _rows.Find(rows => !rows.Property.SequenceEqual(first.Property, StringComparer.OrdinalIgnoreCase));
        if (other is not null)
        {
            throw new SessionException(
                "SessionColumnsDiffer",
                $"The rows of session '{other.Name}' have the columns {string.Join(", ", other.Property)}, but those of '{first.Name}' have {string.Join(", ", first.Property)}.",
                other.Name);
        }
    }

    /// <summary>Does something with the rows of all sessions; where a session is lost meanwhile and that is allowed, once more without it.</summary>
    /// <typeparam name="T">What it gives.</typeparam>
    /// <param name="work">The work.</param>
    /// <exception cref="SessionException">A session is lost (SessionLost).</exception>
    public T Do<T>(Func<IObservations, T> work)
    {
        while (true)
        {
            try
            {
                return work(new CombinedObservations(_rows));
            }
            catch (SessionException exception) when (_goesOn && exception.ErrorId == "SessionLost" && _rows.Count > 1)
            {
                List<SessionRows> left = [.. _rows.Where(rows => rows.Name != (string?)exception.OffendingValue)];
                long lost = _rows.Sum(rows => rows.Count) - left.Sum(rows => rows.Count);
                _rows = left;
                _warn(FormattableString.Invariant($"{exception.Message} The work begins again without its {Counted.Of(lost, "row")}."));
            }
        }
    }

    /// <summary>Lets the sessions forget the rows; those that do not answer soon are not waited for.</summary>
    public void Dispose()
    {
        try
        {
            Task.WaitAll([.. _channels.Select(channel => channel.CloseAsync())], CloseMilliseconds);
        }
        catch (AggregateException)
        {
            // a session that is gone has no rows
        }
    }

    private async Task<SessionRows> OpenAsync(SessionChannel channel, SessionModule module, Hashtable arguments, CancellationToken cancellationToken)
    {
        await module.ImportAsync(channel, cancellationToken).ConfigureAwait(false);
        SessionRows rows = new(channel, await channel.OpenAsync(arguments, cancellationToken).ConfigureAwait(false));
        Interlocked.Increment(ref _readCount);
        return rows;
    }
}
