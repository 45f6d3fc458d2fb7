using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Observations.Chunks;

/// <summary>
/// Finds the rows of least density under a mixture, of a given weight in all, and what weight the others keep. The row at the boundary keeps the part
/// of its weight that is not to be trimmed, so that what is trimmed weighs the same whatever the mixture: only then do objectives compare. Not for
/// use from several threads at once.
/// </summary>
internal sealed class DensityTrimmer : IDisposable
{
    private readonly double[][] _weights;
    private readonly double _trimmedWeight;
    private readonly bool _isWeighted;
    private readonly double _logVolume;
    private readonly double[][] _logDensities;
    private readonly double[] _sorted;
    private readonly double[] _sortedWeights;
    private readonly WorkerTeam _team;
    private readonly IChunkReader[] _readers;
    private readonly KernelScorer[] _kernels;
    private readonly RowScores[] _scores;

    /// <param name="chunks">The rows.</param>
    /// <param name="weights">Their weights, chunk by chunk.</param>
    /// <param name="trimmedWeight">The weight of the rows to be trimmed: a whole number where rows are not weighted.</param>
    /// <param name="isWeighted">Whether any row counts other than once.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="logVolume">What log-densities are less, to be those of the original units.</param>
    public DensityTrimmer(
        IChunkSource chunks, double[][] weights, double trimmedWeight, bool isWeighted, int dimension, int componentCount, int threadCount, double logVolume)
    {
        _weights = weights;
        _trimmedWeight = trimmedWeight;
        _isWeighted = isWeighted;
        _logVolume = logVolume;
        int rows = 0;
        int most = 0;
        _logDensities = new double[weights.Length][];
        for (int c = 0; c < weights.Length; c++)
        {
            _logDensities[c] = new double[weights[c].Length];
            rows += weights[c].Length;
            most = Math.Max(most, weights[c].Length);
        }

        _sorted = new double[rows];
        _sortedWeights = new double[isWeighted ? rows : 0];
        _team = new WorkerTeam(Math.Min(threadCount, weights.Length));
        _readers = new IChunkReader[_team.ThreadCount];
        _kernels = new KernelScorer[_team.ThreadCount];
        _scores = new RowScores[_team.ThreadCount];
        for (int thread = 0; thread < _readers.Length; thread++)
        {
            _readers[thread] = chunks.Open();
            _kernels[thread] = new KernelScorer(dimension);
            _scores[thread] = new RowScores(most, componentCount, false);
        }
    }

    /// <summary>Between the log-densities of the rows trimmed last and of the others: a row below it is trimmed. −∞ where none is.</summary>
    public double Level { get; private set; } = double.NegativeInfinity;

    /// <summary>Finds what each row keeps of its weight.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="kept">Overwritten: chunk by chunk a number per row, 0 for those that are trimmed.</param>
    /// <param name="cancellationToken">Stops within a block of rows.</param>
    public void Trim(MixtureParameters mixture, double[][] kept, CancellationToken cancellationToken)
    {
        if (_trimmedWeight == 0)
        {
            return;
        }

        _team.Run(_weights.Length, (thread, c) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            _kernels[thread].Score(_readers[thread].Read(c), mixture.Terms, _scores[thread]);
            Array.Copy(_scores[thread].LogDensities, _logDensities[c], _logDensities[c].Length);
        });
        Keep(FindBoundary(), kept);
    }

    public void Dispose()
    {
        _team.Dispose();
        Array.ForEach(_readers, reader => reader.Dispose());
        Array.ForEach(_kernels, kernels => kernels.Release());
    }

    private void Keep(double boundary, double[][] kept)
    {
        double left = _trimmedWeight - WeightBelow(boundary);
        double highestTrimmed = double.NegativeInfinity;
        double lowestKept = double.PositiveInfinity;
        bool any = false;
        for (int c = 0; c < kept.Length; c++)
        {
            for (int i = 0; i < kept[c].Length; i++)
            {
                double weight = _weights[c][i];
                double logDensity = _logDensities[c][i];
                double trimmed = logDensity < boundary ? weight : logDensity == boundary ? Math.Min(Math.Max(left, 0), weight) : 0;
                left -= logDensity == boundary ? trimmed : 0;
                kept[c][i] = weight - trimmed;
                if (kept[c][i] > 0)
                {
                    lowestKept = Math.Min(lowestKept, logDensity);
                }
                else if (weight > 0)
                {
                    any = true;
                    highestTrimmed = Math.Max(highestTrimmed, logDensity);
                }
            }
        }

        // halves, so that nothing overflows; rows as probable as one that is kept are not told from it by a level
        double middle = (0.5 * highestTrimmed) + (0.5 * lowestKept);
        Level = (!any ? double.NegativeInfinity : middle > highestTrimmed ? middle : lowestKept) - _logVolume;
    }

    private double WeightBelow(double boundary)
    {
        double sum = 0;
        for (int c = 0; c < _weights.Length; c++)
        {
            for (int i = 0; i < _weights[c].Length; i++)
            {
                sum += _logDensities[c][i] < boundary ? _weights[c][i] : 0;
            }
        }

        return sum;
    }

    /// <summary>The smallest log-density up to which rows weigh more than is to be trimmed.</summary>
    private double FindBoundary()
    {
        int count = 0;
        for (int c = 0; c < _weights.Length; c++)
        {
            for (int i = 0; i < _weights[c].Length; i++)
            {
                if (_weights[c][i] > 0)
                {
                    _sorted[count] = _logDensities[c][i];
                    if (_isWeighted)
                    {
                        _sortedWeights[count] = _weights[c][i];
                    }

                    count++;
                }
            }
        }

        if (!_isWeighted)
        {
            return FindNth(_sorted, count, (int)_trimmedWeight);
        }

        Array.Sort(_sorted, _sortedWeights, 0, count);
        double sum = 0;
        int place = 0;
        while (place < count - 1 && (sum += _sortedWeights[place]) <= _trimmedWeight)
        {
            place++;
        }

        return _sorted[place];
    }

    /// <summary>The number that stands at a place when the first so many are sorted; changes their order. Hoare, Communications of the ACM 4 (1961)
    /// 321-322.</summary>
    private static double FindNth(double[] values, int count, int place)
    {
        int first = 0;
        int last = count - 1;
        while (first < last)
        {
            double pivot = Median(values[first], values[first + ((last - first) / 2)], values[last]);
            int low = first;
            int high = last;
            while (low <= high)
            {
                while (values[low] < pivot)
                {
                    low++;
                }

                while (values[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (values[low], values[high]) = (values[high], values[low]);
                    low++;
                    high--;
                }
            }

            if (place <= high)
            {
                last = high;
            }
            else if (place >= low)
            {
                first = low;
            }
            else
            {
                return pivot;
            }
        }

        return values[place];
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
