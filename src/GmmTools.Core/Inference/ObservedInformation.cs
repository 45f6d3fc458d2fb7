using System;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace GmmTools.Inference;

/// <summary>
/// Standard errors by the observed information. The score, the first derivatives of the log-likelihood of the rows, is the expectation of that of rows
/// and components together, which EM's statistics give without an error: Louis, Journal of the Royal Statistical Society B 44 (1982) 226-233. Its own
/// derivatives are central differences, two E-steps for each parameter: Jamshidian and Jennrich, Journal of the Royal Statistical Society B 62 (2000)
/// 257-270. The errors of what is not a free parameter, such as the first weight or a quantile, are found by the delta method.
/// </summary>
internal static class ObservedInformation
{
    /// <summary>The standard errors of the numbers of a table.</summary>
    /// <param name="mixture">The mixture, a maximum of the likelihood of the rows.</param>
    /// <param name="options">What was estimated.</param>
    /// <param name="observations">The rows.</param>
    /// <param name="table">The numbers.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="EstimationException">There is no information for such a mixture (InformationNotSupported), or the log-likelihood is not curved
    /// downwards in all directions (InformationSingular).</exception>
    public static double[] Measure(
        GaussianMixture mixture, EmOptions options, IObservations observations, ParameterTable table, CancellationToken cancellationToken)
    {
        Refuse(options);
        MixtureParameters parameters = mixture.Parameters.ToShape(options.CovarianceModel.Shape());
        FreeParameters free = new(parameters, options.CovarianceModel, options.FixedWeights is not null);
        Matrix<double> scaled = DenseMatrix.Create(free.Count, free.Count, 0);
        using IExpectationStep expectation = observations.PrepareExpectation(parameters.ComponentCount, parameters.Shape, options.ThreadCount);
        for (int column = 0; column < free.Count; column++)
        {
            double[] above = Score(free, free.Moved(column, 1), expectation, cancellationToken);
            double[] below = Score(free, free.Moved(column, -1), expectation, cancellationToken);
            for (int row = 0; row < free.Count; row++)
            {
                // in units of the steps, so that columns of any units go together
                scaled[row, column] = -0.5 * (above[row] - below[row]) * free.Step(row);
            }
        }

        Matrix<double> covariance = Invert(0.5 * (scaled + scaled.Transpose()));
        return Propagate(free, covariance, table, parameters.ComponentCount);
    }

    private static void Refuse(EmOptions options)
    {
        string? reason = options.Tail == Tail.Student ? "components with Student tails"
            : options.Noise ? "a mixture with noise"
            : options.Prior ? "a fit with a prior"
            : options.HasFrozen ? "a fit that kept parts of its start"
            : options.RegularizeCovariance > 0 ? "a fit that adds something to variances"
            : !FreeParameters.Suit(options.CovarianceModel) ? $"the covariance model {options.CovarianceModel.Name()} (it is for {FreeParameters.ModelNames})"
            : null;
        if (reason is not null)
        {
            throw new EstimationException("InformationNotSupported", $"The observed information is not available for {reason}.", options.CovarianceModel.Name())
            { Remedy = new Remedy("UseBootstrap") };
        }
    }

    /// <summary>The derivatives of the log-likelihood by the free parameters at a mixture.</summary>
    private static double[] Score(FreeParameters free, MixtureParameters mixture, IExpectationStep expectation, CancellationToken cancellationToken)
    {
        if (mixture.TryFactorize() >= 0)
        {
            throw Singular();
        }

        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        expectation.Compute(mixture, statistics, cancellationToken);
        int dimension = mixture.Dimension;
        double[] byWeights = [.. statistics.Weights.Select((weight, k) => weight / mixture.Weights[k])];
        double[] byMeans = new double[mixture.Means.Length];
        double[] byCovariances = new double[mixture.Covariances.Length];
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            Matrix<double> precision = Precision(mixture, k);
            Vector<double> moments = DenseVector.OfEnumerable(statistics.FirstMoments.Skip(k * dimension).Take(dimension));
            (precision * moments).AsArray().CopyTo(byMeans, k * dimension);
            Matrix<double> scatter = DenseMatrix.Create(dimension, dimension, (i, j) => ScatterOf(statistics, k, i, j));
            Matrix<double> gradient = 0.5 * ((precision * scatter * precision) - (statistics.Weights[k] * precision));
            for (int i = 0; i < dimension; i++)
            {
                for (int j = mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    // what is off the diagonal stands on both sides of it
                    byCovariances[mixture.CovarianceIndex(k, i, j)] = i == j ? gradient[i, i] : gradient[i, j] + gradient[j, i];
                }
            }
        }

        return free.Project(byWeights, byMeans, byCovariances);
    }

    private static double ScatterOf(SufficientStatistics statistics, int component, int row, int column)
    {
        int offset = component * statistics.ScatterLength;
        return statistics.Shape == CovarianceShape.Full ? statistics.Scatters[offset + PackedMatrix.Index(Math.Max(row, column), Math.Min(row, column))]
            : row == column ? statistics.Scatters[offset + row] : 0;
    }

    /// <summary>Σ⁻¹ = WᵀW.</summary>
    private static Matrix<double> Precision(MixtureParameters mixture, int component)
    {
        Matrix<double> factor = DenseMatrix.Create(
            mixture.Dimension,
            mixture.Dimension,
            (i, j) => j > i || (j < i && mixture.Shape == CovarianceShape.Diagonal) ? 0 : mixture.PrecisionFactors[mixture.CovarianceIndex(component, i, j)]);
        return factor.TransposeThisAndMultiply(factor);
    }

    /// <summary>The inverse, found of the matrix whose diagonal is divided to ones.</summary>
    private static Matrix<double> Invert(Matrix<double> information)
    {
        double[] scales = [.. information.Diagonal().Select(Math.Sqrt)];
        if (scales.Any(scale => !(scale > 0)))
        {
            throw Singular();
        }

        Matrix<double> unit = information.MapIndexed((i, j, value) => value / (scales[i] * scales[j]));
        try
        {
            return unit.Cholesky().Solve(DenseMatrix.CreateIdentity(unit.RowCount)).MapIndexed((i, j, value) => value / (scales[i] * scales[j]));
        }
        catch (ArgumentException)
        {
            throw Singular();
        }
    }

    /// <summary>The errors of the numbers of a table: √(gᵀVg), where g are their derivatives in units of the steps.</summary>
    private static double[] Propagate(FreeParameters free, Matrix<double> covariance, ParameterTable table, int componentCount)
    {
        int[] places = ComponentMatching.Identity(componentCount);
        Matrix<double> slopes = DenseMatrix.Create(table.Names.Count, free.Count, 0);
        for (int column = 0; column < free.Count; column++)
        {
            double[] above = table.Read(Factorized(free.Moved(column, 1)), places);
            double[] below = table.Read(Factorized(free.Moved(column, -1)), places);
            for (int row = 0; row < above.Length; row++)
            {
                slopes[row, column] = 0.5 * (above[row] - below[row]);
            }
        }

        Matrix<double> products = slopes * covariance;
        return [.. Enumerable.Range(0, slopes.RowCount).Select(row => Math.Sqrt(Math.Max(0, products.Row(row) * slopes.Row(row))))];
    }

    private static MixtureParameters Factorized(MixtureParameters mixture) => mixture.TryFactorize() < 0 ? mixture : throw Singular();

    private static EstimationException Singular() => new(
        "InformationSingular",
        "The log-likelihood is not curved downwards in all directions here, so the observed information has no inverse: the mixture is no proper maximum, or a component is so flat that rounding hides its curvature. Fit to convergence, or use fewer components.")
    { Remedy = new Remedy("UseBootstrap") };
}
