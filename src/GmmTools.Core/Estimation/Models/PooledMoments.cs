using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;
using GmmTools.Observations;

namespace GmmTools.Estimation.Models;

/// <summary>Mean and covariance of all rows together: the yardstick of everything that has to be free of units.</summary>
internal sealed class PooledMoments
{
    private readonly double[] _factor;
    private readonly double[] _inverseFactor;

    private readonly Lazy<(RowScales Scales, PooledMoments Bulk)> _robust;
    private readonly Lazy<double[]> _stepBounds;
    private InMemoryObservations? _sample;

    private PooledMoments(double[] mean, double[] covariance, CovarianceShape shape, IObservations observations)
    {
        _robust = new Lazy<(RowScales, PooledMoments)>(() => ComputeRobust(observations));
        _stepBounds = new Lazy<double[]>(() => ComputeStepBounds(observations));
        Mean = mean;
        Covariance = covariance;
        Shape = shape;
        if (shape == CovarianceShape.Diagonal)
        {
            _factor = _inverseFactor = [];
            return;
        }

        _factor = new double[covariance.Length];
        _inverseFactor = new double[covariance.Length];
        if (PackedMatrix.TryCholesky(covariance, 0, _factor, 0, mean.Length, SingularPivot))
        {
            PackedMatrix.InvertLower(_factor, 0, _inverseFactor, 0, mean.Length);
        }
    }

    /// <summary>A column whose part not explained by the others is below this share of its variance depends on them.</summary>
    private const double SingularPivot = 1e-13;

    /// <summary>Where rows have gaps: the most steps of EM, and the gain per row below which they end. A yardstick need not be exact.</summary>
    private const int MaxSteps = 100;
    private const double MinGain = 1e-6;

    /// <summary>d means.</summary>
    public double[] Mean { get; }

    /// <summary>Covariance with divisor n: a packed lower triangle, or the variances alone.</summary>
    public double[] Covariance { get; }

    /// <summary>Whether the covariance is whole or only its diagonal is known.</summary>
    public CovarianceShape Shape { get; }

    /// <summary>Number of columns, d.</summary>
    public int Dimension => Mean.Length;

    /// <summary>The scales on which the rows live, found when they are first asked for.</summary>
    public RowScales Scales => _robust.Value.Scales;

    /// <summary>Whether the scales are known already.</summary>
    public bool HasScales => _robust.IsValueCreated;

    /// <summary>What the steps of <see cref="Scales"/> are at most, from a few rows; infinite where these tell nothing.</summary>
    public IReadOnlyList<double> StepBounds => _stepBounds.Value;

    /// <summary>Moments of the rows without the far ones, of a sample where rows are many; these moments themselves where no row is
    /// far.</summary>
    public PooledMoments Bulk => _robust.Value.Bulk;

    /// <summary>Mean of the variances.</summary>
    public double MeanVariance
    {
        get
        {
            double sum = 0;
            for (int j = 0; j < Dimension; j++)
            {
                sum += Variance(j);
            }

            return sum / Dimension;
        }
    }

    /// <summary>Moments by two passes: the mean first, then the scatter about it. Where rows have gaps, by steps of EM.</summary>
    public static PooledMoments Compute(
        IObservations observations, CovarianceShape shape, int threadCount, CancellationToken cancellationToken)
    {
        MixtureParameters whole = SingleComponent(observations, shape);
        SufficientStatistics statistics = new(1, observations.Property.Count, shape);
        using IExpectationStep expectation = observations.PrepareExpectation(1, shape, threadCount);
        if (observations.HasGaps)
        {
            return Iterate(expectation, whole, statistics, observations, cancellationToken);
        }

        for (int pass = 0; pass < 2; pass++)
        {
            expectation.Compute(whole, statistics, cancellationToken);
            for (int j = 0; j < whole.Dimension; j++)
            {
                whole.Means[j] += statistics.FirstMoments[j] / statistics.TotalWeight;
            }
        }

        double[] covariance = new double[statistics.ScatterLength];
        for (int i = 0; i < covariance.Length; i++)
        {
            covariance[i] = statistics.Scatters[i] / statistics.TotalWeight;
        }

        return new PooledMoments(whole.Means, covariance, shape, observations);
    }

    /// <summary>The normal distribution that fits rows with gaps. A singular one ends the steps: the checks will tell.</summary>
    private static PooledMoments Iterate(
        IExpectationStep expectation,
        MixtureParameters whole,
        SufficientStatistics statistics,
        IObservations observations,
        CancellationToken cancellationToken)
    {
        MaximizationStep maximization = MaximizationStep.Create(
            whole.Shape == CovarianceShape.Full ? CovarianceModel.VVV : CovarianceModel.VVI);
        double last = double.NegativeInfinity;
        for (int step = 0; step < MaxSteps; step++)
        {
            expectation.Compute(whole, statistics, cancellationToken);
            maximization.Maximize(statistics, null, whole, null);
            double gain = statistics.LogLikelihood - last;
            if (gain <= MinGain * statistics.TotalWeight || whole.TryFactorize() >= 0)
            {
                break;
            }

            last = statistics.LogLikelihood;
        }

        return new PooledMoments(whole.Means, whole.Covariances, whole.Shape, observations);
    }

    /// <summary>Variance of a column.</summary>
    public double Variance(int column) =>
        Covariance[Shape == CovarianceShape.Full ? PackedMatrix.Index(column, column) : column];

    /// <summary>Standard deviations of the columns.</summary>
    public double[] StandardDeviations()
    {
        double[] deviations = new double[Dimension];
        for (int j = 0; j < deviations.Length; j++)
        {
            deviations[j] = Math.Sqrt(Variance(j));
        }

        return deviations;
    }

    /// <summary>The single normal distribution of all rows that obeys a model.</summary>
    public MixtureParameters ToSingleComponent(CovarianceModel model)
    {
        MixtureParameters whole = new(1, Dimension, Shape);
        whole.Weights[0] = 1;
        Array.Copy(Mean, whole.Means, Dimension);
        Array.Copy(Covariance, whole.Covariances, Covariance.Length);
        for (int j = 0; model.ShapeLetter() == 'I' && j < Dimension; j++)
        {
            whole.Covariances[j] = MeanVariance;
        }

        return whole;
    }

    /// <summary>The first column (from 0) that depends linearly on those before it, or −1 when there is none or only variances are known.</summary>
    /// <param name="share">A column depends on others where they leave at most this share of its variance unexplained.</param>
    public int FindDependentColumn(double share = SingularPivot)
    {
        if (Shape == CovarianceShape.Diagonal)
        {
            return -1;
        }

        int order = PackedMatrix.Factorize(Covariance, 0, new double[Covariance.Length], 0, Dimension, share);
        return order < Dimension ? order : -1;
    }

    /// <summary>All columns that are linear combinations of those before them which are none: a Cholesky factorisation that goes on without
    /// them.</summary>
    /// <param name="share">A column depends on others where they leave at most this share of its variance unexplained.</param>
    public IReadOnlyList<int> FindDependentColumns(double share = SingularPivot)
    {
        List<int> dependent = [];
        List<int> kept = [];
        List<double[]> factor = [];
        for (int i = 0; i < Dimension && Shape == CovarianceShape.Full; i++)
        {
            double[] row = new double[kept.Count + 1];
            for (int m = 0; m < kept.Count; m++)
            {
                row[m] = (Covariance[PackedMatrix.Index(i, kept[m])] - RowArithmetic.Dot(row, 0, factor[m], 0, m)) / factor[m][m];
            }

            double unexplained = Variance(i) - RowArithmetic.Dot(row, 0, row, 0, kept.Count);

            // written so that NaN counts as dependent
            if (unexplained > share * Variance(i) && unexplained > 0)
            {
                row[kept.Count] = Math.Sqrt(unexplained);
                factor.Add(row);
                kept.Add(i);
            }
            else
            {
                dependent.Add(i);
            }
        }

        return dependent;
    }

    /// <summary>L⁻¹(x − mean), or where only variances are known (x − mean)/σ in each column.</summary>
    public void ToCoordinates(double[] row, double[] target)
    {
        if (Shape == CovarianceShape.Full)
        {
            WhitenRow(row, target, 0);
            return;
        }

        for (int j = 0; j < Dimension; j++)
        {
            target[j] = (row[j] - Mean[j]) / Math.Sqrt(Variance(j));
        }
    }

    /// <summary>The variance of a column that is left when all others are known, 1/(S⁻¹)ⱼⱼ; where only variances are known its variance.</summary>
    public double PartialVariance(int column)
    {
        if (Shape == CovarianceShape.Diagonal)
        {
            return Variance(column);
        }

        double precision = 0;
        for (int i = column; i < Dimension; i++)
        {
            double entry = _inverseFactor[PackedMatrix.Index(i, column)];
            precision += entry * entry;
        }

        return 1 / precision;
    }

    /// <summary>L·D·Lᵀ for a diagonal D, or where only variances are known σ²·D.</summary>
    public double[] FromCoordinates(double[] diagonal)
    {
        double[] covariance = new double[Covariance.Length];
        int place = 0;
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                double sum = Shape == CovarianceShape.Full ? 0 : Variance(i) * diagonal[i];
                for (int m = 0; m <= j && Shape == CovarianceShape.Full; m++)
                {
                    sum += _factor[PackedMatrix.Index(i, m)] * diagonal[m] * _factor[PackedMatrix.Index(j, m)];
                }

                covariance[place++] = sum;
            }
        }

        return covariance;
    }

    /// <summary>L·D for a diagonal D: a packed lower triangle.</summary>
    public double[] FactorTimes(double[] diagonal)
    {
        double[] product = (double[])_factor.Clone();
        int place = 0;
        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                product[place++] *= diagonal[j];
            }
        }

        return product;
    }

    /// <summary>L⁻¹(x − mean), where L is the Cholesky factor of the covariance: the rows' coordinates have covariance I.</summary>
    public void WhitenRow(double[] row, double[] target, int targetOffset)
    {
        double[] centred = new double[Dimension];
        for (int j = 0; j < Dimension; j++)
        {
            centred[j] = row[j] - Mean[j];
        }

        for (int i = 0; i < Dimension; i++)
        {
            target[targetOffset + i] = RowArithmetic.Dot(_inverseFactor, PackedMatrix.Index(i, 0), centred, 0, i + 1);
        }
    }

    /// <summary>Both from one sample: where rows are in a file or a database, each costs a pass over them.</summary>
    private (RowScales Scales, PooledMoments Bulk) ComputeRobust(IObservations observations)
    {
        InMemoryObservations rows = _sample ?? SampleOf(observations);
        _sample = null;
        RowScales scales = RowScales.Of(rows, this);
        bool hasFarRows = scales.IsFar([.. observations.Minimum]) || scales.IsFar([.. observations.Maximum]);
        return (scales, hasFarRows ? ComputeBulk(rows, scales) : this);
    }

    /// <summary>A few rows of the sample that the scales are found in.</summary>
    private double[] ComputeStepBounds(IObservations observations)
    {
        _sample = SampleOf(observations);
        return RowScales.BoundSteps(_sample, observations);
    }

    private static InMemoryObservations SampleOf(IObservations observations) => observations.Sample(RowScales.MaxRows, 0, CancellationToken.None);

    /// <summary>Moments without the far rows. Where what is left has none, those of all.</summary>
    private PooledMoments ComputeBulk(InMemoryObservations rows, RowScales scales)
    {
        ObservationsBuilder builder = new(rows.Property);
        double[] row = new double[Dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            if (!scales.IsFar(row))
            {
                builder.Add(row, rows.WeightOf(i));
            }
        }

        InMemoryObservations bulk = builder.Build();
        PooledMoments moments = Compute(bulk, Shape, 1, CancellationToken.None);
        return bulk.Minimum.Zip(bulk.Maximum, (least, most) => most > least).All(varies => varies) && moments.FindDependentColumn() < 0
            ? moments : this;
    }

    /// <summary>One component in the middle of the columns' ranges, as wide as they are: any would do to sum about.</summary>
    private static MixtureParameters SingleComponent(IObservations observations, CovarianceShape shape)
    {
        int dimension = observations.Property.Count;
        MixtureParameters whole = new(1, dimension, shape);
        whole.Weights[0] = 1;
        for (int j = 0; j < dimension; j++)
        {
            double width = (0.5 * observations.Maximum[j]) - (0.5 * observations.Minimum[j]);
            whole.Means[j] = observations.Minimum[j] + width;
            whole.Covariances[whole.CovarianceIndex(0, j, j)] = width > 0 ? width * width : 1;
        }

        whole.TryFactorize();
        return whole;
    }
}
