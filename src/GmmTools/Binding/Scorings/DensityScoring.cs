using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Binding.Scorings;

/// <summary>The columns of Get-MixtureDensity.</summary>
internal sealed class DensityScoring : MixtureScoring
{
    private readonly UnivariateMixture? _univariate;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture; with one column there is a distribution function as well.</param>
    public DensityScoring(GaussianMixture mixture)
        : base(mixture)
    {
        _univariate = mixture.Dimension == 1 ? new UnivariateMixture(mixture) : null;
        Columns = _univariate is null ? ["Density", "LogDensity"] : ["Density", "LogDensity", "Cdf"];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Shares => Columns.Skip(2);

    /// <inheritdoc/>
    private protected override object?[] Describe(RowBlock block, RowScores scores, int row)
    {
        double logDensity = scores.LogDensities[row];
        return _univariate is null
            ? [Math.Exp(logDensity), logDensity]
            : [Math.Exp(logDensity), logDensity, _univariate.Cdf(block.Values[row])];
    }
}
