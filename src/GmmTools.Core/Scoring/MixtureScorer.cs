using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Gaps;

namespace GmmTools.Scoring;

/// <summary>Scores rows one by one under a mixture: log-density, most probable component, responsibilities. Serves one thread.</summary>
public sealed class MixtureScorer
{
    /// <summary>Marginal mixtures kept; beyond, rows of ever new patterns would fill the memory.</summary>
    private const int MaxPatterns = 256;

    private readonly MixtureParameters _parameters;
    private readonly SingleRowScorer _whole;
    private readonly PatternMap<Marginal> _marginals;
    private readonly Func<MissingPattern, Marginal> _addMarginal;
    private readonly GaussianMixture _mixture;
    private SingleRowScorer _scorer;
    private bool _isTrimmed;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    public MixtureScorer(GaussianMixture mixture)
    {
        _mixture = mixture;
        _parameters = mixture.Parameters;
        _whole = _scorer = _parameters.Terms.Link.CreateRowScorer(_parameters.Terms);
        _marginals = new PatternMap<Marginal>(mixture.Dimension);
        _addMarginal = pattern => new Marginal(_parameters, pattern);
    }

    /// <summary>K responsibilities of the row scored last; with that of the noise they sum to 1. Overwritten by the next.</summary>
    public double[] Responsibilities => _scorer.Responsibilities;

    /// <summary>Entropy of the responsibilities of the row scored last.</summary>
    public double Entropy => _scorer.Entropy;

    /// <summary>The probability that the row scored last is noise; 0 where there is none.</summary>
    public double NoiseProbability => _scorer.BackgroundResponsibility;

    /// <summary>The most probable component of the row scored last, from 1; 0 where noise is more probable than each, or the row is trimmed.</summary>
    public int Component
    {
        get
        {
            int best = 0;
            for (int k = 1; k < Responsibilities.Length; k++)
            {
                best = Responsibilities[k] > Responsibilities[best] ? k : best;
            }

            return _isTrimmed || NoiseProbability > Responsibilities[best] ? 0 : best + 1;
        }
    }

    /// <summary>Probability of the most probable component of the row scored last, or of noise; 1 where the row is trimmed.</summary>
    public double Probability => _isTrimmed ? 1 : Component == 0 ? NoiseProbability : Responsibilities[Component - 1];

    /// <summary>Scores a row; where cells are missing, what was observed of it.</summary>
    /// <param name="row">d numbers in the order of the mixture's columns; NaN where a cell is missing. A row of which nothing was
    /// observed has probability 1, and the components have their weights as probabilities.</param>
    /// <returns>log p(x), natural logarithm: the density of the observed columns.</returns>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed, and cells are missing (TrimmingNotSupported).</exception>
    public double Score(double[] row)
    {
        if (row.Length != _parameters.Dimension)
        {
            throw new ArgumentException($"The row has {Counted.Of(row.Length, "number")}, the mixture {Counted.Of(_parameters.Dimension, "column")}.", nameof(row));
        }

        if (!Array.Exists(row, double.IsNaN))
        {
            _scorer = _whole;
            double logDensity = _whole.Score(row);
            _isTrimmed = logDensity < _mixture.Trimming?.LogDensity;
            return logDensity;
        }

        _mixture.RefuseTrimming("The component of a row with missing values");

        if (_marginals.Count == MaxPatterns)
        {
            _marginals.Clear();
        }

        Marginal marginal = _marginals.GetOrAdd(row, _addMarginal);
        _scorer = marginal.Scorer;
        return marginal.Score(row);
    }

    /// <summary>The mixture of the columns that rows of one pattern have.</summary>
    private sealed class Marginal
    {
        private readonly MissingPattern _pattern;
        private readonly double[] _observed;

        public Marginal(MixtureParameters mixture, MissingPattern pattern)
        {
            _pattern = pattern;
            _observed = new double[pattern.Observed.Length];
            ConditionalMixture view = new(mixture.ComponentCount, mixture.Dimension, _observed.Length, mixture.Shape);
            view.Condition(mixture, pattern);
            Scorer = view.Observed.Terms.Link.CreateRowScorer(view.Observed.Terms);
        }

        public SingleRowScorer Scorer { get; }

        public double Score(double[] row)
        {
            _pattern.Gather(row, _observed);
            return Scorer.Score(_observed);
        }
    }
}
