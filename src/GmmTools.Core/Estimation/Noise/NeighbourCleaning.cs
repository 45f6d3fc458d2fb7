using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Observations;

namespace GmmTools.Estimation.Noise;

/// <summary>
/// Tells rows of clusters from rows of noise by how far off their k-th nearest neighbour is. Byers and Raftery, Journal of the American
/// Statistical Association 93 (1998) 577-584: under a Poisson process of rate λ, Dᵏᵈ times λ and the volume of the unit sphere has a gamma
/// distribution of shape k; the distances of all rows are a mixture of two of these, estimated by EM. Columns are divided by scales first.
/// </summary>
internal static class NeighbourCleaning
{
    /// <summary>The most rows that neighbours are looked for among; further ones only stand for more of the same.</summary>
    private const int MaxReferences = 5000;

    private const int MaxSteps = 500;
    private const double MinChange = 1e-8;

    /// <summary>Beyond this a number of log-odds decides anything.</summary>
    private const double MaxLogOdds = 700;

    /// <summary>The largest logarithm of a volume, so that sums of many stay finite.</summary>
    private const double MaxLogVolume = 500;

    /// <summary>Whether each row is noise, by each of several k.</summary>
    /// <param name="rows">The rows, complete.</param>
    /// <param name="scales">What each column is divided by.</param>
    /// <param name="neighbours">Values of k, in increasing order.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each k one per row; all false where the rows are too few.</returns>
    public static bool[][] Find(InMemoryObservations rows, double[] scales, int[] neighbours, int threadCount, CancellationToken cancellationToken)
    {
        int count = (int)rows.Count;
        double[] points = Standardised(rows, scales, count);
        double[][] logDistances = [.. neighbours.Select(_ => new double[count])];
        int[] references = [.. Enumerable.Range(0, Math.Min(count, MaxReferences)).Select(i => (int)((long)i * count / Math.Min(count, MaxReferences)))];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken };
        Parallel.For(0, count, options, i =>
        {
            double[] nearest = FindNearest(points, scales.Length, references, i, neighbours[neighbours.Length - 1]);
            for (int k = 0; k < neighbours.Length; k++)
            {
                logDistances[k][i] = 0.5 * Math.Log(nearest[neighbours[k] - 1]);
            }
        });
        return [.. neighbours.Select((neighbour, k) => count <= 2 * neighbour ? new bool[count] : Classify(logDistances[k], neighbour, scales.Length))];
    }

    private static double[] Standardised(InMemoryObservations rows, double[] scales, int count)
    {
        double[] points = new double[count * scales.Length];
        double[] row = new double[scales.Length];
        for (int i = 0; i < count; i++)
        {
            rows.CopyRow(i, row);
            for (int j = 0; j < row.Length; j++)
            {
                points[(i * row.Length) + j] = row[j] / scales[j];
            }
        }

        return points;
    }

    /// <summary>Squared distances of the nearest references but the row itself, in increasing order; ∞ where there are fewer.</summary>
    private static double[] FindNearest(double[] points, int dimension, int[] references, int row, int neighbour)
    {
        double[] nearest = [.. Enumerable.Repeat(double.PositiveInfinity, neighbour)];
        foreach (int other in references)
        {
            double square = 0;
            for (int j = 0; j < dimension && square < nearest[neighbour - 1]; j++)
            {
                double difference = points[(row * dimension) + j] - points[(other * dimension) + j];
                square += difference * difference;
            }

            if (other != row && square < nearest[neighbour - 1])
            {
                int place = neighbour - 1;
                for (; place > 0 && nearest[place - 1] > square; place--)
                {
                    nearest[place] = nearest[place - 1];
                }

                nearest[place] = square;
            }
        }

        return nearest;
    }

    /// <summary>EM for two gamma distributions of the shape k, of yᵢ = Dᵢᵈ in units of its median.</summary>
    private static bool[] Classify(double[] logDistances, int neighbour, int dimension)
    {
        double[] sorted = [.. logDistances.OrderBy(value => value)];
        double median = sorted[sorted.Length / 2];
        if (double.IsNegativeInfinity(median))
        {
            // most rows are equal to others: what is not is noise, as far as distances can tell
            return [.. logDistances.Select(value => !double.IsNegativeInfinity(value))];
        }

        double[] volumes = [.. logDistances.Select(value => Math.Exp(Math.Min(MaxLogVolume, dimension * (value - median))))];
        double[] ofNoise = [.. logDistances.Select(value => value > median ? 1.0 : 0.0)];
        for (int step = 0; step < MaxSteps; step++)
        {
            double share = ofNoise.Average();
            double noiseRate = Rate(volumes, ofNoise, neighbour, true);
            double rate = Rate(volumes, ofNoise, neighbour, false);
            double change = 0;
            for (int i = 0; i < volumes.Length; i++)
            {
                double logOdds = Math.Log(share / (1 - share)) + (neighbour * Math.Log(noiseRate / rate)) - ((noiseRate - rate) * volumes[i]);
                double next = 1 / (1 + Math.Exp(Math.Max(-MaxLogOdds, Math.Min(MaxLogOdds, -logOdds))));
                change = Math.Max(change, Math.Abs(next - ofNoise[i]));
                ofNoise[i] = next;
            }

            if (!(change > MinChange))
            {
                break;
            }
        }

        return [.. ofNoise.Select(probability => probability > 0.5)];
    }

    /// <summary>λ = k·Σ z / Σ z·y.</summary>
    private static double Rate(double[] volumes, double[] ofNoise, int neighbour, bool noise)
    {
        double weight = 0;
        double sum = 0;
        for (int i = 0; i < volumes.Length; i++)
        {
            double probability = noise ? ofNoise[i] : 1 - ofNoise[i];
            weight += probability;
            sum += probability * volumes[i];
        }

        return neighbour * weight / sum;
    }
}
