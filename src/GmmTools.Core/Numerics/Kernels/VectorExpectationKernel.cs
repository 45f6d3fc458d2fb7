#if NET
using System;
using System.Runtime.CompilerServices;
using GmmTools.Numerics.Vectors;

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// The E-step by vectors of rows. A block of rows stays in the cache through three stages: log-densities of every component,
/// log-sum-exp and responsibilities, moments of every component. Nothing of the size of the data is stored.
/// </summary>
internal sealed unsafe partial class VectorExpectationKernel<TOps, TVector, TLink> : ExpectationKernel
    where TOps : struct, IVectorOperations<TVector>
    where TVector : struct
    where TLink : struct, ILink
{
    /// <summary>Below this an exponential is zero for every purpose; keeps −∞ out of products with zero.</summary>
    private const double MinExponent = -10_000;

    /// <summary>Sums of up to K exponentials multiplied before a logarithm is taken; with K below 2³¹ the product is finite.</summary>
    private const int ProductLength = 32;

    /// <summary>Vectors that the loops take at a time, so that their sums need not wait for each other.</summary>
    private const int Group = 4;

    /// <summary>What lies between columns, and between components, beside their rows: at a distance of a power of two all would share a few sets
    /// of the first-level cache.</summary>
    private const int Padding = 8;

    private readonly int _componentCount;
    private readonly int _dimension;
    private readonly CovarianceShape _shape;
    private readonly int _blockRows;

    /// <summary>From one column, or one component, to the next.</summary>
    private readonly int _stride;
    private readonly AlignedBuffer _columns;
    private readonly AlignedBuffer _weights;
    private readonly AlignedBuffer _responsibilities;
    private readonly AlignedBuffer _rowWeights;
    private readonly AlignedBuffer _largest;
    private readonly AlignedBuffer _differences;
    private readonly AlignedBuffer _weighted;
    private readonly AlignedBuffer _group;
    private readonly AlignedBuffer _factors;
    private readonly AlignedBuffer _masks;
    private readonly AlignedBuffer _rows;
    private readonly AlignedBuffer _transposed;
    private readonly int _rowStride;
    private bool _areWeighted;

    /// <summary>Places for log-densities: one for each component, and one behind them for the background where there is one.</summary>
    private int _slots;
    private bool _isTransposed;

    public VectorExpectationKernel(int componentCount, int dimension, CovarianceShape shape, int rowCount = int.MaxValue)
    {
        _componentCount = componentCount;
        _dimension = dimension;
        _shape = shape;
        _blockRows = WholeGroups(Math.Min(rowCount, BlockRows(dimension)));
        _stride = _blockRows + Padding;
        _columns = new AlignedBuffer(dimension * _stride);
        _weights = new AlignedBuffer(_blockRows);
        _responsibilities = new AlignedBuffer((componentCount + 1) * _stride);
        _largest = new AlignedBuffer(_blockRows);
        _rowStride = (dimension + TOps.Count - 1) / TOps.Count * TOps.Count;
        _differences = new AlignedBuffer(_rowStride * _stride);
        _weighted = new AlignedBuffer(_rowStride * _stride);
        _group = new AlignedBuffer(dimension * Group * TOps.Count);
        _factors = new AlignedBuffer(TiledFactorLength(dimension));
        _masks = new AlignedBuffer(_blockRows);
        _rows = new AlignedBuffer(_blockRows);
        _rowWeights = new AlignedBuffer(default(TLink).WeighsRows ? 2 * componentCount * _stride : 0);
        _transposed = new AlignedBuffer(_rowStride * _stride);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        AlignedBuffer[] scratch =
        [
            _columns, _weights, _responsibilities, _largest, _differences, _weighted, _group, _factors, _masks, _rows, _rowWeights, _transposed,
        ];
        Array.ForEach(scratch, buffer => buffer.Dispose());
        base.Dispose();
    }

    /// <inheritdoc/>
    public override void Accumulate(RowChunk rows, LogTerms terms, SufficientStatistics statistics)
    {
        _areWeighted = rows.Weights is not null || default(TLink).WeighsRows;
        for (int first = 0; first < rows.Count; first += _blockRows)
        {
            int count = Math.Min(_blockRows, rows.Count - first);
            bool plain = rows.Weights is null && count % (Group * TOps.Count) == 0;
            int vectors = LoadBlock(rows, first, count);
            if (!plain)
            {
                LoadWeights(rows, first, count, vectors * TOps.Count);
            }

            LogDensities(terms, vectors);
            if (rows.Labels is not null)
            {
                TakeLabels(rows, terms, first, count);
            }

            if (plain)
            {
                NormalizePlain(vectors, statistics);
            }
            else
            {
                NormalizeWeighted(vectors, statistics);
            }

            AddMoments(terms, vectors, statistics);
        }
    }

    /// <summary>
    /// Rows per block: more of them spread the cost of summing across lanes and of entering loops, fewer keep the block in the
    /// first- and second-level caches. The best of what was measured.
    /// </summary>
    private static int BlockRows(int dimension) => dimension <= 4 ? 512 : 256;

    /// <summary>So many rows and those that fill the last group of vectors up.</summary>
    private static int WholeGroups(int rowCount) => (rowCount + (Group * TOps.Count) - 1) / (Group * TOps.Count) * (Group * TOps.Count);

    /// <summary>
    /// Copies a block into aligned columns. The last vectors are filled up with copies of the block's first row of weight zero,
    /// to whole groups of vectors.
    /// </summary>
    private int LoadBlock(RowChunk rows, int first, int count)
    {
        int padded = WholeGroups(count);
        _isTransposed = false;
        for (int j = 0; j < _dimension; j++)
        {
            Span<double> column = _columns.Span.Slice(j * _stride, padded);
            ReadOnlySpan<double> source = rows.Values.AsSpan((j * rows.Count) + first, count);
            source.CopyTo(column);
            column[count..].Fill(source[0]);
        }

        return padded / TOps.Count;
    }

    private void LoadWeights(RowChunk rows, int first, int count, int padded)
    {
        Span<double> weights = _weights.Span[..padded];
        if (rows.Weights is null)
        {
            weights[..count].Fill(1);
        }
        else
        {
            rows.Weights.AsSpan(first, count).CopyTo(weights);
        }

        weights[count..].Clear();
    }

    /// <summary>Stage 1: the log-densities of every component, and the largest of each row.</summary>
    private void LogDensities(LogTerms terms, int vectors)
    {
        _slots = _componentCount;
        for (int k = 0; k < _componentCount; k++)
        {
            double* target = _responsibilities.Pointer + (k * _stride);
            if (_shape == CovarianceShape.Diagonal || _dimension == 1)
            {
                DiagonalLogDensity(terms, k, vectors, target);
            }
            else if (_dimension == 2)
            {
                PlanarLogDensity(terms, k, vectors, target);
            }
            else
            {
                FullLogDensity(terms, k, vectors, target);
            }

            if (default(TLink).WeighsRows)
            {
                Link(terms, k, vectors, target);
            }
        }

        if (terms.HasBackground)
        {
            PlaceBackground(terms.Background, vectors);
        }
    }

    /// <summary>Gives the background a place of its own, so that the later stages take it for one more component without moments.</summary>
    private void PlaceBackground(double logDensity, int vectors)
    {
        TVector value = TOps.Create(logDensity);
        double* target = _responsibilities.Pointer + (_slots++ * _stride);
        for (int i = 0; i < vectors * TOps.Count; i += TOps.Count)
        {
            TOps.Store(value, target + i);
            double* largest = _largest.Pointer + i;
            TOps.Store(TOps.Max(value, TOps.Load(largest)), largest);
        }
    }

    /// <summary>
    /// Stores what follows from a squared distance, and the largest log-density so far of the same rows; where rows are weighed, the distance
    /// itself, from which the link makes the rest.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreLogDensity(TVector distance, TVector offset, TVector slope, int component, double* target, int row)
    {
        if (default(TLink).WeighsRows)
        {
            TOps.Store(distance, target + row);
            return;
        }

        StoreLogDensity(TOps.MultiplyAdd(distance, slope, offset), component, target, row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void StoreLogDensity(TVector value, int component, double* target, int row)
    {
        TOps.Store(value, target + row);
        double* largest = _largest.Pointer + row;
        TOps.Store(component == 0 ? value : TOps.Max(value, TOps.Load(largest)), largest);
    }

    /// <summary>Stage 2 for rows that all count once: the logarithms of many sums are taken as one of their product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NormalizePlain(int vectors, SufficientStatistics statistics)
    {
        TVector logSum = TOps.Create(0);
        TVector entropy = TOps.Create(0);
        TVector product = TOps.Create(1);
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            TVector largest = TOps.Load(_largest.Pointer + i);
            TVector sum = Exponentials(i, largest, out TVector shifted);
            TVector reciprocal = TOps.Divide(TOps.Create(1), sum);
            Scale(i, reciprocal);
            logSum = TOps.Add(logSum, largest);
            entropy = TOps.MultiplyAdd(shifted, reciprocal, entropy);
            product = TOps.Multiply(product, sum);
            if (v % ProductLength == ProductLength - 1)
            {
                (logSum, entropy) = AddLog(product, logSum, entropy);
                product = TOps.Create(1);
            }
        }

        (logSum, entropy) = AddLog(product, logSum, entropy);
        statistics.LogLikelihood += TOps.Sum(logSum);
        statistics.Entropy += TOps.Sum(entropy);
        statistics.TotalWeight += vectors * TOps.Count;
    }

    private static (TVector LogSum, TVector Entropy) AddLog(TVector product, TVector logSum, TVector entropy)
    {
        TVector log = TOps.Log(product);
        return (TOps.Add(logSum, log), TOps.Add(entropy, log));
    }

    /// <summary>Stage 2 for rows with weights, which also masks the rows that fill up the last vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void NormalizeWeighted(int vectors, SufficientStatistics statistics)
    {
        TVector logSum = TOps.Create(0);
        TVector entropy = TOps.Create(0);
        TVector total = TOps.Create(0);
        for (int v = 0; v < vectors; v++)
        {
            int i = v * TOps.Count;
            TVector weight = TOps.Load(_weights.Pointer + i);
            TVector largest = TOps.Load(_largest.Pointer + i);
            TVector sum = Exponentials(i, largest, out TVector shifted);
            TVector scale = TOps.Divide(weight, sum);
            Scale(i, scale);
            TVector log = TOps.Log(sum);
            logSum = TOps.MultiplyAdd(weight, TOps.Add(largest, log), logSum);
            entropy = TOps.MultiplyAdd(weight, log, TOps.MultiplyAdd(shifted, scale, entropy));
            total = TOps.Add(total, weight);
        }

        statistics.LogLikelihood += TOps.Sum(logSum);
        statistics.Entropy += TOps.Sum(entropy);
        statistics.TotalWeight += TOps.Sum(total);
    }

    /// <summary>Replaces log-densities by exp(l − max); returns their sum, and −Σ exp(l − max)·(l − max) for the entropy.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Exponentials(int row, TVector largest, out TVector shifted)
    {
        if (_slots == 2)
        {
            return ExponentialsOfTwo(row, out shifted);
        }

        TVector sum = TOps.Create(0);
        TVector moment = TOps.Create(0);
        TVector least = TOps.Create(MinExponent);
        double* place = _responsibilities.Pointer + row;
        for (int k = 0; k < _slots; k++, place += _stride)
        {
            TVector exponent = TOps.Max(TOps.Subtract(TOps.Load(place), largest), least);
            TVector value = VectorExponential<TOps, TVector>.OfNonPositive(exponent);
            TOps.Store(value, place);
            sum = TOps.Add(sum, value);
            moment = TOps.MultiplyAdd(value, exponent, moment);
        }

        shifted = TOps.Subtract(TOps.Create(0), moment);
        return sum;
    }

    /// <summary>The same for two places: one of the two exponentials is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector ExponentialsOfTwo(int row, out TVector shifted)
    {
        double* place = _responsibilities.Pointer + row;
        TVector first = TOps.Load(place);
        TVector second = TOps.Load(place + _stride);
        TVector difference = TOps.Subtract(first, second);
        TVector distance = TOps.Max(difference, TOps.Subtract(second, first));
        TVector exponent = TOps.Max(TOps.Subtract(TOps.Create(0), distance), TOps.Create(MinExponent));
        TVector value = VectorExponential<TOps, TVector>.OfNonPositive(exponent);
        TOps.Store(TOps.OneWhereAtLeast(value, first, second), place);
        TOps.Store(TOps.OneWhereAtLeast(value, second, first), place + _stride);
        shifted = TOps.Subtract(TOps.Create(0), TOps.Multiply(value, exponent));
        return TOps.Add(TOps.Create(1), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scale(int row, TVector factor)
    {
        double* place = _responsibilities.Pointer + row;
        for (int k = 0; k < _slots; k++, place += _stride)
        {
            TOps.Store(TOps.Multiply(TOps.Load(place), factor), place);
        }
    }

    /// <summary>The sums that the weights in the moments belong to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double[] WeightSums(SufficientStatistics statistics) => default(TLink).WeighsRows ? statistics.MomentWeights : statistics.Weights;

    /// <summary>Stage 3: the moments of every component.</summary>
    private void AddMoments(LogTerms terms, int vectors, SufficientStatistics statistics)
    {
        for (int k = 0; k < _componentCount; k++)
        {
            double* responsibilities = _responsibilities.Pointer + (k * _stride);
            if (default(TLink).WeighsRows)
            {
                statistics.Weights[k] += SumOf(responsibilities, vectors);
                statistics.LogMomentWeights[k] += WeighRows(k, vectors, responsibilities);
            }

            if (_shape == CovarianceShape.Diagonal || _dimension == 1)
            {
                AddDiagonalMoments(terms, k, vectors, responsibilities, statistics);
            }
            else if (_dimension == 2)
            {
                AddPlanarMoments(terms, k, vectors, responsibilities, statistics);
            }
            else
            {
                AddFullMoments(terms, k, vectors, responsibilities, statistics);
            }
        }

        if (_slots > _componentCount)
        {
            statistics.AddBackground(SumOf(_responsibilities.Pointer + (_componentCount * _stride), vectors));
        }
    }
}
#endif
