using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Mixtures;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// Responsibilities without derived tables, for tables on other servers: these are sent an aggregate only where its arguments are expressions
/// over the columns. rₖ = 1 / Σⱼ exp(lⱼ − lₖ), where each difference is one polynomial of the coordinates; what is computed for one sum is
/// computed anew for the next, which is the price. Of components of multivariate t the squared distance is such a polynomial. The log-density
/// follows from Σ r·l, which the moments give, and the entropy.
/// </summary>
internal sealed class FlatResponsibilitySql : IResponsibilitySql
{
    /// <summary>The noise, where components are numbered from 0.</summary>
    private const int Noise = -1;

    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly LogTerms _terms;
    private readonly double[] _means;
    private readonly string[] _coordinates;
    private readonly double[][] _polynomials;
    private readonly double[] _noise;
    private readonly string[]? _distances;

    public FlatResponsibilitySql(SqlDialect dialect, RowsSource source, ColumnFrame frame, MixtureParameters mixture)
    {
        _dialect = dialect;
        _source = source;
        _terms = mixture.Terms;
        int dimension = mixture.Dimension;
        _means = [.. mixture.Means.Select((mean, i) => (mean - frame.Origin[i % dimension]) * frame.Factors[i % dimension])];
        _coordinates = [.. Enumerable.Range(0, dimension).Select(j => $"({frame.ToCoordinate(dialect, source, j)})")];
        Present = _terms.Present();
        _polynomials = [.. Enumerable.Range(0, mixture.ComponentCount).Select(k => LogTermSql.ToPolynomial(_terms, k, j => Mean(k, j), frame))];
        _noise = [_terms.Background, .. new double[_polynomials[0].Length - 1]];
        _distances = StudentSql.WeighsRows(_terms) ? [.. Enumerable.Range(0, mixture.ComponentCount).Select(ScaledDistance)] : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Present { get; }

    /// <inheritdoc/>
    public bool SharesProducts => false;

    /// <inheritdoc/>
    public string Weight => _source.WeightValue!;

    /// <inheritdoc/>
    public string LogTerm => Weighted(_dialect.Sum([.. Terms.Select(k => $"{_dialect.Log(Denominator(k))}/({Denominator(k)})")]));

    /// <inheritdoc/>
    public bool GivesEntropy => true;

    /// <inheritdoc/>
    public string? GroupKey => null;

    /// <inheritdoc/>
    public double Mean(int k, int j) => _means[(k * _terms.Dimension) + j];

    /// <inheritdoc/>
    public bool IsFar(int k) => false;

    /// <inheritdoc/>
    public string Responsibility(int k) => $"{(_source.Weight is null ? _dialect.Number(1) : Weight)}/({Denominator(k)})";

    /// <inheritdoc/>
    public string MomentWeight(int k) => _distances is null ? Responsibility(k) : $"{Responsibility(k)}*{StudentSql.Weight(_dialect, _terms, k, _distances[k])}";

    /// <inheritdoc/>
    public string? Logarithm(int k) => _distances is null ? null : $"{Responsibility(k)}*{LogOfDistance(k)}";

    /// <inheritdoc/>
    public string? NoiseResponsibility => _terms.HasBackground ? Responsibility(Noise) : null;

    /// <inheritdoc/>
    public string Coordinate(int k, int j) => _coordinates[j];

    /// <inheritdoc/>
    public string Product(int i, int j) => $"{_coordinates[i]}*{_coordinates[j]}";

    /// <inheritdoc/>
    public string ToSource() => _source.FromRows;

    /// <summary>Components that have a density, and the noise where there is any.</summary>
    private IEnumerable<int> Terms => _terms.HasBackground ? Present.Append(Noise) : Present;

    private string Weighted(string expression) => _source.Weight is null ? expression : $"{Weight}*({expression})";

    /// <summary>Σⱼ exp(lⱼ − lₖ) ≥ 1.</summary>
    private string Denominator(int k) => _dialect.Sum([_dialect.Number(1), .. Terms.Where(j => j != k).Select(j => _dialect.BoundedExp(Difference(j, k)))]);

    private double[] Polynomial(int k) => k == Noise ? _noise : _polynomials[k];

    /// <summary>q/ν of components of multivariate t: the polynomial of a normal log-density, without its offset.</summary>
    private string ScaledDistance(int k)
    {
        double scale = 1 / (NormalLink.Slope * _terms.DegreesOfFreedom[k]);
        double[] polynomial = _polynomials[k];

        // rounding must not take it below −1, where there is no logarithm
        return $"ABS({ToSum(i => (i == 0 ? polynomial[0] - _terms.Offsets[k] : polynomial[i]) * scale)})";
    }

    private string LogOfDistance(int k) => StudentSql.Log(_dialect, _terms, k, _distances![k]);

    private string Difference(int j, int k) => _distances is null
        ? ToSum(i => Polynomial(j)[i] - Polynomial(k)[i])
        : $"{StudentSql.LogTerm(_dialect, _terms, j, LogOfDistance(j))}-({StudentSql.LogTerm(_dialect, _terms, k, LogOfDistance(k))})";

    /// <summary>A polynomial of the coordinates, of the terms that have coefficients.</summary>
    private string ToSum(Func<int, double> coefficientOf)
    {
        List<string> terms = [];
        int term = 0;
        void Add(string factor)
        {
            double coefficient = coefficientOf(term);
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
}
