using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;
using GmmTools.Numerics.Dense;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Guided;

/// <summary>Gives each component of a start to the class whose labelled rows it explains best, so that component numbers are those of the classes.</summary>
/// <param name="observations">Rows.</param>
/// <param name="labels">The class of each row, from 0; −1 where it is not known.</param>
/// <param name="known">The classes.</param>
internal sealed class LabelAlignment(IObservations observations, IReadOnlyList<int> labels, KnownComponents known)
{
    private const int RowsPerCheck = 4096;

    /// <summary>The start with its components in the order of the classes; as it is where rows tell nothing.</summary>
    /// <param name="start">The start.</param>
    /// <param name="fixedWeights">Weights that stay where they are, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public MixtureParameters Align(MixtureParameters start, double[]? fixedWeights, CancellationToken cancellationToken)
    {
        MixtureParameters mixture = start.Clone();
        if (mixture.TryFactorize() >= 0)
        {
            return start;
        }

        double[,] shares = Shares(mixture, cancellationToken);
        int count = mixture.ComponentCount;
        double[,] cost = new double[count, count];
        for (int place = 0; place < count; place++)
        {
            int label = known.ClassOf(place);
            for (int k = 0; label >= 0 && k < count; k++)
            {
                cost[place, k] = -shares[label, k];
            }
        }

        MixtureParameters aligned = mixture.InOrder(LinearAssignment.Solve(cost));
        fixedWeights?.CopyTo(aligned.Weights, 0);
        return aligned;
    }

    /// <summary>How much of the labelled rows of each class the components would take if nothing were known of them.</summary>
    private double[,] Shares(MixtureParameters mixture, CancellationToken cancellationToken)
    {
        double[,] shares = new double[known.Classes.Count, mixture.ComponentCount];
        SingleRowScorer scorer = mixture.Terms.Link.CreateRowScorer(mixture.Terms);
        int number = 0;
        foreach ((double[] row, double weight) in observations.EnumerateWeighted())
        {
            if (number % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int label = labels[number++];
            if (label < 0 || row.Any(double.IsNaN))
            {
                continue;
            }

            scorer.Score(row);
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                shares[label, k] += weight * scorer.Responsibilities[k];
            }
        }

        return shares;
    }
}
