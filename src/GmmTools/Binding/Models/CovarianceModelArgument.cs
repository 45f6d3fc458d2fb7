using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>What users give as covariance models: names, aliases and wildcards.</summary>
internal static class CovarianceModelArgument
{
    /// <summary>The models that names and wildcards stand for, each once, in the order given.</summary>
    /// <param name="names">Names, aliases or wildcards, in any case.</param>
    /// <exception cref="CommandException">A name or a wildcard stands for none (UnknownCovarianceModel).</exception>
    public static IReadOnlyList<CovarianceModel> Resolve(IReadOnlyList<string> names) =>
        [.. names.SelectMany(ResolveName).Distinct()];

    /// <summary>
    /// The models for rows with the given number of columns. With one column all models of equal variances coincide, and all of
    /// different variances: only one of each is fitted. A single model that was named is left as it is.
    /// </summary>
    /// <param name="names">Names, aliases or wildcards, in any case.</param>
    /// <param name="dimension">Number of columns.</param>
    /// <exception cref="CommandException">A name or a wildcard stands for none (UnknownCovarianceModel).</exception>
    public static IReadOnlyList<CovarianceModel> Resolve(IReadOnlyList<string> names, int dimension)
    {
        IReadOnlyList<CovarianceModel> models = Resolve(names);
        return dimension > 1 || models.Count == 1 ? models : [.. models.Select(CovarianceModels.ToUnivariate).Distinct()];
    }

    /// <summary>The models whose names match a wildcard, in their order.</summary>
    /// <param name="pattern">The wildcard.</param>
    public static IEnumerable<CovarianceModel> Match(string pattern)
    {
        WildcardPattern wildcard = WildcardPattern.Get(pattern.Trim(), WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        return CovarianceModels.Names.Where(wildcard.IsMatch).Select(CovarianceModels.Parse).Distinct();
    }

    private static IReadOnlyList<CovarianceModel> ResolveName(string name)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(name))
        {
            return IsKnown(name) ? [CovarianceModels.Parse(name)] : throw Unknown(name, "is not a covariance model");
        }

        CovarianceModel[] matches = [.. Match(name)];
        return matches.Length > 0 ? matches : throw Unknown(name, "matches no covariance model");
    }

    private static bool IsKnown(string name) => CovarianceModels.Names.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    private static CommandException Unknown(string name, string problem) => new(
        "UnknownCovarianceModel",
        $"'{name}' {problem}. Use one of {string.Join(", ", NearestNames.Order(CovarianceModels.Names, name.Trim()))}, or a wildcard such as * or V*.",
        name);
}
