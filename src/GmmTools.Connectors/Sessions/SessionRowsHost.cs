using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>Holds the rows of a session where they are, and answers what they are asked, one request at a time.</summary>
internal sealed class SessionRowsHost : IDisposable
{
    private static readonly ConcurrentDictionary<string, SessionRowsHost> Hosts = new(StringComparer.Ordinal);

    private readonly RowTable _table;
    private readonly RowStorage? _storage;
    private readonly int _threadCount;
    private IExpectationStep? _step;
    private (int ComponentCount, CovarianceShape Shape) _stepSize;

    /// <param name="table">The rows.</param>
    /// <param name="storage">Where they are kept; the host removes it at the end. Null for memory.</param>
    /// <param name="threadCount">The most threads to use.</param>
    public SessionRowsHost(RowTable table, RowStorage? storage, int threadCount)
    {
        _table = table;
        _storage = storage;
        _threadCount = threadCount;
    }

    private IObservations Rows => _table.Observations;

    /// <summary>The host with an identifier.</summary>
    /// <param name="id">The identifier.</param>
    /// <exception cref="SessionException">There is none (SessionFailed).</exception>
    public static SessionRowsHost Find(string id) => Hosts.TryGetValue(id, out SessionRowsHost? host)
        ? host
        : throw new SessionException("SessionFailed", "The rows are no longer in this session.", id);

    /// <summary>Lets go of rows.</summary>
    /// <param name="id">Their identifier; where there are none, nothing happens.</param>
    public static void Close(string id)
    {
        if (Hosts.TryRemove(id, out SessionRowsHost? host))
        {
            host.Dispose();
        }
    }

    /// <summary>Keeps the rows under an identifier.</summary>
    /// <param name="id">The identifier.</param>
    /// <returns>What is to be known of them.</returns>
    public byte[] Keep(string id)
    {
        Hosts[id] = this;
        return SessionMessage.Write(state => SessionHead.Exchange(state, SessionHead.Of(_table)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step?.Dispose();
        _storage?.Dispose();
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SessionException">It cannot be understood (SessionFailed).</exception>
    public byte[] Answer(byte[] request, CancellationToken cancellationToken) =>
        SessionMessage.Read(request, "here", state => state.Name(SessionOperation.Expectation) switch
        {
            SessionOperation.Expectation => Expect(state, cancellationToken),
            SessionOperation.Sample => Sample(state, cancellationToken),
            SessionOperation.LeastProbable => FindLeastProbable(state, cancellationToken),
            _ => Describe(cancellationToken),
        });

    private byte[] Expect(StateExchange request, CancellationToken cancellationToken)
    {
        CovarianceShape shape = request.Name(CovarianceShape.Full);
        FurtherSums further = (FurtherSums)request.Count(0, "further sums", max: (long)(FurtherSums.MomentWeights | FurtherSums.BackgroundWeight));
        MixtureParameters mixture = ReadMixture(request);
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, shape, further);
        Prepare(mixture.ComponentCount, shape).Compute(mixture, statistics, cancellationToken);
        return SessionMessage.Write(statistics.ExchangeSums);
    }

    private IExpectationStep Prepare(int componentCount, CovarianceShape shape)
    {
        if (_step is null || _stepSize != (componentCount, shape))
        {
            _step?.Dispose();
            _step = Rows.PrepareExpectation(componentCount, shape, _threadCount);
            _stepSize = (componentCount, shape);
        }

        return _step;
    }

    private byte[] Sample(StateExchange request, CancellationToken cancellationToken)
    {
        int maximumCount = request.Count(0, "the number of rows", min: 1);
        InMemoryObservations sample = Rows.Sample(maximumCount, unchecked((ulong)request.Integer(0)), cancellationToken);
        return SessionMessage.Write(state =>
        {
            state.Flag(sample.IsWeighted);
            state.Integer(sample.Count);
            foreach ((double[] row, double weight) in sample.EnumerateWeighted())
            {
                state.Numbers(row, "a cell");
                if (sample.IsWeighted)
                {
                    state.Finite(weight, "a weight");
                }
            }
        });
    }

    private byte[] FindLeastProbable(StateExchange request, CancellationToken cancellationToken)
    {
        int count = request.Count(0, "the number of rows", min: 1);
        IReadOnlyList<ImprobableRow> rows = Rows.FindLeastProbable(ReadMixture(request), count, _threadCount, cancellationToken);
        return SessionMessage.Write(state =>
        {
            state.Integer(rows.Count);
            foreach (ImprobableRow row in rows)
            {
                state.Numbers(row.Values, "a cell");
                state.Number(row.LogDensity);
            }
        });
    }

    private byte[] Describe(CancellationToken cancellationToken)
    {
        KeyValuePair<string, string>[] pairs = [.. Rows.Describe(cancellationToken)];
        return SessionMessage.Write(state =>
        {
            state.Integer(pairs.Length);
            foreach (string text in pairs.SelectMany(pair => new[] { pair.Key, pair.Value }))
            {
                state.Text(text);
            }
        });
    }

    private MixtureParameters ReadMixture(StateExchange request)
    {
        MixtureParameters mixture = MixtureParameters.Exchange(request, null);
        request.Check(mixture.Dimension == Rows.Property.Count, $"a mixture of {mixture.Dimension} columns is meant for rows of {Rows.Property.Count}");
        return mixture;
    }
}
