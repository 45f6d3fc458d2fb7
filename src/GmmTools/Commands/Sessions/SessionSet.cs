using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Binding;
using GmmTools.Connectors.Sessions;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;

namespace GmmTools.Commands.Sessions;

/// <summary>The sessions that hold the rows of one command, in the order in which they were given.</summary>
/// <param name="source">Where they come from.</param>
/// <param name="module">Brings the module.</param>
/// <param name="goesOn">Whether lost sessions are left out.</param>
/// <param name="warn">Hears warnings; from any thread.</param>
internal sealed class SessionSet(SessionSource source, SessionModule module, bool goesOn, Action<string> warn) : IDisposable
{
    private const int CloseMilliseconds = 2000;

    private readonly SessionLine?[] _lines = new SessionLine?[source.Count];
    private readonly RowIntake?[] _read = new RowIntake?[source.Count];
    private List<SessionRows> _rows = [];

    /// <summary>Where the reading stands.</summary>
    public string Status
    {
        get
        {
            RowIntake[] read = [.. _read.OfType<RowIntake>()];
            return FormattableString.Invariant($"{read.Length} of {Counted.Of(_lines.Length, "session")} have read {Counted.Grouped(read.Sum(intake => intake.ReadCount), "row")}");
        }
    }

    /// <summary>How many rows were read in all sessions that are left, and what became of them.</summary>
    public RowIntake Intake => _rows.Select(rows => rows.Intake).Aggregate((sum, next) => sum.Plus(next));

    /// <summary>The rows of the sessions that are left.</summary>
    public IReadOnlyList<SessionRows> Rows => _rows;

    /// <summary>How far each session is with its reading, those that still read first.</summary>
    public IReadOnlyList<ProgressPart> FindReading() =>
    [
        .. Enumerable.Range(0, _lines.Length)
            .OrderBy(i => Volatile.Read(ref _read[i]) is null ? 0 : 1)
            .Select(i => (Line: Volatile.Read(ref _lines[i]), Intake: Volatile.Read(ref _read[i])))
            .Where(pair => pair.Line is not null)
            .Select(pair => new ProgressPart(
                pair.Line!.Name, pair.Intake is null ? pair.Line.Progress : Counted.Grouped(pair.Intake.ReadCount, "row") + " read, all of them")),
    ];

    /// <summary>Reads the rows in all sessions, side by side, which keep them.</summary>
    /// <param name="arguments">How the rows are read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="SessionException">A session cannot be opened, is lost, cannot read its rows, or has other columns than the first.</exception>
    public void OpenRows(SessionArguments arguments, CancellationToken cancellationToken)
    {
        _rows = [.. OpenAll(
            arguments,
            (number, line, head) =>
            {
                SessionRows rows = new(line, head);
                Volatile.Write(ref _read[number], rows.Intake);
                return rows;
            },
            cancellationToken)];
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

    /// <summary>Lets rows of all sessions come here, in the order of these; all of them read at the same time.</summary>
    /// <param name="arguments">How the rows are read.</param>
    /// <param name="dimension">Number of columns.</param>
    /// <param name="take">Takes rows and the session that they are of.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>How many rows were read, and what became of them.</returns>
    /// <exception cref="SessionException">A session cannot be opened, is lost, or cannot read its rows.</exception>
    public RowIntake Stream(SessionArguments arguments, int dimension, Action<PSSession, SessionBlock> take, CancellationToken cancellationToken)
    {
        List<(SessionLine Line, SessionStream Rows)> streams = OpenAll(arguments, (_, line, _) => (line, new SessionStream(line, dimension)), cancellationToken);
        foreach ((_, SessionStream rows) in streams)
        {
            rows.Start(cancellationToken);
        }

        RowIntake sum = new(0);
        foreach ((SessionLine line, SessionStream rows) in streams)
        {
            try
            {
                sum = sum.Plus(rows.Read(block => take(line.Session, block), warning => warn($"Session '{line.Name}': {warning}"), cancellationToken));
            }
            catch (SessionException exception) when (goesOn && exception.ErrorId == "SessionLost")
            {
                warn($"{exception.Message} What it has not sent yet is left out.");
            }
        }

        return sum;
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
            catch (SessionException exception) when (goesOn && exception.ErrorId == "SessionLost" && _rows.Count > 1)
            {
                List<SessionRows> left = [.. _rows.Where(rows => rows.Name != (string?)exception.OffendingValue)];
                long lost = _rows.Sum(rows => rows.Count) - left.Sum(rows => rows.Count);
                _rows = left;
                warn(FormattableString.Invariant($"{exception.Message} The work begins again without its {Counted.Of(lost, "row")}."));
            }
        }
    }

    /// <summary>Lets the sessions forget the rows, and closes those that were opened; those that do not answer soon are not waited for.</summary>
    public void Dispose()
    {
        Wait(Task.WhenAll(_lines.OfType<SessionLine>().Select(line => line.CloseAsync())));
        Wait(Task.Run(source.Dispose));
    }

    private static void Wait(Task closing)
    {
        try
        {
            closing.Wait(CloseMilliseconds);
        }
        catch (AggregateException)
        {
            // a session that is gone has no rows
        }
    }

    /// <summary>Opens all sessions, side by side.</summary>
    private List<T> OpenAll<T>(SessionArguments arguments, Func<int, SessionLine, byte[], T> create, CancellationToken cancellationToken)
    {
        IReadOnlyList<Task<PSSession>> sessions = source.Open(cancellationToken);
        Task<T>[] openings = [.. sessions.Select((session, number) => OpenAsync(number, session))];
        List<T> opened = [];
        foreach (Task<T> opening in openings)
        {
            try
            {
                opened.Add(opening.GetAwaiter().GetResult());
            }
            catch (SessionException exception) when (goesOn && exception.ErrorId is "SessionLost" or "SessionNotOpened")
            {
                warn($"{exception.Message} It is left out.");
            }
        }

        return opened.Count > 0 ? opened : throw new SessionException("SessionLost", "All sessions were lost, and no rows are left.");

        async Task<T> OpenAsync(int number, Task<PSSession> session)
        {
            SessionLine line = new(await session.ConfigureAwait(false), warn);
            Volatile.Write(ref _lines[number], line);
            return create(number, line, await line.OpenAsync(module, arguments, cancellationToken).ConfigureAwait(false));
        }
    }
}
