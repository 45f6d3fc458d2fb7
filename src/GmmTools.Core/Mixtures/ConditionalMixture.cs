using System;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Mixtures;

/// <summary>
/// A mixture seen from rows that lack some columns. Of each component it has the marginal distribution of the observed columns o,
/// and the regression of the missing columns m on them: x_m given x_o has the mean μ_m + B·(x_o − μ_o), B = Σ_mo·Σ_oo⁻¹, and the
/// covariance Σ_mm − B·Σ_om. As both depend on the row through x_o alone, and linearly, the statistics of whole rows that EM needs
/// follow from those of the observed columns, without another look at a row. Ghahramani and Jordan, Supervised learning from
/// incomplete data via an EM approach, NIPS 6 (1994) 120-127; Little and Rubin, Statistical Analysis with Missing Data, chapter 11.
/// The buffers suit all patterns with equally many observed columns.
/// </summary>
internal sealed class ConditionalMixture
{
    /// <summary>A marginal covariance that rounding leaves indefinite gets its diagonal raised by this share, then by more.</summary>
    private const double FirstRaise = 1e-14;
    private const double RaisingFactor = 4;

    private readonly int _componentCount;
    private readonly int _observedCount;
    private readonly int _missingCount;

    /// <summary>Scratch: Σ_mo·Wᵀ, where W is the inverse Cholesky factor of Σ_oo.</summary>
    private readonly double[] _whitened;

    /// <summary>Scratch: the scatter of missing against observed columns.</summary>
    private readonly double[] _cross;

    /// <summary>B of each component, m × o.</summary>
    private readonly double[] _regressions;

    /// <summary>Conditional covariance of each component: packed triangles, or variances.</summary>
    private readonly double[] _conditionals;
    private readonly int _conditionalLength;
    private MissingPattern _pattern = null!;
    private MixtureParameters _mixture = null!;

    public ConditionalMixture(int componentCount, int dimension, int observedCount, CovarianceShape shape)
    {
        _componentCount = componentCount;
        _observedCount = observedCount;
        _missingCount = dimension - observedCount;
        Observed = new MixtureParameters(componentCount, observedCount, shape);
        bool full = shape == CovarianceShape.Full;
        _conditionalLength = full ? PackedMatrix.Length(_missingCount) : _missingCount;
        _conditionals = new double[componentCount * _conditionalLength];
        _regressions = new double[full ? componentCount * _missingCount * observedCount : 0];
        _whitened = new double[full ? _missingCount * observedCount : 0];
        _cross = new double[_whitened.Length];
    }

    /// <summary>The mixture of the observed columns, factorised.</summary>
    public MixtureParameters Observed { get; }

    private bool IsFull => Observed.Shape == CovarianceShape.Full;

    /// <summary>Takes the view of a pattern. The mixture must not change as long as the view is used.</summary>
    public void Condition(MixtureParameters mixture, MissingPattern pattern)
    {
        _mixture = mixture;
        _pattern = pattern;
        if (mixture.Terms.Link != LinkKind.Normal && mixture.Terms.Link != LinkKind.Student)
        {
            throw new InvalidOperationException("Rows with missing values can be scored only under components of normal or multivariate t distributions: for other links the density of the observed columns is not known.");
        }

        Array.Copy(mixture.Weights, Observed.Weights, _componentCount);
        Observed.Background = mixture.Background?.Of(pattern.Observed);
        Observed.BackgroundWeight = mixture.BackgroundWeight;
        Observed.FillBackground();

        // the degrees of freedom of t stay in any part of the columns
        Observed.CopyTails(mixture);
        Observed.Terms.SetDegreesOfFreedom(Observed.DegreesOfFreedom);
        Observed.Terms.LabelTerms = mixture.Terms.LabelTerms;
        for (int k = 0; k < _componentCount; k++)
        {
            TakeMarginal(k);
            if (IsFull)
            {
                Regress(k);
            }
            else
            {
                TakeVariances(k);
            }
        }
    }

    /// <summary>Adds the statistics of whole rows that are expected where those of the observed columns are known.</summary>
    /// <param name="observed">Statistics of the observed columns under <see cref="Observed"/>.</param>
    /// <param name="target">Statistics of all columns; added to.</param>
    public void Complete(SufficientStatistics observed, SufficientStatistics target)
    {
        target.LogLikelihood += observed.LogLikelihood;
        target.Entropy += observed.Entropy;
        target.TotalWeight += observed.TotalWeight;
        target.AddBackground(observed.BackgroundWeight);
        for (int k = 0; k < _componentCount; k++)
        {
            target.Weights[k] += observed.Weights[k];
            if (target.MomentWeights.Length > 0)
            {
                target.MomentWeights[k] += observed.MomentWeights[k];
                target.LogMomentWeights[k] += observed.LogMomentWeights[k];
            }

            CompleteFirstMoments(observed, target, k);
            if (IsFull)
            {
                CompleteFullScatter(observed, target, k);
            }
            else
            {
                CompleteDiagonalScatter(observed, target, k);
            }
        }
    }

    /// <summary>Fills the gaps of a row with what the mixture expects there, given the rest.</summary>
    /// <param name="observed">What was observed, as the pattern gathers it.</param>
    /// <param name="responsibilities">K responsibilities of the row.</param>
    /// <param name="row">d numbers, overwritten.</param>
    public void Impute(double[] observed, double[] responsibilities, double[] row)
    {
        _pattern.Scatter(observed, row);
        for (int a = 0; a < _missingCount; a++)
        {
            int column = _pattern.Missing[a];
            double sum = 0;
            for (int k = 0; k < _componentCount; k++)
            {
                sum += responsibilities[k] * ConditionalMean(observed, k, a);
            }

            row[column] = sum;
        }
    }

    /// <summary>What a component expects of a missing column, given what was observed.</summary>
    /// <param name="observed">What was observed, as the pattern gathers it.</param>
    /// <param name="component">The component, from 0.</param>
    /// <param name="missing">The missing column, from 0 among these.</param>
    public double ConditionalMean(double[] observed, int component, int missing)
    {
        double mean = _mixture.Means[(component * _mixture.Dimension) + _pattern.Missing[missing]];
        int regression = ((component * _missingCount) + missing) * _observedCount;
        for (int i = 0; IsFull && i < _observedCount; i++)
        {
            mean += _regressions[regression + i] * (observed[i] - Observed.Means[(component * _observedCount) + i]);
        }

        return mean;
    }

    /// <summary>What the conditional covariance of a component is multiplied by at what was observed: of t, (ν + q)/(ν + o) at the squared distance q of
    /// its o columns; of normal components 1.</summary>
    public double ConditionalScale(double[] observed, int component)
    {
        if (Observed.DegreesOfFreedom is not double[] degrees)
        {
            return 1;
        }

        double distance = new RowScorer<StudentLink>(Observed.Terms).SquaredDistance(observed, component);
        return (degrees[component] + distance) / (degrees[component] + _observedCount);
    }

    /// <summary>The coefficient of an observed column in a component's regression of a missing one; both from 0 among their kind.</summary>
    public double Coefficient(int component, int missing, int observed) =>
        IsFull ? _regressions[(((component * _missingCount) + missing) * _observedCount) + observed] : 0;

    /// <summary>Covariance of two missing columns in a component, given the observed ones; both from 0 among the missing.</summary>
    public double ConditionalCovariance(int component, int first, int second) =>
        IsFull ? _conditionals[(component * _conditionalLength) + SymmetricIndex(first, second)]
        : first == second ? _conditionals[(component * _conditionalLength) + first]
        : 0;

    private void TakeMarginal(int component)
    {
        int[] columns = _pattern.Observed;
        int source = component * _mixture.CovarianceLength;
        int target = component * Observed.CovarianceLength;
        for (int i = 0; i < columns.Length; i++)
        {
            Observed.Means[(component * columns.Length) + i] = _mixture.Means[(component * _mixture.Dimension) + columns[i]];
            if (!IsFull)
            {
                Observed.Covariances[target + i] = _mixture.Covariances[source + columns[i]];
                continue;
            }

            int row = source + PackedMatrix.Index(columns[i], 0);
            for (int j = 0; j <= i; j++)
            {
                Observed.Covariances[target++] = _mixture.Covariances[row + columns[j]];
            }
        }

        Factorize(component);
    }

    /// <summary>A part of a positive definite matrix is positive definite, but rounding may see it otherwise.</summary>
    private void Factorize(int component)
    {
        for (double raise = FirstRaise; !Observed.TryFactorize(component); raise *= RaisingFactor)
        {
            for (int i = 0; i < _observedCount; i++)
            {
                Observed.Covariances[Observed.CovarianceIndex(component, i, i)] *= 1 + raise;
            }
        }
    }

    private void TakeVariances(int component)
    {
        for (int a = 0; a < _missingCount; a++)
        {
            _conditionals[(component * _missingCount) + a] =
                _mixture.Covariances[(component * _mixture.CovarianceLength) + _pattern.Missing[a]];
        }
    }

    /// <summary>C = Σ_mo·Wᵀ, then B = C·W, and the conditional covariance Σ_mm − C·Cᵀ.</summary>
    private void Regress(int component)
    {
        int covariance = component * _mixture.CovarianceLength;
        int factor = component * Observed.CovarianceLength;
        double[] factors = Observed.PrecisionFactors;
        for (int a = 0; a < _missingCount; a++)
        {
            int whitened = a * _observedCount;
            for (int i = 0; i < _observedCount; i++)
            {
                _cross[whitened + i] = _mixture.Covariances[covariance + SymmetricIndex(_pattern.Missing[a], _pattern.Observed[i])];
            }

            int regression = ((component * _missingCount) + a) * _observedCount;
            Array.Clear(_regressions, regression, _observedCount);
            for (int j = 0; j < _observedCount; j++)
            {
                int row = factor + PackedMatrix.Index(j, 0);
                double sum = 0;
                for (int i = 0; i <= j; i++)
                {
                    sum += _cross[whitened + i] * factors[row + i];
                }

                _whitened[whitened + j] = sum;
                for (int i = 0; i <= j; i++)
                {
                    _regressions[regression + i] += sum * factors[row + i];
                }
            }
        }

        TakeConditional(component);
    }

    private void TakeConditional(int component)
    {
        int covariance = component * _mixture.CovarianceLength;
        int target = component * _conditionalLength;
        for (int a = 0; a < _missingCount; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = _mixture.Covariances[covariance + PackedMatrix.Index(_pattern.Missing[a], _pattern.Missing[b])];
                for (int j = 0; j < _observedCount; j++)
                {
                    sum -= _whitened[(a * _observedCount) + j] * _whitened[(b * _observedCount) + j];
                }

                _conditionals[target++] = sum;
            }
        }
    }

    private void CompleteFirstMoments(SufficientStatistics observed, SufficientStatistics target, int component)
    {
        int source = component * _observedCount;
        int offset = component * target.Dimension;
        for (int i = 0; i < _observedCount; i++)
        {
            target.FirstMoments[offset + _pattern.Observed[i]] += observed.FirstMoments[source + i];
        }

        for (int a = 0; IsFull && a < _missingCount; a++)
        {
            int regression = ((component * _missingCount) + a) * _observedCount;
            double sum = 0;
            for (int i = 0; i < _observedCount; i++)
            {
                sum += _regressions[regression + i] * observed.FirstMoments[source + i];
            }

            target.FirstMoments[offset + _pattern.Missing[a]] += sum;
        }
    }

    private void CompleteDiagonalScatter(SufficientStatistics observed, SufficientStatistics target, int component)
    {
        int offset = component * target.ScatterLength;
        for (int i = 0; i < _observedCount; i++)
        {
            target.Scatters[offset + _pattern.Observed[i]] += observed.Scatters[(component * _observedCount) + i];
        }

        for (int a = 0; a < _missingCount; a++)
        {
            target.Scatters[offset + _pattern.Missing[a]] += observed.Weights[component] * _conditionals[(component * _missingCount) + a];
        }
    }

    /// <summary>S_oo as it is, S_mo = B·S_oo, S_mm = B·S_oo·Bᵀ + nₖ·(Σ_mm − B·Σ_om). Where rows count for u, that is in S_oo and not in the last term: the
    /// covariance of a row given its scale is divided by that scale, whose mean is u. Liu and Rubin, Statistica Sinica 5 (1995) 19-39.</summary>
    private void CompleteFullScatter(SufficientStatistics observed, SufficientStatistics target, int component)
    {
        int offset = component * target.ScatterLength;
        int source = component * observed.ScatterLength;
        for (int i = 0; i < _observedCount; i++)
        {
            int row = offset + PackedMatrix.Index(_pattern.Observed[i], 0);
            for (int j = 0; j <= i; j++)
            {
                target.Scatters[row + _pattern.Observed[j]] += observed.Scatters[source++];
            }
        }

        for (int a = 0; a < _missingCount; a++)
        {
            int regression = ((component * _missingCount) + a) * _observedCount;
            MultiplyScatter(observed, component, regression, a * _observedCount);
            for (int i = 0; i < _observedCount; i++)
            {
                target.Scatters[offset + SymmetricIndex(_pattern.Missing[a], _pattern.Observed[i])] += _cross[(a * _observedCount) + i];
            }

            CompleteMissingScatter(observed, target, component, a);
        }
    }

    /// <summary>Row a of B·S_oo, the matrix being there as its lower triangle.</summary>
    private void MultiplyScatter(SufficientStatistics observed, int component, int regression, int target)
    {
        int source = component * observed.ScatterLength;
        for (int i = 0; i < _observedCount; i++)
        {
            double coefficient = _regressions[regression + i];
            double sum = 0;
            for (int j = 0; j < i; j++)
            {
                double scatter = observed.Scatters[source++];
                sum += _regressions[regression + j] * scatter;
                _cross[target + j] += coefficient * scatter;
            }

            _cross[target + i] = sum + (coefficient * observed.Scatters[source++]);
        }
    }

    private void CompleteMissingScatter(SufficientStatistics observed, SufficientStatistics target, int component, int a)
    {
        int row = (component * target.ScatterLength) + PackedMatrix.Index(_pattern.Missing[a], 0);
        int conditional = (component * _conditionalLength) + PackedMatrix.Index(a, 0);
        for (int b = 0; b <= a; b++)
        {
            int regression = ((component * _missingCount) + b) * _observedCount;
            double sum = observed.Weights[component] * _conditionals[conditional + b];
            for (int i = 0; i < _observedCount; i++)
            {
                sum += _cross[(a * _observedCount) + i] * _regressions[regression + i];
            }

            target.Scatters[row + _pattern.Missing[b]] += sum;
        }
    }

    private static int SymmetricIndex(int i, int j) => i > j ? PackedMatrix.Index(i, j) : PackedMatrix.Index(j, i);
}
