using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;

namespace GmmTools.Binding.Scorings;

/// <summary>The columns of Find-MixtureOutlier; rows that are no outliers are not given out.</summary>
internal sealed class OutlierScoring : MixtureScoring
{
    /// <summary>Columns are named until together they make up this share of the squared distance.</summary>
    private const double NamedShare = 0.8;
    private const string ContributionPrefix = "Contribution_";

    private readonly OutlierDetector _detector;
    private readonly bool _withContributions;

    /// <summary>Prepares to find outliers.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="detector">What tells them.</param>
    /// <param name="withContributions">Whether there is a column for each column's contribution.</param>
    public OutlierScoring(GaussianMixture mixture, OutlierDetector detector, bool withContributions)
        : base(mixture)
    {
        _detector = detector;
        _withContributions = withContributions;
        Columns =
        [
            "Row", "LogDensity", "TailProbability", "Component", "Distance", "Contributor",
            .. withContributions ? mixture.Property.Select(name => ContributionPrefix + name) : [],
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Shares => Columns.Where(name => name == "TailProbability" || name.StartsWith(ContributionPrefix, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override bool GivesAllRows => false;

    /// <inheritdoc/>
    private protected override object?[]? Describe(RowBlock block, RowScores scores, int row)
    {
        if (_detector.Judge(block, scores, row) is not OutlierVerdict verdict)
        {
            return null;
        }

        IEnumerable<object?> contributions = _withContributions
            ? verdict.Contributions.Select(share => double.IsNaN(share) ? null : (object?)share)
            : [];
        return
        [
            block.RowNumbers[row],
            scores.LogDensities[row],
            verdict.TailProbability,
            scores.Components[row],
            verdict.Distance,
            NameContributors(verdict.Contributions),
            .. contributions,
        ];
    }

    private string NameContributors(double[] shares)
    {
        double sum = 0;
        List<string> names = [];
        foreach (int column in Enumerable.Range(0, shares.Length).Where(j => !double.IsNaN(shares[j])).OrderByDescending(j => shares[j]))
        {
            names.Add(Mixture.Property[column]);
            sum += shares[column];
            if (sum >= NamedShare)
            {
                break;
            }
        }

        return string.Join(", ", names);
    }
}
