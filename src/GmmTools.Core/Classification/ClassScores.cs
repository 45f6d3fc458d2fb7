using System;
using GmmTools.Numerics;

namespace GmmTools.Classification;

/// <summary>What a classifier says of the rows of a block.</summary>
public sealed class ClassScores
{
    private readonly double[] _logJoint;

    internal ClassScores(RowScores[] ofClasses, double[] logPriors)
    {
        OfClasses = ofClasses;
        Count = ofClasses[0].Count;
        int classCount = ofClasses.Length;
        _logJoint = new double[classCount * Count];
        Probabilities = new double[classCount * Count];
        LogDensities = new double[Count];
        Places = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            int best = 0;
            for (int c = 0; c < classCount; c++)
            {
                _logJoint[(c * Count) + i] = logPriors[c] + ofClasses[c].LogDensities[i];
                best = _logJoint[(c * Count) + i] > _logJoint[(best * Count) + i] ? c : best;
            }

            Places[i] = best;
            SetProbabilities(i, _logJoint[(best * Count) + i], logPriors);
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>The most probable class of each row, from 0; the first of several.</summary>
    public int[] Places { get; }

    /// <summary>Probabilities of the classes: that of class c (from 0) for row i stands at c·<see cref="Count"/> + i.</summary>
    public double[] Probabilities { get; }

    /// <summary>The log-density of each row over all classes, log Σₖ πₖ·fₖ(x), natural logarithm.</summary>
    public double[] LogDensities { get; }

    /// <summary>What the mixture of each class says of the rows.</summary>
    internal RowScores[] OfClasses { get; }

    /// <summary>log πₖ·fₖ(x) of a class, natural logarithm.</summary>
    /// <param name="place">The class, from 0.</param>
    /// <param name="row">The row, from 0.</param>
    internal double LogJoint(int place, int row) => _logJoint[(place * Count) + row];

    /// <summary>The logarithm of the probability of a class: finite also where the probability is too small for a number.</summary>
    /// <param name="place">The class, from 0.</param>
    /// <param name="row">The row, from 0.</param>
    internal double LogProbability(int place, int row) => LogJoint(place, row) - LogDensities[row];

    private void SetProbabilities(int row, double largest, double[] logPriors)
    {
        // a row beyond the range of numbers for all classes: nothing tells them apart but what was known before
        bool isBeyond = double.IsNegativeInfinity(largest);
        double sum = 0;
        for (int c = 0; c < logPriors.Length; c++)
        {
            double relative = isBeyond ? Math.Exp(logPriors[c]) : Math.Exp(_logJoint[(c * Count) + row] - largest);
            Probabilities[(c * Count) + row] = relative;
            sum += relative;
        }

        for (int c = 0; c < logPriors.Length; c++)
        {
            Probabilities[(c * Count) + row] /= sum;
        }

        LogDensities[row] = largest + (isBeyond ? 0 : Math.Log(sum));
    }
}
