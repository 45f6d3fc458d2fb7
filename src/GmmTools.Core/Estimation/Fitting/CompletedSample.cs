using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// A sample that has all rows which a mixture explains worst, so that components too small for the sample show: two strata, the worst rows
/// and a sample of the others, with weights that make both stand for what they are a part of.
/// </summary>
internal static class CompletedSample
{
    /// <summary>The worst rows are no more than this share of the sample, and of all rows.</summary>
    private const double MaxShareOfSample = 0.25;
    private const double MaxShareOfRows = 0.05;

    /// <summary>Completes a sample.</summary>
    /// <param name="observations">All rows; each counts once.</param>
    /// <param name="sample">Some of them; each counts once.</param>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The rows of both strata; their weights sum to the number of rows in the sample.</returns>
    public static InMemoryObservations Create(
        IObservations observations, InMemoryObservations sample, MixtureParameters mixture, int threadCount, CancellationToken cancellationToken)
    {
        int count = (int)Math.Max(1, Math.Min(MaxShareOfSample * sample.Count, MaxShareOfRows * observations.Count));
        IReadOnlyList<ImprobableRow> worst = observations.FindLeastProbable(mixture, count, threadCount, cancellationToken);
        KernelScorer scorer = new(mixture.Dimension);
        double[][] sampled = [.. sample.Chunks.Select(chunk => scorer.Score(chunk, mixture.Terms, false).LogDensities)];
        RowChunk far = Gather(worst, sample.Property.Count);
        double highest = scorer.Score(far, mixture.Terms, false).LogDensities.Max();

        // what is in both counts in the stratum of the worst only
        long others = sampled.Sum(chunk => chunk.LongCount(logDensity => logDensity > highest));
        double worstWeight = (double)sample.Count / observations.Count;
        double otherWeight = (sample.Count - (worst.Count * worstWeight)) / Math.Max(1, others);
        ObservationsBuilder builder = new(sample.Property, weighted: true);
        double[] row = new double[sample.Property.Count];
        for (int c = 0; c < sampled.Length; c++)
        {
            for (int i = 0; i < sampled[c].Length; i++)
            {
                if (sampled[c][i] > highest)
                {
                    sample.Chunks[c].CopyRow(i, row);
                    builder.Add(row, otherWeight);
                }
            }
        }

        foreach (ImprobableRow improbable in worst)
        {
            builder.Add(improbable.Values, worstWeight);
        }

        return builder.Build();
    }

    private static RowChunk Gather(IReadOnlyList<ImprobableRow> rows, int dimension)
    {
        double[] values = new double[rows.Count * dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                values[(j * rows.Count) + i] = rows[i].Values[j];
            }
        }

        return new RowChunk(values, rows.Count, null);
    }
}
