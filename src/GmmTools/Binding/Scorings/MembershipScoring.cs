using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;

namespace GmmTools.Binding.Scorings;

/// <summary>The columns of Get-MixtureMembership.</summary>
internal sealed class MembershipScoring : MixtureScoring
{
    private readonly int _responsibilityCount;
    private readonly bool _hasZero;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="withResponsibilities">Whether there is a column for each component.</param>
    public MembershipScoring(GaussianMixture mixture, bool withResponsibilities)
        : base(mixture, withResponsibilities)
    {
        _responsibilityCount = withResponsibilities ? mixture.ComponentCount : 0;
        _hasZero = withResponsibilities && (mixture.Noise is not null || mixture.Trimming is not null);
        Columns =
        [
            "Component", "Probability", "Uncertainty",
            .. _hasZero ? ["Responsibility_0"] : System.Array.Empty<string>(),
            .. Enumerable.Range(1, _responsibilityCount).Select(k => "Responsibility_" + k.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Shares => Columns.Skip(1);

    /// <inheritdoc/>
    private protected override object?[] Describe(RowBlock block, RowScores scores, int row)
    {
        object?[] cells = new object?[Columns.Count];
        cells[0] = scores.Components[row];
        cells[1] = scores.Probabilities[row];
        cells[2] = 1 - scores.Probabilities[row];
        int first = _hasZero ? 4 : 3;
        double sum = 0;
        for (int k = 0; k < _responsibilityCount; k++)
        {
            double responsibility = scores.Responsibilities![(k * scores.Count) + row];
            cells[first + k] = responsibility;
            sum += responsibility;
        }

        if (_hasZero)
        {
            cells[3] = scores.Components[row] == 0 ? scores.Probabilities[row] : System.Math.Max(0, 1 - sum);
        }

        return cells;
    }
}
