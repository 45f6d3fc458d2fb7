using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Binding.Scorings;
using GmmTools.Classification;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;

namespace GmmTools.Binding.Classification;

/// <summary>The columns of Get-MixtureClass.</summary>
internal sealed class ClassScoring : RowScoring
{
    private readonly ConcurrentBag<ClassScorer> _free = [];
    private readonly MixtureClassifier _classifier;
    private readonly UnknownClassDetector? _detector;

    /// <summary>Prepares to score.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="detector">What tells rows of no class; null where every row is given one.</param>
    public ClassScoring(MixtureClassifier classifier, UnknownClassDetector? detector)
    {
        _classifier = classifier;
        _detector = detector;
        Columns =
        [
            "Class", "Probability",
            .. detector is null ? System.Array.Empty<string>() : ["NearestClass", "TailProbability"],
            .. classifier.Classes.Select(one => "Probability_" + one.Name),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Property => _classifier.Property;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Shares => Columns.Where(name => name is not ("Class" or "NearestClass"));

    /// <inheritdoc/>
    public override object Score(RowBlock block)
    {
        // a scorer serves one thread; as many are made as work at once
        ClassScorer scorer = _free.TryTake(out ClassScorer? free) ? free : new ClassScorer(_classifier);
        try
        {
            return scorer.Score(block);
        }
        finally
        {
            _free.Add(scorer);
        }
    }

    /// <inheritdoc/>
    public override object?[] Describe(RowBlock block, object scores, int row)
    {
        ClassScores all = (ClassScores)scores;
        int place = all.Places[row];
        string name = _classifier.Classes[place].Name;
        object?[] cells = new object?[Columns.Count];
        cells[0] = name;
        cells[1] = all.Probabilities[(place * all.Count) + row];
        int next = 2;
        if (_detector is not null)
        {
            OutlierVerdict? verdict = _detector.Judge(block, all, row);
            cells[0] = verdict is null ? name : null;
            cells[next++] = name;
            cells[next++] = verdict?.TailProbability;
        }

        for (int c = 0; c < _classifier.ClassCount; c++)
        {
            cells[next++] = all.Probabilities[(c * all.Count) + row];
        }

        return cells;
    }
}
