using GmmTools.Estimation.Known;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// What is estimated: the terms that the E-step evaluates, the M-step, and the objective, which is the log-likelihood and what the model
/// adds to it. Holds workspace: not for use from several threads at once.
/// </summary>
internal abstract class EstimationModel
{
    /// <param name="covariances">The M-step of the covariances.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="keepsWeights">Whether the mixing weights of a start are kept as they are.</param>
    protected EstimationModel(MaximizationStep covariances, int componentCount, bool keepsWeights = false)
    {
        Covariances = covariances;
        ComponentCount = componentCount;
        KeepsWeights = keepsWeights;
    }

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; }

    /// <summary>Whether the mixing weights of a start are kept as they are.</summary>
    public bool KeepsWeights { get; }

    /// <summary>The M-step of the covariances, which starts and repaired mixtures are made to obey.</summary>
    public MaximizationStep Covariances { get; }

    /// <summary>What labels of rows say of the components; null where a label is a component.</summary>
    public double[]? LabelTerms { get; private set; }

    /// <summary>Sums that the M-step needs beside the moments of the components.</summary>
    public virtual FurtherSums FurtherSums => FurtherSums.None;

    /// <summary>Whether statistics have coordinates in which a step can be extrapolated; else the sequence is plain.</summary>
    public virtual bool HasCoordinates => true;

    /// <summary>Whether the objective is bounded by itself, so that the steps of the rows need not bound it.</summary>
    public virtual bool IsBounded => false;

    /// <summary>Whether the objective never falls from one iteration to the next.</summary>
    public virtual bool IsMonotone => true;

    /// <summary>Whether a part of a component is kept as it was in the start.</summary>
    /// <param name="component">The component, from 0.</param>
    /// <param name="part">The part.</param>
    public virtual bool Keeps(int component, FrozenPart part) => false;

    /// <summary>The model that options ask for; where they ask for noise, its box is to be known, and where they trim, the units of the columns.</summary>
    /// <param name="options">What to estimate.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="totalWeight">Sum of the row weights.</param>
    public static EstimationModel Create(EmOptions options, PooledMoments pooled, double totalWeight)
    {
        EstimationModel model = Choose(options, pooled, totalWeight);
        model.LabelTerms = options.LabelTerms(options.ComponentCount);
        return model;
    }

    private static EstimationModel Choose(EmOptions options, PooledMoments pooled, double totalWeight) => options.NoiseBox is not null
        ? new NoiseModel(options.CovarianceModel, options.ComponentCount, options.NoiseBox, options.FixedWeights is not null)
        : options.Tail == Tail.Student
        ? new StudentModel(
            options.CovarianceModel, options.ComponentCount, options.DegreesOfFreedom, options.CommonDegreesOfFreedom, options.FixedWeights is not null)
        : options.ColumnUnits is not null
        ? new RestrictedModel(options.CovarianceModel, options.ComponentCount, options.EigenvalueRatio ?? EmOptions.DefaultEigenvalueRatio, options.ColumnUnits)
        : options.HasFrozen
        ? new FrozenModel(options.CovarianceModel, options.ComponentCount, options.Frozen!)
        : options.RegularizeCovariance > 0
        ? new RegularisedModel(options.CovarianceModel, options.ComponentCount, options.RegularizeCovariance, options.FixedWeights is not null)
        : options.Prior
        ? new PenalisedModel(options.CovarianceModel, options.ComponentCount, pooled, totalWeight, options.FixedWeights is not null)
        : new NormalModel(options.CovarianceModel, options.ComponentCount, options.FixedWeights is not null);

    /// <summary>Number of parameters that were free in a mixture that options led to, which may have lost components.</summary>
    public static int CountParameters(EmOptions options, GaussianMixture mixture) =>
        mixture.CovarianceModel.ParameterCount(mixture.ComponentCount, mixture.Dimension)
        + (mixture.Noise is null ? 0 : 1)
        + options.TailParameterCount(mixture.ComponentCount)
        - (options.FixedWeights is null ? 0 : mixture.ComponentCount - 1)
        - (options.Frozen?.ParameterCount(mixture.CovarianceModel, mixture.ComponentCount, mixture.Dimension) ?? 0);

    /// <summary>Number of free parameters.</summary>
    /// <param name="dimension">Number of columns, d.</param>
    public virtual int ParameterCount(int dimension) =>
        Covariances.Model.ParameterCount(ComponentCount, dimension) - (KeepsWeights ? ComponentCount - 1 : 0);

    /// <summary>Gives a start what it lacks of the model; called before it is factorised.</summary>
    /// <param name="start">The start of a run, changed in place.</param>
    public virtual void Begin(MixtureParameters start)
    {
    }

    /// <summary>Fills what the factorisation of a mixture leaves open in its terms; called before each E-step.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    public void FillTerms(MixtureParameters mixture) => mixture.Terms.LabelTerms = LabelTerms;

    /// <summary>What the objective has beside the log-likelihood; 0 where that is all.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    public virtual double LogPenalty(MixtureParameters mixture) => 0;

    /// <summary>The M-step. The result is not factorised: a covariance may be singular.</summary>
    /// <param name="statistics">The statistics; their scatters are moved to the new means.</param>
    /// <param name="previous">The mixture of the E-step, factorised; null where the statistics are of a partition.</param>
    /// <param name="result">Overwritten.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, or null.</param>
    public abstract void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights);

    /// <summary>Writes or reads what the next M-step begins with, beside the mixture before it.</summary>
    public virtual void Exchange(StateExchange state, MixtureParameters mixture) =>
        Covariances.Exchange(state, mixture.ComponentCount, mixture.Dimension);
}
