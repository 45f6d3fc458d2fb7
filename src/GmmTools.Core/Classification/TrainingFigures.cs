using System.Collections.Generic;
using System.Threading;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Classification;

/// <summary>What a classifier makes of the rows that it was learned from.</summary>
internal sealed class TrainingFigures
{
    public double LogLikelihood { get; private set; }

    public double MarginalLogLikelihood { get; private set; }

    public double Error { get; private set; }

    /// <summary>Scores the rows.</summary>
    public static TrainingFigures Of(MixtureClassifier classifier, ClassifiedRows rows, CancellationToken cancellationToken)
    {
        TrainingFigures figures = new();
        ClassScorer scorer = new(classifier);
        int dimension = classifier.Property.Count;
        List<double> weights = [];
        double wrong = 0;
        double total = 0;
        RowBlockBuilder builder = new(dimension, ChunkLayout.RowsPerStreamedBlock(dimension), block =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ClassScores scores = scorer.Score(block);
            for (int i = 0; i < scores.Count; i++)
            {
                int place = rows.Places[(int)block.RowNumbers[i]];
                double weight = weights[i];
                figures.LogLikelihood += weight * scores.LogJoint(place, i);
                figures.MarginalLogLikelihood += weight * scores.LogDensities[i];
                wrong += scores.Places[i] == place ? 0 : weight;
                total += weight;
            }

            weights.Clear();
        });
        int number = 0;
        foreach ((double[] row, double weight) in rows.Rows.EnumerateWeighted())
        {
            builder.Add(row, number++);
            weights.Add(weight);
        }

        builder.Flush();
        figures.Error = wrong / total;
        return figures;
    }
}
