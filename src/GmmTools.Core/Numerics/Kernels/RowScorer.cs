using System;

namespace GmmTools.Numerics.Kernels;

/// <summary>Densities and responsibilities of single rows: the plain form of the arithmetic, one row at a time.</summary>
internal sealed class RowScorer<TLink> : SingleRowScorer
    where TLink : struct, ILink
{
    private readonly LogTerms _terms;
    private readonly double[] _logTerms;

    /// <summary>Scores under terms.</summary>
    public RowScorer(LogTerms terms)
        : base(terms.ComponentCount)
    {
        _terms = terms;
        _logTerms = new double[terms.ComponentCount];
        Weights = new double[default(TLink).WeighsRows ? terms.ComponentCount : 0];
        LogWeights = new double[Weights.Length];
        Difference = new double[terms.Dimension];
    }

    /// <summary>What the row scored last counts for in the moments of each component; none where that is 1.</summary>
    public double[] Weights { get; }

    /// <summary>The logarithms of these, as the link has them.</summary>
    public double[] LogWeights { get; }

    /// <summary>Scratch: x − μₖ of the component visited last.</summary>
    private double[] Difference { get; }

    /// <inheritdoc/>
    public override double Score(double[] row)
    {
        double largest = _terms.Background;
        for (int k = 0; k < _logTerms.Length; k++)
        {
            double distance = SquaredDistance(row, k);
            TLink link = default;
            link.Take(_terms, k);
            _logTerms[k] = link.LogDensity(_terms.Offsets[k], distance);
            if (link.WeighsRows)
            {
                Weights[k] = link.Weight(distance, out LogWeights[k]);
            }

            largest = Math.Max(largest, _logTerms[k]);
        }

        return double.IsNegativeInfinity(largest) ? ScoreFar(row) : LogSumExp(largest, _terms.Background);
    }

    /// <summary>log Σₖ exp(lₖ(x) + tₖ) of a row whose label adds tₖ (<see cref="LogTerms.LabelTerm"/>), the background left out; scores as any other where
    /// it has none.</summary>
    /// <param name="row">d numbers.</param>
    /// <param name="label">The label, from 0; −1 where there is none.</param>
    public double Score(double[] row, int label)
    {
        double score = Score(row);
        if (label < 0)
        {
            return score;
        }

        double largest = double.NegativeInfinity;
        int likeliest = 0;
        for (int k = 0; k < _logTerms.Length; k++)
        {
            double term = _terms.LabelTerm(label, k);
            likeliest = term > _terms.LabelTerm(label, likeliest) ? k : likeliest;
            _logTerms[k] += term;
            largest = Math.Max(largest, _logTerms[k]);
        }

        if (!double.IsNegativeInfinity(largest))
        {
            return LogSumExp(largest, double.NegativeInfinity);
        }

        Array.Clear(Responsibilities, 0, Responsibilities.Length);
        Responsibilities[likeliest] = 1;
        BackgroundResponsibility = 0;
        Entropy = 0;
        return largest;
    }

    /// <summary>Squared Mahalanobis distance of a row from a component: |W(x − μₖ)|².</summary>
    public double SquaredDistance(double[] row, int component)
    {
        int dimension = _terms.Dimension;
        for (int j = 0; j < dimension; j++)
        {
            Difference[j] = row[j] - _terms.Centres[(component * dimension) + j];
        }

        int offset = component * _terms.FactorLength;
        double distance = _terms.Shape == CovarianceShape.Full ? FullDistance(offset) : DiagonalDistance(offset);
        return double.IsNaN(distance) || double.IsInfinity(distance) ? FarRow.SquaredDistance(_terms, row, component) : distance;
    }

    private double FullDistance(int offset)
    {
        double distance = 0;
        for (int i = 0; i < Difference.Length; i++)
        {
            double z = 0;
            for (int j = 0; j <= i; j++)
            {
                z += _terms.Factors[offset + j] * Difference[j];
            }

            distance += z * z;
            offset += i + 1;
        }

        return distance;
    }

    private double DiagonalDistance(int offset)
    {
        double distance = 0;
        for (int j = 0; j < Difference.Length; j++)
        {
            double z = _terms.Factors[offset + j] * Difference[j];
            distance += z * z;
        }

        return distance;
    }

    private double LogSumExp(double largest, double background)
    {
        double sum = 0;
        for (int k = 0; k < _logTerms.Length; k++)
        {
            Responsibilities[k] = Math.Exp(_logTerms[k] - largest);
            sum += Responsibilities[k];
        }

        BackgroundResponsibility = Math.Exp(background - largest);
        sum += BackgroundResponsibility;
        double shifted = 0;
        for (int k = 0; k < _logTerms.Length; k++)
        {
            Responsibilities[k] /= sum;
            shifted += Responsibilities[k] > 0 ? Responsibilities[k] * (_logTerms[k] - largest) : 0;
        }

        BackgroundResponsibility /= sum;
        shifted += BackgroundResponsibility > 0 ? BackgroundResponsibility * (background - largest) : 0;
        double logSum = Math.Log(sum);
        Entropy = Math.Max(0, logSum - shifted);
        return largest + logSum;
    }

    /// <summary>A row whose log-density is beyond the range of doubles.</summary>
    private double ScoreFar(double[] row)
    {
        Entropy = 0;
        BackgroundResponsibility = 0;
        FarRow.Share(_terms, row, Responsibilities);
        foreach (double responsibility in Responsibilities)
        {
            Entropy -= responsibility > 0 ? responsibility * Math.Log(responsibility) : 0;
        }

        return double.NegativeInfinity;
    }
}
