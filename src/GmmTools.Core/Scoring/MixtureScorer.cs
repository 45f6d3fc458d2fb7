using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Scoring;

/// <summary>Scores rows one by one under a mixture: log-density, most probable component, responsibilities. Serves one thread.</summary>
public sealed class MixtureScorer
{
    private readonly RowScorer _scorer;
    private readonly int _dimension;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    public MixtureScorer(GaussianMixture mixture)
    {
        _dimension = mixture.Dimension;
        _scorer = new RowScorer(mixture.Parameters);
    }

    /// <summary>K responsibilities of the row scored last; overwritten by the next.</summary>
    public double[] Responsibilities => _scorer.Responsibilities;

    /// <summary>Entropy of the responsibilities of the row scored last.</summary>
    public double Entropy => _scorer.Entropy;

    /// <summary>The most probable component of the row scored last, from 1.</summary>
    public int Component
    {
        get
        {
            int best = 0;
            for (int k = 1; k < Responsibilities.Length; k++)
            {
                best = Responsibilities[k] > Responsibilities[best] ? k : best;
            }

            return best + 1;
        }
    }

    /// <summary>Probability of the most probable component of the row scored last.</summary>
    public double Probability => Responsibilities[Component - 1];

    /// <summary>Scores a row.</summary>
    /// <param name="row">d numbers in the order of the mixture's columns.</param>
    /// <returns>log p(x), natural logarithm.</returns>
    public double Score(double[] row)
    {
        if (row.Length != _dimension)
        {
            throw new ArgumentException($"The row has {row.Length} numbers, the mixture {_dimension} columns.", nameof(row));
        }

        return _scorer.Score(row);
    }
}
