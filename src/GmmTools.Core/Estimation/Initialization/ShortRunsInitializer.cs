using System.Threading;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// The best of several short runs of EM from random starts. A run is short when it ends with the first step that gains no more than a
/// hundredth of all gained so far: Biernacki, Celeux and Govaert (2003), section 2.
/// </summary>
internal sealed class ShortRunsInitializer : IInitializer
{
    private const int RunCount = 10;
    private const double MinGainShare = 0.01;

    private readonly IInitializer _random;
    private readonly RunnerTeam _team;
    private readonly RunLimits _limits;

    /// <param name="random">Where the short runs start.</param>
    /// <param name="team">Runs EM.</param>
    /// <param name="limits">Limits of each run.</param>
    public ShortRunsInitializer(IInitializer random, RunnerTeam team, RunLimits limits)
    {
        _random = random;
        _team = team;
        _limits = limits.Short(MinGainShare);
    }

    public string Name => "ShortRuns";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        MixtureParameters[] starts = new MixtureParameters[RunCount];
        for (int number = 0; number < RunCount; number++)
        {
            starts[number] = _random.Initialize(random, cancellationToken);
        }

        EmRun? best = null;
        _team.Run(
            RunCount,
            (runner, number, slot) => runner.Run(starts[number], _limits, null, slot),
            (_, run) => best = best is null || run.IsBetterThan(best) ? run : best);
        return best!.Mixture;
    }
}
