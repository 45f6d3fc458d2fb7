using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// Normal components and uniform noise, p(x) = w₀/V + Σₖ wₖ·φₖ(x), where the weights w₀, …, w_K sum to 1: rows that belong to no
/// component raise w₀ instead of stretching one. V is given and stays. The likelihood is what is maximised: Fraley and Raftery, Journal of the
/// American Statistical Association 97 (2002) 611-631, section 4.2. Where weights are kept, so is w₀.
/// </summary>
internal sealed class NoiseModel : EstimationModel
{
    /// <summary>w₀ of a start that says nothing of noise.</summary>
    private const double FirstWeight = 0.1;

    private readonly UniformBackground _background;
    private SufficientStatistics? _components;

    /// <param name="model">The covariance model.</param>
    /// <param name="componentCount">Number of components without the noise, K.</param>
    /// <param name="background">The noise, in the units of the rows.</param>
    /// <param name="keepsWeights">Whether the mixing weights of a start are kept as they are.</param>
    public NoiseModel(CovarianceModel model, int componentCount, UniformBackground background, bool keepsWeights = false)
        : base(MaximizationStep.Create(model), componentCount, keepsWeights)
    {
        _background = background;
    }

    /// <inheritdoc/>
    public override bool HasCoordinates => false;

    /// <inheritdoc/>
    public override FurtherSums FurtherSums => FurtherSums.BackgroundWeight;

    /// <summary>That of the components, and w₀. (mclust counts V, which it finds in the rows, as one more.)</summary>
    /// <inheritdoc/>
    public override int ParameterCount(int dimension) => base.ParameterCount(dimension) + 1;

    /// <inheritdoc/>
    public override void Begin(MixtureParameters start)
    {
        if (start.Background is null)
        {
            start.AddBackground(_background, FirstWeight);
        }

        start.Background = _background;
    }

    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        MaximizationStep.MaximizeLocations(statistics, previous, result, fixedWeights);
        _components ??= new SufficientStatistics(statistics.ComponentCount, statistics.Dimension, statistics.Shape);
        _components.Clear(statistics.Centres);
        _components.Add(statistics);

        // covariances that components share are those of the rows that belong to components
        _components.TotalWeight -= statistics.BackgroundWeight;
        Covariances.MaximizeSpreads(_components, previous, result);
        bool knowsNoise = previous is not null || statistics.BackgroundWeight > 0;

        // a partition that has no part for noise is no reason to have none
        result.Background = knowsNoise ? _background : null;
        result.BackgroundWeight = fixedWeights is null ? statistics.BackgroundWeight / statistics.TotalWeight : previous?.BackgroundWeight ?? 0;
    }
}
