using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>Holds the rows of a session where they are, and answers what they are asked, one request at a time.</summary>
internal sealed class SessionRowsHost : ISessionHost
{
    private readonly RowTable _table;
    private readonly RowStorage? _storage;
    private readonly int _threadCount;
    private IExpectationStep? _step;
    private (int ComponentCount, CovarianceShape Shape) _stepSize;
    private IEnumerator<(double[] Row, double Weight)>? _passing;
    private long _passed;

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

    /// <summary>What is to be known of the rows.</summary>
    /// <param name="cancellationToken">Stops the look at them.</param>
    public byte[] Describe(CancellationToken cancellationToken) =>
        SessionMessage.Write(state => SessionHead.Exchange(state, SessionHead.Of(_table, cancellationToken)));

    /// <inheritdoc/>
    public void Dispose()
    {
        EndPass();
        _step?.Dispose();
        _storage?.Dispose();
    }

    /// <inheritdoc/>
    public byte[] Answer(byte[] request, CancellationToken cancellationToken) =>
        SessionMessage.Read(request, "here", state => state.Name(SessionOperation.Expectation) switch
        {
            SessionOperation.Expectation => Expect(state, cancellationToken),
            SessionOperation.Sample => Sample(state, cancellationToken),
            SessionOperation.LeastProbable => FindLeastProbable(state, cancellationToken),
            _ => Pass(state, cancellationToken),
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

    /// <summary>Gives rows out, in order. Who asks for them one run after the other is answered in one pass.</summary>
    private byte[] Pass(StateExchange request, CancellationToken cancellationToken)
    {
        long first = request.Integer(0);
        int count = request.Count(0, "the number of rows", min: 1);
        if (_passing is null || first < _passed)
        {
            EndPass();
            _passing = Rows.EnumerateWeighted().GetEnumerator();
        }

        for (; _passed < first && _passing.MoveNext(); _passed++)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return SessionMessage.Write(state =>
        {
            for (; _passed < first + count && _passing.MoveNext(); _passed++)
            {
                (double[] row, double weight) = _passing.Current;
                state.Numbers(row, "a cell", areUsed: false);
                state.Number(weight);
            }
        });
    }

    private void EndPass()
    {
        _passing?.Dispose();
        _passing = null;
        _passed = 0;
    }

    private MixtureParameters ReadMixture(StateExchange request)
    {
        MixtureParameters mixture = MixtureParameters.Exchange(request, null);
        request.Check(mixture.Dimension == Rows.Property.Count, $"a mixture of {mixture.Dimension} columns is meant for rows of {Rows.Property.Count}");
        return mixture;
    }
}
