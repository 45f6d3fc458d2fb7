using System;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Sessions;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Benchmarks.Sessions;

/// <summary>A session in this process, some time away, some of whose answers are late or whose requests are lost and sent again.</summary>
/// <param name="rows">The rows that it holds.</param>
/// <param name="delay">From a request to its answer.</param>
/// <param name="lateShare">The share of the requests that are answered late.</param>
/// <param name="lateness">How late: for a lost request, the time until it is sent again.</param>
/// <param name="seed">Seed of the choice.</param>
internal sealed class DelayedChannel(IObservations rows, TimeSpan delay, double lateShare, TimeSpan lateness, ulong seed) : ISessionChannel, IDisposable
{
    private readonly SplitMix64 _random = new(seed);
    private readonly SessionRowsHost _host = new(new RowTable(rows, new RowIntake(rows.Count), []), null, 1);

    /// <inheritdoc/>
    public string Name => "simulated";

    /// <summary>The rows as who asks them sees them.</summary>
    public SessionRows Open() => new(this, _host.Describe(CancellationToken.None));

    /// <inheritdoc/>
    public async Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        TimeSpan wait = _random.NextDouble() < lateShare ? delay + lateness : delay;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken);
        }

        return _host.Answer(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _host.Dispose();
}
