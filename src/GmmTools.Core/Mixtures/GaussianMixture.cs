using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>A mixture of K normal distributions over d columns, or of K multivariate t distributions: immutable, components by decreasing
/// weight, or by class where they have classes.</summary>
public sealed class GaussianMixture
{
    private readonly MixtureParameters _parameters;
    private readonly Lazy<IReadOnlyList<GaussianComponent>> _components;
    private readonly Lazy<GaussianMixture> _withoutNoise;
    private readonly Lazy<GaussianMixture> _withoutTrimming;

    /// <summary>A mixture of the given parameters, which are copied, checked and sorted by decreasing weight.</summary>
    /// <param name="parameters">Weights, means, covariances.</param>
    /// <param name="property">Names of the d columns, or null for x1..xd.</param>
    /// <param name="covarianceModel">The model that the covariances obey.</param>
    /// <param name="trimming">What the mixture was not fitted to, or null.</param>
    /// <param name="componentClasses">For each component the class that it is of, null for none; null where components have no classes. Components of
    /// one class are sorted among themselves only, so that a class stays where it is.</param>
    /// <exception cref="InvalidMixtureException">The parameters are not those of a mixture.</exception>
    public GaussianMixture(
        MixtureParameters parameters,
        IReadOnlyList<string>? property = null,
        CovarianceModel covarianceModel = CovarianceModel.VVV,
        MixtureTrimming? trimming = null,
        IReadOnlyList<string?>? componentClasses = null)
    {
        if (parameters is null)
        {
            throw new ArgumentNullException(nameof(parameters));
        }

        Property = FixedList.Of(MixtureValidation.CheckedNames(property, parameters.Dimension));
        MixtureValidation.CheckWeights(parameters.Weights, parameters.BackgroundWeight);
        MixtureValidation.CheckNoise(parameters);
        MixtureValidation.CheckTails(parameters);
        ComponentClasses = MixtureValidation.CheckedClasses(componentClasses, parameters.ComponentCount);
        int[] order = Sorted(parameters.Weights, ComponentClasses);
        _parameters = parameters.InOrder(order);
        SourceOrder = order;
        MixtureValidation.CheckParameters(_parameters, Property);
        CovarianceModel = covarianceModel;
        Trimming = trimming;
        Noise = _parameters.Background is UniformBackground background ? new MixtureNoise(background, _parameters.BackgroundWeight) : null;
        _components = new Lazy<IReadOnlyList<GaussianComponent>>(
            () => FixedList.Of(Enumerable.Range(1, ComponentCount).Select(number => new GaussianComponent(number, _parameters, ComponentClasses?[number - 1]))));
        _withoutNoise = new Lazy<GaussianMixture>(RemoveNoise);
        _withoutTrimming = new Lazy<GaussianMixture>(() => new GaussianMixture(_parameters, Property, CovarianceModel, componentClasses: ComponentClasses));
    }

    /// <summary>Number of components, K.</summary>
    public int ComponentCount => _parameters.ComponentCount;

    /// <summary>Number of columns, d.</summary>
    public int Dimension => _parameters.Dimension;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Property { get; }

    /// <summary>The model that the covariance matrices obey; VVV where nothing was said.</summary>
    public CovarianceModel CovarianceModel { get; }

    /// <summary>The components by decreasing weight, or by class.</summary>
    public IReadOnlyList<GaussianComponent> Components => _components.Value;

    /// <summary>For each component the class that it is of, null for none; null where components have no classes.</summary>
    public IReadOnlyList<string?>? ComponentClasses { get; }

    /// <summary>Uniform noise beside the components, whose weights then sum to 1 less its own; null where there is none.</summary>
    public MixtureNoise? Noise { get; }

    /// <summary>The components alone: the same mixture without noise, the weights enlarged so that they sum to 1. Null where there is no noise.</summary>
    public GaussianMixture? WithoutNoise => Noise is null ? null : _withoutNoise.Value;

    /// <summary>What the tails of the components are like.</summary>
    public Tail Tail => _parameters.DegreesOfFreedom is null ? Tail.Normal : Tail.Student;

    /// <summary>What the mixture was not fitted to, and below which log-density a row belongs to no component; null where all rows were fitted. The density
    /// is that of the components.</summary>
    public MixtureTrimming? Trimming { get; }

    /// <summary>The same mixture for which every row belongs to a component. Null where there is no trimming.</summary>
    public GaussianMixture? WithoutTrimming => Trimming is null ? null : _withoutTrimming.Value;

    /// <summary>Number of free parameters: K − 1 weights, K·d means, and the covariances of the model; with noise its weight as well. Degrees of
    /// freedom that all components have in common count as one, others as K; where a fit was given them, it counts none.</summary>
    public int ParameterCount => CovarianceModel.ParameterCount(ComponentCount, Dimension) + (Noise is null ? 0 : 1)
        + (_parameters.DegreesOfFreedom is null ? 0 : _parameters.DegreesOfFreedom.Distinct().Count() == 1 ? 1 : ComponentCount);

    /// <summary>What rows that belong to the components are distributed as: the mixture itself, or that without its noise or trimming.</summary>
    internal GaussianMixture Sound => WithoutNoise ?? WithoutTrimming ?? this;

    /// <summary>For each component, its place (from 0) in the parameters that the mixture was made of.</summary>
    internal IReadOnlyList<int> SourceOrder { get; }

    /// <summary>The parameters, factorised; never to be written to.</summary>
    internal MixtureParameters Parameters => _parameters;

    /// <summary>A mixture from weights, means and covariance matrices.</summary>
    /// <param name="weights">K weights that sum to 1.</param>
    /// <param name="means">K means of d numbers.</param>
    /// <param name="covariances">K symmetric positive definite d × d matrices.</param>
    /// <param name="property">Names of the d columns, or null for x1..xd.</param>
    /// <param name="noise">Noise, whose weight and the others sum to 1; or null.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom of K components of multivariate t, whose matrices then take the place of the covariances;
    /// null for normal components.</param>
    /// <param name="componentClasses">For each component the class that it is of, null for none; null where components have no classes.</param>
    /// <returns>The mixture.</returns>
    /// <exception cref="InvalidMixtureException">Sizes differ, or the numbers are not those of a mixture.</exception>
    public static GaussianMixture Create(
        double[] weights,
        double[][] means,
        double[][,] covariances,
        IReadOnlyList<string>? property = null,
        MixtureNoise? noise = null,
        double[]? degreesOfFreedom = null,
        IReadOnlyList<string?>? componentClasses = null)
    {
        MixtureValidation.CheckSizes(weights, means, covariances);
        int dimension = means[0].Length;
        MixtureParameters parameters = new(weights.Length, dimension, CovarianceShape.Full);
        for (int k = 0; k < weights.Length; k++)
        {
            MixtureValidation.CheckSymmetric(covariances[k], k + 1);
            parameters.Weights[k] = weights[k];
            Array.Copy(means[k], 0, parameters.Means, k * dimension, dimension);
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    parameters.Covariances[parameters.CovarianceIndex(k, i, j)] = covariances[k][i, j];
                }
            }
        }

        parameters.Background = noise?.Background;
        parameters.BackgroundWeight = noise?.Weight ?? 0;
        parameters.DegreesOfFreedom = (double[]?)degreesOfFreedom?.Clone();
        return new GaussianMixture(parameters, property, componentClasses: componentClasses);
    }

    /// <summary>A copy of the parameters as flat arrays, to start an estimation from.</summary>
    /// <returns>The copy, factorised.</returns>
    internal MixtureParameters ToParameters() => _parameters.Clone();

    /// <summary>The same mixture over columns of other names.</summary>
    /// <param name="property">d names.</param>
    /// <returns>The renamed mixture.</returns>
    public GaussianMixture WithProperty(IReadOnlyList<string> property) => new(_parameters, property, CovarianceModel, Trimming, ComponentClasses);

    /// <summary>Refuses what has no meaning for noise, or is not there for it.</summary>
    /// <param name="what">What is asked for, the subject of a sentence in the singular.</param>
    /// <exception cref="InvalidMixtureException">There is noise (NoiseNotSupported).</exception>
    internal void RefuseNoise(string what)
    {
        if (Noise is not null)
        {
            throw new InvalidMixtureException("NoiseNotSupported", $"{what} is not available for a mixture with noise.", this)
            { Remedy = new Remedy("LeaveOutNoise") };
        }
    }

    /// <summary>Refuses what is not there for components of multivariate t.</summary>
    /// <param name="what">What is asked for, the subject of a sentence in the singular.</param>
    /// <exception cref="InvalidMixtureException">The components are not normal (TailNotSupported).</exception>
    internal void RefuseTail(string what)
    {
        if (Tail == Tail.Student)
        {
            throw new InvalidMixtureException("TailNotSupported", $"{what} is not available for components with Student tails.", this)
            { Remedy = new Remedy("UseNormalTail") };
        }
    }

    /// <summary>Refuses what has no meaning for a mixture that was not fitted to all rows, or is not there for it.</summary>
    /// <param name="what">What is asked for, the subject of a sentence in the singular.</param>
    /// <exception cref="InvalidMixtureException">There is trimming (TrimmingNotSupported).</exception>
    internal void RefuseTrimming(string what)
    {
        if (Trimming is not null)
        {
            throw new InvalidMixtureException("TrimmingNotSupported", $"{what} is not available for a trimmed mixture.", this)
            { Remedy = new Remedy("LeaveOutTrimming") };
        }
    }

    private GaussianMixture RemoveNoise()
    {
        MixtureParameters rest = _parameters.Clone();
        rest.Background = null;
        rest.BackgroundWeight = 0;
        double sum = rest.Weights.Sum();
        for (int k = 0; k < rest.Weights.Length; k++)
        {
            // all rows noise: the components are what they are, and equally likely
            rest.Weights[k] = sum > 0 ? rest.Weights[k] / sum : 1.0 / rest.ComponentCount;
        }

        return new GaussianMixture(rest, Property, CovarianceModel, componentClasses: ComponentClasses);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Format(
            CultureInfo.InvariantCulture,
            "{0} K={1}{2}{3} ({4})",
            CovarianceModel.Name(Dimension),
            ComponentCount,
            Tail == Tail.Normal ? string.Empty : " t",
            Noise is not null ? " + noise" : Trimming is not null ? ", trimmed" : string.Empty,
            string.Join(", ", Property.Select(VisibleText.Of)));

    /// <summary>The order by decreasing weight; where components have classes, each class and those of none keep the places that they have together.</summary>
    private static int[] Sorted(double[] weights, IReadOnlyList<string?>? classes)
    {
        int[] order = new int[weights.Length];
        foreach (IGrouping<string, int> places in Enumerable.Range(0, weights.Length).GroupBy(k => classes?[k] ?? string.Empty))
        {
            int[] byWeight = [.. places.OrderByDescending(k => weights[k])];
            int next = 0;
            foreach (int place in places)
            {
                order[place] = byWeight[next++];
            }
        }

        return order;
    }
}
