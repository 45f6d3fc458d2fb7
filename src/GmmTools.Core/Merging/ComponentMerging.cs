using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Merging;

/// <summary>
/// Combines components of a mixture, two at a time, so that clusters need not be normal. By entropy: Baudry, Raftery, Celeux, Lo and
/// Gottardo, Combining mixture components for clustering, Journal of Computational and Graphical Statistics 19 (2010) 332-353. By overlap:
/// Hennig, Methods for merging Gaussian mixture components, Advances in Data Analysis and Classification 4 (2010) 3-34. Of each row only
/// the probabilities that are not negligible are kept.
/// </summary>
public sealed class ComponentMerging
{
    /// <summary>A smaller probability changes no entropy that can be seen.</summary>
    private const double Negligible = 1e-15;

    private readonly BlockScorer _scorer;
    private readonly int _componentCount;
    private readonly List<SoftRow> _rows = [];

    /// <summary>Prepares to take rows.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <exception cref="InvalidMixtureException">It has noise (NoiseNotSupported), or is trimmed (TrimmingNotSupported).</exception>
    public ComponentMerging(GaussianMixture mixture)
    {
        mixture.RefuseNoise("The combination of components");
        mixture.RefuseTrimming("The combination of components");
        _scorer = new BlockScorer(mixture);
        _componentCount = mixture.ComponentCount;
    }

    /// <summary>Number of rows so far.</summary>
    public long RowCount => _rows.Count;

    /// <summary>Takes rows.</summary>
    /// <param name="block">The rows, in the order of the mixture's columns.</param>
    public void Add(RowBlock block)
    {
        RowScores scores = _scorer.Score(block, withResponsibilities: true);
        for (int i = 0; i < block.Count; i++)
        {
            List<int> clusters = [];
            List<double> shares = [];
            for (int k = 0; k < _componentCount; k++)
            {
                double share = scores.Responsibilities![(k * block.Count) + i];
                if (share > Negligible)
                {
                    clusters.Add(k);
                    shares.Add(share);
                }
            }

            _rows.Add(new SoftRow(clusters, shares, block.Weights?[i] ?? 1));
        }
    }

    /// <summary>Combines components until one cluster is left.</summary>
    /// <param name="criterion">Which clusters are combined next.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The components themselves, then each step. The rows are used up.</returns>
    /// <exception cref="InvalidObservationException">There are no rows (NoRows).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<MergeStep> Merge(MergeCriterion criterion, CancellationToken cancellationToken)
    {
        if (_rows.Count == 0)
        {
            throw new InvalidObservationException("NoRows", "There are no rows. Check the file, the query or the filter in front of this command.");
        }

        int[] clusterOf = [.. Enumerable.Range(0, _componentCount)];
        List<MergeStep> steps = [new MergeStep(Number(clusterOf), Entropy(), 0, 0)];
        double cumulated = 0;
        for (int left = _componentCount; left > 1; left--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[,] overlaps = Overlaps();
            double[,] drops = criterion == MergeCriterion.Entropy ? Drops() : overlaps;
            (int first, int second) = Largest(drops, overlaps, clusterOf);
            double merged = Join(first, second);
            for (int k = 0; k < clusterOf.Length; k++)
            {
                clusterOf[k] = clusterOf[k] == second ? first : clusterOf[k];
            }

            cumulated += merged;
            double entropy = Entropy();
            steps.Add(new MergeStep(Number(clusterOf), entropy, merged, cumulated)
            {
                EntropyDrop = Math.Max(0, steps[steps.Count - 1].Entropy - entropy),
                Overlap = overlaps[first, second],
            });
        }

        EntropyElbow.Mark(steps);
        return steps;
    }

    private double Entropy()
    {
        double sum = 0;
        foreach (SoftRow row in _rows)
        {
            foreach (double share in row.Shares)
            {
                sum -= row.Weight * Term(share);
            }
        }

        return Math.Max(0, sum);
    }

    /// <summary>Of a share above 0, as all are that are kept.</summary>
    private static double Term(double share) => share * Math.Log(share);

    /// <summary>By how much the union of each pair would lower the entropy.</summary>
    private double[,] Drops()
    {
        double[,] drops = new double[_componentCount, _componentCount];
        foreach (SoftRow row in _rows)
        {
            for (int i = 1; i < row.Shares.Count; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    double drop = Term(row.Shares[i] + row.Shares[j]) - Term(row.Shares[i]) - Term(row.Shares[j]);
                    drops[Math.Min(row.Clusters[i], row.Clusters[j]), Math.Max(row.Clusters[i], row.Clusters[j])] += row.Weight * drop;
                }
            }
        }

        return drops;
    }

    /// <summary>The larger of the probabilities that a row of the one cluster is taken for one of the other, for each pair.</summary>
    private double[,] Overlaps()
    {
        double[,] taken = new double[_componentCount, _componentCount];
        double[] sizes = new double[_componentCount];
        foreach (SoftRow row in _rows)
        {
            int assigned = row.Largest();
            for (int i = 0; i < row.Shares.Count; i++)
            {
                sizes[row.Clusters[i]] += row.Weight * row.Shares[i];
                taken[row.Clusters[i], assigned] += row.Weight * row.Shares[i];
            }
        }

        double[,] overlaps = new double[_componentCount, _componentCount];
        for (int i = 0; i < _componentCount; i++)
        {
            for (int j = i + 1; j < _componentCount; j++)
            {
                overlaps[i, j] = Math.Max(sizes[i] > 0 ? taken[i, j] / sizes[i] : 0, sizes[j] > 0 ? taken[j, i] / sizes[j] : 0);
            }
        }

        return overlaps;
    }

    /// <summary>The pair of the largest value; of several, that of the largest overlap, then the first.</summary>
    private static (int First, int Second) Largest(double[,] values, double[,] ties, int[] clusterOf)
    {
        int[] clusters = [.. clusterOf.Distinct().OrderBy(cluster => cluster)];
        (int First, int Second) best = (clusters[0], clusters[1]);
        foreach (int i in clusters)
        {
            foreach (int j in clusters.Where(j => j > i))
            {
                double excess = values[i, j] - values[best.First, best.Second];
                if (excess > 0 || (excess == 0 && ties[i, j] > ties[best.First, best.Second]))
                {
                    best = (i, j);
                }
            }
        }

        return best;
    }

    /// <summary>Puts the second cluster into the first.</summary>
    /// <returns>Number of rows that are assigned to the union.</returns>
    private double Join(int first, int second)
    {
        double merged = 0;
        foreach (SoftRow row in _rows)
        {
            int assigned = row.Largest();
            merged += assigned == first || assigned == second ? row.Weight : 0;
            row.Join(first, second);
        }

        return merged;
    }

    /// <summary>Clusters numbered from 1 by their first component.</summary>
    private static int[] Number(int[] clusterOf)
    {
        List<int> order = [.. clusterOf.Distinct()];
        return [.. clusterOf.Select(cluster => order.IndexOf(cluster) + 1)];
    }

    /// <summary>The clusters that a row may belong to, and with which probabilities.</summary>
    private sealed class SoftRow(List<int> clusters, List<double> shares, double weight)
    {
        public List<int> Clusters { get; } = clusters;

        public List<double> Shares { get; } = shares;

        public double Weight { get; } = weight;

        public int Largest()
        {
            int best = 0;
            for (int i = 1; i < Shares.Count; i++)
            {
                best = Shares[i] > Shares[best] ? i : best;
            }

            return Clusters[best];
        }

        public void Join(int first, int second)
        {
            int from = Clusters.IndexOf(second);
            if (from < 0)
            {
                return;
            }

            int to = Clusters.IndexOf(first);
            if (to < 0)
            {
                Clusters[from] = first;
                return;
            }

            Shares[to] += Shares[from];
            Clusters.RemoveAt(from);
            Shares.RemoveAt(from);
        }
    }
}
