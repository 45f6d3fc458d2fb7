using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>Facts about the covariance models: names, nesting, storage, number of free parameters.</summary>
public static class CovarianceModels
{
    private static readonly Dictionary<string, CovarianceModel> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Full"] = CovarianceModel.VVV,
        ["Tied"] = CovarianceModel.EEE,
        ["Diagonal"] = CovarianceModel.VVI,
        ["Spherical"] = CovarianceModel.VII,
        ["E"] = CovarianceModel.EEE,
        ["V"] = CovarianceModel.VVV,
    };

    private static readonly string[] FeatureNames = ["volume", "shape", "orientation"];

    /// <summary>All models; those that a model contains come before it.</summary>
    public static IReadOnlyList<CovarianceModel> All { get; } =
    [
        CovarianceModel.EII, CovarianceModel.VII,
        CovarianceModel.EEI, CovarianceModel.VEI, CovarianceModel.EVI, CovarianceModel.VVI,
        CovarianceModel.EEE, CovarianceModel.VEE, CovarianceModel.EVE, CovarianceModel.VVE,
        CovarianceModel.EEV, CovarianceModel.VEV, CovarianceModel.EVV, CovarianceModel.VVV,
    ];

    /// <summary>Volume, shape and orientation of each model as letters.</summary>
    private static readonly string[] Letters = [.. All.Select(model => model.ToString())];

    /// <summary>The models that differ with one column: one variance for all components (E), or one for each (V).</summary>
    public static IReadOnlyList<CovarianceModel> Univariate { get; } = [CovarianceModel.EEE, CovarianceModel.VVV];

    /// <summary>Every name that <see cref="Parse"/> takes: the models' own names, then the aliases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Letters, .. Aliases.Keys];

    /// <summary>The model of the given name or alias, in any case.</summary>
    /// <param name="name">A name such as VVV, or an alias: Full, Tied, Diagonal, Spherical; E and V are the names in one dimension.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidMixtureException">No model has that name (UnknownCovarianceModel).</exception>
    public static CovarianceModel Parse(string name)
    {
        string trimmed = (name ?? throw new ArgumentNullException(nameof(name))).Trim();
        foreach (CovarianceModel model in All)
        {
            if (string.Equals(model.Name(), trimmed, StringComparison.OrdinalIgnoreCase))
            {
                return model;
            }
        }

        return Aliases.TryGetValue(trimmed, out CovarianceModel aliased)
            ? aliased
            : throw new InvalidMixtureException(
                "UnknownCovarianceModel",
                $"'{name}' is not a covariance model. Use one of {string.Join(", ", Names)}.",
                name);
    }

    /// <summary>Whether the model needs whole scatter matrices or only their diagonals.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The shape.</returns>
    public static CovarianceShape Shape(this CovarianceModel model) =>
        model.OrientationLetter() == 'I' ? CovarianceShape.Diagonal : CovarianceShape.Full;

    /// <summary>Whether every mixture of one model is one of the other as well.</summary>
    /// <param name="inner">The more restricted model.</param>
    /// <param name="outer">The more general one; a model contains itself.</param>
    /// <returns>Whether outer contains inner.</returns>
    public static bool IsWithin(this CovarianceModel inner, CovarianceModel outer) =>
        inner.Name().Zip(outer.Name(), (left, right) => Freedom(left) <= Freedom(right)).All(within => within);

    /// <summary>The model whose components share one covariance matrix of the same kind: a sphere, a diagonal or a whole matrix.</summary>
    internal static CovarianceModel ToShared(this CovarianceModel model) =>
        model.Shape() == CovarianceShape.Full ? CovarianceModel.EEE
        : model.ShapeLetter() == 'I' ? CovarianceModel.EII
        : CovarianceModel.EEI;

    /// <summary>Whether all components have the same covariance matrix.</summary>
    internal static bool IsShared(this CovarianceModel model) => model == model.ToShared();

    /// <summary>Number of free parameters of the covariance matrices alone.</summary>
    /// <param name="model">The model.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <returns>The count; Celeux and Govaert (1995), table 1.</returns>
    public static int CovarianceParameterCount(this CovarianceModel model, int componentCount, int dimension)
    {
        int Times(char letter) => letter switch { 'I' => 0, 'E' => 1, _ => componentCount };
        return Times(model.VolumeLetter())
            + (Times(model.ShapeLetter()) * (dimension - 1))
            + (Times(model.OrientationLetter()) * (dimension * (dimension - 1) / 2));
    }

    /// <summary>Number of free parameters of a mixture: K − 1 weights, K·d means and those of the covariance matrices.</summary>
    /// <param name="model">The model.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <returns>The count.</returns>
    public static int ParameterCount(this CovarianceModel model, int componentCount, int dimension) =>
        componentCount - 1 + (componentCount * dimension) + model.CovarianceParameterCount(componentCount, dimension);

    /// <summary>What a model means, in the words of the field.</summary>
    /// <param name="model">The model.</param>
    /// <returns>For example: ellipsoidal, equal shape and orientation.</returns>
    public static string Describe(this CovarianceModel model)
    {
        string form = model.OrientationLetter() != 'I' ? "ellipsoidal" : model.ShapeLetter() != 'I' ? "diagonal" : "spherical";
        return form + Features(model, 'E', ", equal ") + Features(model, 'V', ", varying ");
    }

    /// <summary>What a model means for columns and components in the given number: with one of either, differences vanish.</summary>
    /// <param name="model">The model.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <returns>For example: univariate, equal variance.</returns>
    public static string Describe(this CovarianceModel model, int componentCount, int dimension) => (componentCount, dimension) switch
    {
        (1, 1) => "univariate",
        (_, 1) => model.VolumeLetter() == 'E' ? "univariate, equal variance" : "univariate, unequal variance",
        (1, _) => model.Describe().Split(',')[0],
        _ => model.Describe(),
    };

    /// <summary>The model that coincides with this one when there is one column: only the volume is left.</summary>
    /// <param name="model">The model.</param>
    /// <returns>EEE or VVV.</returns>
    public static CovarianceModel ToUnivariate(this CovarianceModel model) =>
        model.VolumeLetter() == 'E' ? CovarianceModel.EEE : CovarianceModel.VVV;

    /// <summary>The name of a model for users: with one column there are only E and V.</summary>
    /// <param name="model">The model.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <returns>For example: VVV, or V.</returns>
    public static string Name(this CovarianceModel model, int dimension) => dimension == 1 ? model.Name().Substring(0, 1) : model.Name();

    internal static string Name(this CovarianceModel model) => Letters[(int)model];

    internal static char VolumeLetter(this CovarianceModel model) => model.Name()[0];

    internal static char ShapeLetter(this CovarianceModel model) => model.Name()[1];

    internal static char OrientationLetter(this CovarianceModel model) => model.Name()[2];

    private static string Features(CovarianceModel model, char letter, string prefix)
    {
        string[] features = [.. FeatureNames.Where((_, index) => model.Name()[index] == letter)];
        return features.Length switch
        {
            0 => string.Empty,
            3 => prefix + "volume, shape and orientation",
            _ => prefix + string.Join(" and ", features),
        };
    }

    private static int Freedom(char letter) => letter switch { 'I' => 0, 'E' => 1, _ => 2 };
}
