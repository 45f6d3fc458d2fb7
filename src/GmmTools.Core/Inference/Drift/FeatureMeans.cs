using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;
using GmmTools.Scoring;

namespace GmmTools.Inference.Drift;

/// <summary>The means of the features over the rows of a window, and by how much the means of blocks of consecutive rows scatter. Serves one thread.</summary>
internal sealed class FeatureMeans
{
    private const int RowsAtATime = 1024;

    private readonly RowFeatures _features;
    private readonly BlockScorer _scorer;
    private readonly int _dimension;
    private readonly int _blockLength;
    private readonly double[] _rows;
    private readonly double[] _block;
    private double[]? _weights;
    private int _held;

    /// <param name="features">The features.</param>
    /// <param name="blockLength">Rows of a block; 1 where the scatter of blocks is not wanted.</param>
    public FeatureMeans(RowFeatures features, int blockLength)
    {
        _features = features;
        _scorer = new BlockScorer(features.Mixture);
        _dimension = features.Mixture.Dimension;
        _blockLength = blockLength;
        _rows = new double[(blockLength > 1 ? blockLength : RowsAtATime) * _dimension];
        _block = new double[features.Count];
        Sums = new double[features.Count];
        BlockSquares = new double[features.Count];
    }

    /// <summary>Sums of the features over the rows.</summary>
    public double[] Sums { get; }

    /// <summary>Sums over whole blocks of the square of the sum over a block.</summary>
    public double[] BlockSquares { get; }

    /// <summary>Number of whole blocks.</summary>
    public int BlockCount { get; private set; }

    /// <summary>Sum of the row weights.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Takes a window of rows instead of the one before.</summary>
    public void Take(IEnumerable<(double[] Row, double Weight)> rows, CancellationToken cancellationToken)
    {
        Clear();
        _weights = new double[_rows.Length / _dimension];
        foreach ((double[] row, double weight) in rows)
        {
            Array.Copy(row, 0, _rows, _held * _dimension, _dimension);
            _weights[_held] = weight;
            if (++_held * _dimension == _rows.Length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Flush(null);
            }
        }

        Flush(null);
    }

    /// <summary>Takes a window of drawn rows instead of the one before.</summary>
    /// <param name="sampler">Draws them.</param>
    /// <param name="firstRow">Number of the first.</param>
    /// <param name="count">How many.</param>
    /// <param name="squares">Sums of the squares of the features; added to. Or null.</param>
    public void Draw(MixtureSampler sampler, long firstRow, int count, double[]? squares = null)
    {
        Clear();
        _weights = null;
        DrawBlocks(sampler, firstRow, count, (_, held) =>
        {
            _held = held;
            Flush(squares);
        });
    }

    /// <summary>The log-densities of drawn rows.</summary>
    /// <param name="sampler">Draws them.</param>
    /// <param name="firstRow">Number of the first.</param>
    /// <param name="target">Overwritten from its first place on.</param>
    /// <param name="place">The first place.</param>
    /// <param name="count">How many.</param>
    public void DrawLogDensities(MixtureSampler sampler, long firstRow, double[] target, int place, int count) =>
        DrawBlocks(sampler, firstRow, count, (first, held) => Array.Copy(
            _scorer.Score(RowBlock.FromRows(_rows, held, _dimension)).LogDensities, 0, target, place + first, held));

    private void DrawBlocks(MixtureSampler sampler, long firstRow, int count, Action<int, int> take)
    {
        int most = _rows.Length / _dimension;
        for (int first = 0; first < count; first += most)
        {
            int held = Math.Min(most, count - first);
            sampler.Draw(firstRow + first, held, _rows, null);
            take(first, held);
        }
    }

    private void Clear()
    {
        Array.Clear(Sums, 0, Sums.Length);
        Array.Clear(BlockSquares, 0, BlockSquares.Length);
        BlockCount = 0;
        TotalWeight = 0;
        _held = 0;
    }

    private void Flush(double[]? squares)
    {
        if (_held == 0)
        {
            return;
        }

        RowBlock rows = RowBlock.FromRows(_rows, _held, _dimension);
        if (_weights is not null)
        {
            double[] weights = new double[_held];
            Array.Copy(_weights, weights, _held);
            rows = rows.WithWeights(weights);
        }

        RowScores scores = _scorer.Score(rows, withResponsibilities: true);
        Array.Clear(_block, 0, _block.Length);
        _features.Add(rows, scores, _block, squares);
        bool isWhole = _held == _blockLength;
        BlockCount += isWhole ? 1 : 0;
        for (int f = 0; f < _block.Length; f++)
        {
            Sums[f] += _block[f];
            BlockSquares[f] += isWhole ? _block[f] * _block[f] : 0;
        }

        for (int i = 0; i < _held; i++)
        {
            TotalWeight += rows.Weights?[i] ?? 1;
        }

        _held = 0;
    }
}
