using System.Threading;
using System.Threading.Tasks;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Views;

namespace GmmTools.Connectors.Sessions;

/// <summary>The E-step in a session: the mixture travels there and the sums come back, so many bytes whatever the number of rows.</summary>
internal sealed class SessionExpectationStep(SessionRows rows) : IDeferredExpectationStep
{
    private Task<byte[]>? _started;

    /// <inheritdoc/>
    public void Start(MixtureParameters mixture, SufficientStatistics size, CancellationToken cancellationToken)
    {
        byte[] request = SessionMessage.Write(state =>
        {
            state.Name(SessionOperation.Expectation);
            state.Name(size.Shape);
            state.Integer((long)size.Further);
            MixtureParameters.Exchange(state, mixture);
        });
        _started = rows.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        if (_started is null)
        {
            Start(mixture, statistics, cancellationToken);
        }

        Task<byte[]> started = _started!;
        _started = null;
        byte[] answer = started.GetAwaiter().GetResult();
        statistics.Clear(mixture.Means);
        SessionMessage.Read(answer, rows.Name, state =>
        {
            statistics.ExchangeSums(state);
            return true;
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // the channel belongs to who opened it
    }
}
