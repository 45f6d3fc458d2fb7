using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Mixtures;

/// <summary>Facts about the covariance models: names, storage, number of free parameters.</summary>
public static class CovarianceModels
{
    private static readonly Dictionary<string, CovarianceModel> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Full"] = CovarianceModel.VVV,
        ["Tied"] = CovarianceModel.EEE,
        ["Diagonal"] = CovarianceModel.VVI,
        ["Spherical"] = CovarianceModel.VII,
    };

    /// <summary>All models, the most restricted first.</summary>
    public static IReadOnlyList<CovarianceModel> All { get; } =
        [CovarianceModel.VII, CovarianceModel.VVI, CovarianceModel.EEE, CovarianceModel.VVV];

    /// <summary>Every name that <see cref="Parse"/> takes: the models' own names, then the aliases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.ToString()), .. Aliases.Keys];

    /// <summary>The model of the given name or alias, in any case.</summary>
    /// <param name="name">A name such as VVV, or an alias: Full, Tied, Diagonal, Spherical.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidMixtureException">No model has that name (UnknownCovarianceModel).</exception>
    public static CovarianceModel Parse(string name)
    {
        string trimmed = (name ?? throw new ArgumentNullException(nameof(name))).Trim();
        foreach (CovarianceModel model in All)
        {
            if (string.Equals(model.ToString(), trimmed, StringComparison.OrdinalIgnoreCase))
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
        model is CovarianceModel.VII or CovarianceModel.VVI ? CovarianceShape.Diagonal : CovarianceShape.Full;

    /// <summary>Number of free parameters of the covariance matrices alone.</summary>
    /// <param name="model">The model.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <returns>The count; Celeux and Govaert (1995), table 1.</returns>
    public static int CovarianceParameterCount(this CovarianceModel model, int componentCount, int dimension)
    {
        int triangle = dimension * (dimension + 1) / 2;
        return model switch
        {
            CovarianceModel.VII => componentCount,
            CovarianceModel.VVI => componentCount * dimension,
            CovarianceModel.EEE => triangle,
            CovarianceModel.VVV => componentCount * triangle,
            _ => throw new ArgumentOutOfRangeException(nameof(model)),
        };
    }
}
