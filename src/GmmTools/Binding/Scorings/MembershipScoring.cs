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
    private readonly IReadOnlyList<string?>? _classes;
    private readonly bool _hasZero;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="withResponsibilities">Whether there is a column for each component.</param>
    public MembershipScoring(GaussianMixture mixture, bool withResponsibilities)
        : base(mixture, withResponsibilities)
    {
        _classes = mixture.ComponentClasses;
        _responsibilityCount = withResponsibilities ? mixture.ComponentCount : 0;
        _hasZero = withResponsibilities && (mixture.Noise is not null || mixture.Trimming is not null);
        Shares =
        [
            "Probability", "Uncertainty",
            .. _hasZero ? ["Responsibility_0"] : System.Array.Empty<string>(),
            .. Enumerable.Range(1, _responsibilityCount).Select(k => "Responsibility_" + k.ToString(CultureInfo.InvariantCulture)),
        ];
        Columns = ["Component", .. _classes is null ? System.Array.Empty<string>() : ["ComponentClass"], .. Shares];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Shares { get; }

    /// <inheritdoc/>
    private protected override object?[] Describe(RowBlock block, RowScores scores, int row)
    {
        object?[] cells = new object?[Columns.Count];
        int component = scores.Components[row];
        int next = 0;
        cells[next++] = component;
        if (_classes is not null)
        {
            cells[next++] = component == 0 ? null : _classes[component - 1];
        }

        cells[next++] = scores.Probabilities[row];
        cells[next++] = 1 - scores.Probabilities[row];
        int first = _hasZero ? next + 1 : next;
        double sum = 0;
        for (int k = 0; k < _responsibilityCount; k++)
        {
            double responsibility = scores.Responsibilities![(k * scores.Count) + row];
            cells[first + k] = responsibility;
            sum += responsibility;
        }

        if (_hasZero)
        {
            cells[next] = component == 0 ? scores.Probabilities[row] : System.Math.Max(0, 1 - sum);
        }

        return cells;
    }
}
