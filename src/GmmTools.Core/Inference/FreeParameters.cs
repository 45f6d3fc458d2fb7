using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Inference;

/// <summary>
/// The free parameters of a mixture of which each is a number of the mixture: weights but the first, means, and the covariances of a model that ties
/// equal ones together.
/// </summary>
internal sealed class FreeParameters
{
    /// <summary>A step is this share of the natural unit of its parameter: the error of central differences is of the order of its square.</summary>
    private const double RelativeStep = 1e-5;

    private static readonly CovarianceModel[] Models =
    [
        CovarianceModel.EII, CovarianceModel.VII, CovarianceModel.EEI, CovarianceModel.VVI, CovarianceModel.EEE, CovarianceModel.VVV,
    ];

    private readonly MixtureParameters _mixture;

    /// <summary>Of each free parameter: for a weight its component; for a mean its place; for covariances their places, all with one value.</summary>
    private readonly List<(Kind Kind, int[] Places, double Step)> _parameters = [];

    /// <param name="mixture">The mixture, in the shape of the model.</param>
    /// <param name="model">The covariance model, one of those that are available.</param>
    /// <param name="fixesWeights">Whether weights are no parameters.</param>
    public FreeParameters(MixtureParameters mixture, CovarianceModel model, bool fixesWeights)
    {
        _mixture = mixture;
        for (int k = 1; k < mixture.ComponentCount && !fixesWeights; k++)
        {
            _parameters.Add((Kind.Weight, [k], RelativeStep * Math.Min(mixture.Weights[k], mixture.Weights[0])));
        }

        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            for (int j = 0; j < mixture.Dimension; j++)
            {
                _parameters.Add((Kind.Mean, [(k * mixture.Dimension) + j], RelativeStep * Math.Sqrt(mixture.Covariance(k, j, j))));
            }
        }

        AddCovariances(model);
    }

    private enum Kind
    {
        Weight,
        Mean,
        Covariance,
    }

    /// <summary>Number of free parameters.</summary>
    public int Count => _parameters.Count;

    /// <summary>Whether the covariances of a model are numbers that are free or equal.</summary>
    /// <param name="model">The model.</param>
    public static bool Suit(CovarianceModel model) => Models.Contains(model);

    /// <summary>The names of the models that are available.</summary>
    public static string ModelNames => string.Join(", ", Models.Select(model => model.Name()));

    /// <summary>What a parameter is moved by for a difference.</summary>
    /// <param name="index">The parameter.</param>
    public double Step(int index) => _parameters[index].Step;

    /// <summary>The mixture with one parameter moved; not factorised.</summary>
    /// <param name="index">The parameter.</param>
    /// <param name="sign">1 or −1.</param>
    public MixtureParameters Moved(int index, int sign)
    {
        MixtureParameters moved = _mixture.Clone();
        (Kind kind, int[] places, double step) = _parameters[index];
        foreach (int place in places)
        {
            double[] numbers = kind == Kind.Weight ? moved.Weights : kind == Kind.Mean ? moved.Means : moved.Covariances;
            numbers[place] += sign * step;
        }

        if (kind == Kind.Weight)
        {
            moved.Weights[0] -= sign * step;
        }

        return moved;
    }

    /// <summary>The derivatives of a function by the free parameters, from those by all numbers of the mixture.</summary>
    /// <param name="byWeights">By the weights.</param>
    /// <param name="byMeans">By the means.</param>
    /// <param name="byCovariances">By the covariances as they are stored.</param>
    public double[] Project(double[] byWeights, double[] byMeans, double[] byCovariances) =>
    [
        .. _parameters.Select(one => one.Kind switch
        {
            Kind.Weight => byWeights[one.Places[0]] - byWeights[0],
            Kind.Mean => byMeans[one.Places[0]],
            _ => one.Places.Sum(place => byCovariances[place]),
        }),
    ];

    private void AddCovariances(CovarianceModel model)
    {
        bool isShared = model.VolumeLetter() == 'E';
        bool isSphere = model.ShapeLetter() == 'I';
        int length = _mixture.CovarianceLength;
        int groups = isShared ? 1 : _mixture.ComponentCount;
        for (int group = 0; group < groups; group++)
        {
            int[] components = isShared ? ComponentMatching.Identity(_mixture.ComponentCount) : [group];
            for (int i = 0; i < _mixture.Dimension; i++)
            {
                for (int j = _mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i && !(isSphere && i > 0); j++)
                {
                    IEnumerable<int> places = isSphere
                        ? components.SelectMany(k => Enumerable.Range(k * length, length))
                        : components.Select(k => _mixture.CovarianceIndex(k, i, j));
                    double unit = Math.Sqrt(_mixture.Covariance(group, i, i)) * Math.Sqrt(_mixture.Covariance(group, j, j));
                    _parameters.Add((Kind.Covariance, [.. places], RelativeStep * unit));
                }
            }
        }
    }
}
