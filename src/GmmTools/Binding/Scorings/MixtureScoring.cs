using System.Collections.Concurrent;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Binding.Scorings;

/// <summary>Columns that follow from what a mixture says of a row.</summary>
internal abstract class MixtureScoring : RowScoring
{
    private readonly ConcurrentBag<BlockScorer> _free = [];
    private readonly bool _withResponsibilities;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="withResponsibilities">Whether the responsibilities of all components are needed.</param>
    private protected MixtureScoring(GaussianMixture mixture, bool withResponsibilities = false)
    {
        Mixture = mixture;
        _withResponsibilities = withResponsibilities;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Property => Mixture.Property;

    /// <summary>The mixture.</summary>
    private protected GaussianMixture Mixture { get; }

    /// <inheritdoc/>
    public sealed override object Score(RowBlock block)
    {
        // a scorer serves one thread; as many are made as work at once
        BlockScorer scorer = _free.TryTake(out BlockScorer? free) ? free : new BlockScorer(Mixture);
        try
        {
            return scorer.Score(block, _withResponsibilities);
        }
        finally
        {
            _free.Add(scorer);
        }
    }

    /// <inheritdoc/>
    public sealed override object?[]? Describe(RowBlock block, object scores, int row) => Describe(block, (RowScores)scores, row);

    /// <inheritdoc cref="RowScoring.Describe"/>
    private protected abstract object?[]? Describe(RowBlock block, RowScores scores, int row);
}
