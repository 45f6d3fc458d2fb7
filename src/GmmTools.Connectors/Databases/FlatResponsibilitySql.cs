using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Connectors.Databases;

/// <summary>
/// Responsibilities without derived tables, for tables on other servers: these are sent an aggregate only where its arguments are expressions
/// over the columns. rₖ = 1 / Σⱼ exp(lⱼ − lₖ), where each difference is one polynomial of the coordinates; what is computed for one sum is
/// computed anew for the next, which is the price. The log-density follows from Σ r·l, which the moments give, and the entropy.
/// </summary>
internal sealed class FlatResponsibilitySql : IResponsibilitySql
{
    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly MixtureParameters _mixture;
    private readonly double[] _means;
    private readonly string[] _coordinates;
    private readonly double[][] _polynomials;

    public FlatResponsibilitySql(SqlDialect dialect, RowsSource source, ColumnFrame frame, MixtureParameters mixture)
    {
        _dialect = dialect;
        _source = source;
        _mixture = mixture;
        int dimension = mixture.Dimension;
        _means = [.. mixture.Means.Select((mean, i) => (mean - frame.Origin[i % dimension]) * frame.Factors[i % dimension])];
        _coordinates = [.. Enumerable.Range(0, dimension).Select(j => $"({frame.ToCoordinate(dialect, source, j)})")];
        Present = [.. Enumerable.Range(0, mixture.ComponentCount).Where(k => mixture.Weights[k] > 0)];
        _polynomials = [.. Enumerable.Range(0, mixture.ComponentCount).Select(k => ToPolynomial(k, frame))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Present { get; }

    /// <inheritdoc/>
    public bool SharesProducts => false;

    /// <inheritdoc/>
    public string Weight => _source.WeightValue!;

    /// <inheritdoc/>
    public string LogTerm => Weighted(_dialect.Sum([.. Present.Select(k => $"{_dialect.Log(Denominator(k))}/({Denominator(k)})")]));

    /// <inheritdoc/>
    public bool GivesEntropy => true;

    /// <inheritdoc/>
    public double Mean(int k, int j) => _means[(k * _mixture.Dimension) + j];

    /// <inheritdoc/>
    public bool IsFar(int k) => false;

    /// <inheritdoc/>
    public string Responsibility(int k) => $"{(_source.Weight is null ? _dialect.Number(1) : Weight)}/({Denominator(k)})";

    /// <inheritdoc/>
    public string Coordinate(int k, int j) => _coordinates[j];

    /// <inheritdoc/>
    public string Product(int i, int j) => $"{_coordinates[i]}*{_coordinates[j]}";

    /// <inheritdoc/>
    public string ToSource() => _source.FromRows;

    private string Weighted(string expression) => _source.Weight is null ? expression : $"{Weight}*({expression})";

    /// <summary>Σⱼ exp(lⱼ − lₖ) ≥ 1.</summary>
    private string Denominator(int k) => _dialect.Sum([_dialect.Number(1), .. Present.Where(j => j != k).Select(j => _dialect.BoundedExp(Difference(j, k)))]);

    private string Difference(int j, int k)
    {
        List<string> terms = [];
        int term = 0;
        void Add(string factor)
        {
            double coefficient = _polynomials[j][term] - _polynomials[k][term];
            term++;
            if (coefficient != 0)
            {
                terms.Add(factor.Length == 0 ? _dialect.Number(coefficient) : $"{_dialect.Number(coefficient)}*{factor}");
            }
        }

        Add(string.Empty);
        for (int a = 0; a < _coordinates.Length; a++)
        {
            Add(_coordinates[a]);
            for (int b = 0; b <= a; b++)
            {
                Add(Product(a, b));
            }
        }

        return terms.Count == 0 ? _dialect.Number(0) : _dialect.Sum(terms);
    }

    /// <summary>Coefficients of log wₖ·φₖ in the coordinates: the constant, and for each coordinate the linear one and those of its products.</summary>
    private double[] ToPolynomial(int k, ColumnFrame frame)
    {
        int dimension = _mixture.Dimension;
        double[,] precision = new double[dimension, dimension];
        bool full = _mixture.Shape == CovarianceShape.Full;
        for (int i = 0; i < dimension; i++)
        {
            for (int a = full ? 0 : i; a <= i; a++)
            {
                for (int b = full ? 0 : i; b <= i; b++)
                {
                    precision[a, b] += Factor(k, i, a, frame) * Factor(k, i, b, frame);
                }
            }
        }

        List<double> coefficients = [_mixture.LogNormalizers[k]];
        for (int a = 0; a < dimension; a++)
        {
            double linear = 0;
            for (int b = 0; b < dimension; b++)
            {
                linear += precision[a, b] * Mean(k, b);
            }

            coefficients[0] -= 0.5 * linear * Mean(k, a);
            coefficients.Add(linear);
            coefficients.AddRange(Enumerable.Range(0, a + 1).Select(b => (a == b ? -0.5 : -1) * precision[a, b]));
        }

        return [.. coefficients];
    }

    private double Factor(int k, int i, int j, ColumnFrame frame) => _mixture.PrecisionFactors[_mixture.CovarianceIndex(k, i, j)] / frame.Factors[j];
}
