using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Observations.Gaps;

/// <summary>What one thread needs for the rows of one pattern after the other, all with equally many observed columns.</summary>
internal sealed class PartialWorkspace : IDisposable
{
    private readonly ConditionalMixture? _view;
    private readonly SufficientStatistics? _observed;
    private readonly ExpectationKernel _kernel;
    private MixtureParameters _mixture;

    /// <param name="mixture">Of the number of components and the shape wanted.</param>
    /// <param name="observedCount">Number of observed columns.</param>
    /// <param name="further">Sums that are wanted beside the moments.</param>
    public PartialWorkspace(MixtureParameters mixture, int observedCount, FurtherSums further)
    {
        _mixture = mixture;
        _kernel = mixture.Terms.Link.CreateKernel(mixture.ComponentCount, observedCount, mixture.Shape);
        if (observedCount < mixture.Dimension)
        {
            _view = new ConditionalMixture(mixture.ComponentCount, mixture.Dimension, observedCount, mixture.Shape);
            _observed = new SufficientStatistics(mixture.ComponentCount, observedCount, mixture.Shape, further);
        }
    }

    /// <summary>Turns to a pattern.</summary>
    public void Begin(MixtureParameters mixture, MissingPattern pattern)
    {
        _mixture = mixture;
        if (_view is not null)
        {
            _view.Condition(mixture, pattern);
            _observed!.Clear(_view.Observed.Means);
        }
    }

    /// <summary>Takes rows of the pattern; complete ones go straight to the target.</summary>
    public void Accumulate(RowChunk rows, SufficientStatistics target) =>
        _kernel.Accumulate(rows, (_view?.Observed ?? _mixture).Terms, _observed ?? target);

    /// <summary>Adds the statistics of the pattern's rows, completed.</summary>
    public void End(SufficientStatistics target) => _view?.Complete(_observed!, target);

    /// <summary>Gives the kernel's scratch back.</summary>
    public void Dispose() => _kernel.Dispose();
}
