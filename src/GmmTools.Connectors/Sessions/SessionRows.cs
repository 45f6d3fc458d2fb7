using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>
/// Rows that stay in a session with another machine or process, which computes the sums that an iteration needs. Only these travel, a sample to find a start from,
/// and single rows where a lost component is put back.
/// </summary>
internal sealed class SessionRows : IObservations
{
    private const int CellsPerRequest = 1 << 17;

    private readonly ISessionChannel _channel;
    private readonly SessionHead _head;
    private long _bytesSent;
    private long _bytesReceived;
    private long _requestCount;

    /// <param name="channel">The way to the rows.</param>
    /// <param name="head">What the session says of the rows when it has read them.</param>
    /// <exception cref="SessionException">It says nothing that can be understood (SessionFailed).</exception>
    public SessionRows(ISessionChannel channel, byte[] head)
    {
        _channel = channel;
        _head = SessionMessage.Read(head, channel.Name, state => SessionHead.Exchange(state, null));
    }

    /// <summary>What the session is called.</summary>
    public string Name => _channel.Name;

    /// <summary>How many rows were read, and what became of them.</summary>
    public RowIntake Intake => _head.Intake;

    /// <inheritdoc/>
    public IReadOnlyList<string> Property => _head.Property;

    /// <inheritdoc/>
    public long Count => _head.Intake.UsedCount;

    /// <inheritdoc/>
    public double TotalWeight => _head.TotalWeight;

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum => _head.Minimum;

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum => _head.Maximum;

    /// <inheritdoc/>
    public bool HasGaps => _head.HasGaps;

    /// <summary>Always false: the rows stay where they are.</summary>
    public bool CanEnumerate => false;

    /// <summary>Requests so far.</summary>
    public long RequestCount => Interlocked.Read(ref _requestCount);

    /// <summary>Bytes of the requests so far, before the transport wraps them.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Bytes of the answers so far, before the transport wraps them.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesReceived);

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => throw NotEnumerable();

    /// <inheritdoc/>
    public IObservations Reweight(IReadOnlyList<double> weights) => throw NotEnumerable();

    /// <inheritdoc/>
    public IObservations Label(IReadOnlyList<int> labels) => throw NotEnumerable();

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => throw TrimmedObservations.NotSupported(
        "Rows that stay in a session", "each iteration would have to put all of them in order of their density");

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) => new SessionExpectationStep(this);

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) => _head.Description;

    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken) => Ask(
        SessionMessage.Write(state =>
        {
            state.Name(SessionOperation.Sample);
            state.Integer(maximumCount);
            state.Integer(unchecked((long)seed));
        }),
        ReadSample,
        cancellationToken);

    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken) => Ask(
        SessionMessage.Write(state =>
        {
            state.Name(SessionOperation.LeastProbable);
            state.Integer(count);
            MixtureParameters.Exchange(state, mixture);
        }),
        ReadImprobable,
        cancellationToken);

    /// <summary>Brings the rows here, in order.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>d numbers at a time, NaN where a cell is missing, overwritten by the next row; and how often the row counts.</returns>
    public IEnumerable<(double[] Row, double Weight)> Fetch(CancellationToken cancellationToken)
    {
        double[] row = new double[Property.Count];
        int rowsPerRequest = Math.Max(1, CellsPerRequest / (row.Length + 1));
        for (long first = 0; first < Count; first += rowsPerRequest)
        {
            double[] run = Ask(
                SessionMessage.Write(state =>
                {
                    state.Name(SessionOperation.Rows);
                    state.Integer(first);
                    state.Integer(rowsPerRequest);
                }),
                state => ReadRun(state, (int)Math.Min(rowsPerRequest, Count - first)),
                cancellationToken);
            for (int start = 0; start < run.Length; start += row.Length + 1)
            {
                Array.Copy(run, start, row, 0, row.Length);
                yield return (row, run[start + row.Length]);
            }
        }
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work in the session.</param>
    /// <returns>The answer, when it has come.</returns>
    internal async Task<byte[]> SendAsync(byte[] request, CancellationToken cancellationToken)
    {
        byte[] answer = await _channel.AskAsync(request, cancellationToken).ConfigureAwait(false);
        Interlocked.Increment(ref _requestCount);
        Interlocked.Add(ref _bytesSent, request.Length);
        Interlocked.Add(ref _bytesReceived, answer.Length);
        return answer;
    }

    private static InvalidObservationException NotEnumerable() => new(
        "RowsNotEnumerable", "The rows stay in their session and cannot be visited one by one. Read them here first.");

    private T Ask<T>(byte[] request, Func<StateExchange, T> read, CancellationToken cancellationToken) =>
        SessionMessage.Read(SendAsync(request, cancellationToken).GetAwaiter().GetResult(), Name, read);

    /// <summary>Rows with their weights behind them, one after the other.</summary>
    private double[] ReadRun(StateExchange state, int count)
    {
        double[] run = new double[(Property.Count + 1) * count];
        state.Check(state.Room >= run.Length, "it has too few rows");
        for (int i = 0; i < run.Length; i++)
        {
            run[i] = HasGaps ? state.FiniteOrUnknown(0, "a cell") : state.Finite(0, "a cell");
        }

        return run;
    }

    private InMemoryObservations ReadSample(StateExchange state)
    {
        bool weighted = state.Flag(false);
        int count = state.ItemCount(0, "the number of rows", Property.Count);
        state.Check(count > 0, "it has no rows");
        RowKeeper rows = new([.. Property], weighted);
        double[] row = new double[Property.Count];
        for (int i = 0; i < count; i++)
        {
            state.Numbers(row, "a cell");
            double weight = weighted ? state.Finite(1, "a weight") : 1;
            state.Check(weight > 0, $"a weight is {weight.ToString(CultureInfo.InvariantCulture)}");
            rows.Add(row, weight);
        }

        return rows.Build();
    }

    private ImprobableRow[] ReadImprobable(StateExchange state)
    {
        ImprobableRow[] rows = new ImprobableRow[state.ItemCount(0, "the number of rows", Property.Count)];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] values = new double[Property.Count];
            state.Numbers(values, "a cell");
            rows[i] = new ImprobableRow(values, state.Number(0));
        }

        state.Check(rows.Length > 0, "it has no rows");
        return rows;
    }
}
