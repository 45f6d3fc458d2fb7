using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// A mixture of normal components whose eigenvalues are within a ratio of each other: the M-step of García-Escudero, Gordaliza and Mayo-Iscar, Advances
/// in Data Analysis and Classification 8 (2014) 27-43. Over rows that trim themselves (<see cref="Observations.TrimmedObservations"/>) it maximises the trimmed
/// likelihood. The restriction of models that compare columns is in their units, that of others in units of the columns' spreads.
/// </summary>
internal sealed class RestrictedModel : EstimationModel
{
    private readonly EigenvalueRestriction _restriction;

    /// <param name="model">The covariance model, one whose M-step has a closed form.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="ratio">The most that eigenvalues differ by, as a factor.</param>
    /// <param name="units">Spreads of the columns, d numbers above 0.</param>
    public RestrictedModel(CovarianceModel model, int componentCount, double ratio, double[] units)
        : base(MaximizationStep.Create(model), componentCount)
    {
        bool comparesColumns = model.ShapeLetter() == 'I';
        _restriction = new EigenvalueRestriction(ratio, comparesColumns ? System.Array.ConvertAll(units, _ => 1.0) : units);
    }

    /// <summary>Whether the restriction holds a mixture, whose components would otherwise differ more in width.</summary>
    /// <param name="mixture">The mixture.</param>
    public bool Holds(MixtureParameters mixture) => _restriction.Holds(mixture);

    /// <inheritdoc/>
    public override bool HasCoordinates => false;

    /// <inheritdoc/>
    public override void Begin(MixtureParameters start) => _restriction.Apply(start, start.Weights);

    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        Covariances.Maximize(statistics, previous, result, fixedWeights);
        _restriction.Apply(result, statistics.Weights);
    }
}
