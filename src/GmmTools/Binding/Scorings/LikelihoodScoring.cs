using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;

namespace GmmTools.Binding.Scorings;

/// <summary>The columns of Measure-MixtureLikelihood -PerObservation.</summary>
internal sealed class LikelihoodScoring(GaussianMixture mixture) : MixtureScoring(mixture)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } = ["LogLikelihood", "Component", "Probability"];

    /// <inheritdoc/>
    public override IEnumerable<string> Shares => Columns.Skip(2);

    /// <inheritdoc/>
    private protected override object?[] Describe(RowBlock block, RowScores scores, int row) =>
        [scores.LogDensities[row], scores.Components[row], scores.Probabilities[row]];
}
