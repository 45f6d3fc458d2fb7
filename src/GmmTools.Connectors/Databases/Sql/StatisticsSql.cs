using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// The E-step as aggregate queries: K·(1 + d + d(d+1)/2) + 2 sums, with diagonal covariances K·(1 + 2d) + 2; with noise one more, with components
/// of multivariate t 2·K more. SQLEM (Ordonez and Cereghini, SIGMOD 2000) showed that EM needs no more of a database; here densities are summed as logarithms about their largest, and
/// moments are taken about an origin near the data and moved to the current means afterwards. A component so narrow that this would
/// cancel has sums about its own mean.
/// </summary>
internal sealed class StatisticsSql
{
    /// <summary>From so many sums of a component on, rows of their own for the components cost less than they save.</summary>
    private const int SumsWorthRows = 15;

    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly ColumnFrame _frame;
    private readonly MixtureParameters _mixture;
    private readonly IResponsibilitySql _rows;
    private readonly ExactSums? _exact;
    private readonly GroupedSums? _groups;
    private readonly List<string> _rowSums;
    private readonly int _dimension;
    private readonly bool _full;
    private readonly bool _weighsRows;
    private readonly List<ComponentSum> _sums = [];

    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="source">The rows.</param>
    /// <param name="frame">The coordinates.</param>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="exact">Makes sums independent of their order; or null.</param>
    /// <exception cref="DatabaseException">There are more components than the engine takes columns (EngineLimit).</exception>
    public StatisticsSql(SqlDialect dialect, RowsSource source, ColumnFrame frame, MixtureParameters mixture, ExactSums? exact = null)
    {
        _dialect = dialect;
        _source = source;
        _frame = frame;
        _mixture = mixture;
        _dimension = mixture.Dimension;
        _full = mixture.Shape == CovarianceShape.Full;
        _rows = CreateRows();
        _groups = _rows.GroupKey is string key ? new GroupedSums(key, dialect.Number(0)) : null;
        _weighsRows = StudentSql.WeighsRows(mixture.Terms);
        _exact = exact;
        _rowSums = ToRowSums();
        foreach (int k in _rows.Present)
        {
            AddSums(k);
        }
    }

    /// <summary>Number of sums.</summary>
    public int SumCount => _rowSums.Count + _sums.Count;

    /// <summary>The queries, as few as the engine takes; each gives one row, and all together the sums in order.</summary>
    /// <param name="leading">A column before the sums of each, with the comma after it; or nothing.</param>
    /// <exception cref="DatabaseException">Even one sum is more than the engine takes (EngineLimit).</exception>
    public IReadOnlyList<string> ToQueries(string leading = "")
    {
        string from = _groups?.ToSource(_rows.ToSource()) ?? _rows.ToSource();
        int room = _dialect.MaxStatementLength - from.Length - "SELECT  FROM ".Length;
        List<string> queries = [];
        List<string> columns = [];
        int length = 0;
        int operations = 0;
        int most = Math.Max(_dialect.MaxOperations - OperationsOf(from), _dialect.MaxOperations / 4);
        foreach (string sum in _rowSums.Concat(_sums.Select(sum => sum.Expression)))
        {
            string column = $"SUM({sum})";
            if (column.Length > room)
            {
                throw new DatabaseException(
                    "EngineLimit",
                    FormattableString.Invariant($"{_dialect.Name} allows statements of {_dialect.MaxStatementLength} characters, but the densities of {Counted.Of(_rows.Present.Count, "component")} of {Counted.Of(_dimension, "column")} alone have {from.Length}. Fit fewer components or columns, or a diagonal model."),
                    from.Length);
            }

            int cost = 1 + OperationsOf(sum); // one for the addition to the sum
            bool isFull = columns.Count == _dialect.MaxResultColumns - Math.Min(leading.Length, 1) || length + column.Length + 1 > room;
            if (isFull || (columns.Count > 0 && operations + cost > most))
            {
                queries.Add($"SELECT {leading}{string.Join(",", columns)} FROM {from}");
                columns.Clear();
                length = operations = 0;
            }

            columns.Add(column);
            length += column.Length + 1;
            operations += cost;
        }

        queries.Add($"SELECT {leading}{string.Join(",", columns)} FROM {from}");
        return queries;
    }

    /// <summary>Fills statistics with the sums, in the units of the columns and about the mixture's means.</summary>
    public void Decode(IReadOnlyList<double> sums, SufficientStatistics statistics)
    {
        statistics.Clear(_mixture.Means);
        statistics.TotalWeight = sums[0];
        int logTermEnd = _rowSums.Count - (_rows.NoiseResponsibility is null ? 0 : 1);
        statistics.LogLikelihood = sums.Take(logTermEnd).Skip(1).Sum();
        for (int i = 0; i < _sums.Count; i++)
        {
            _sums[i].Store(sums[_rowSums.Count + i], _mixture, statistics);
        }

        double expected = 0;
        if (_rows.NoiseResponsibility is not null)
        {
            statistics.AddBackground(sums[logTermEnd]);
            expected += sums[logTermEnd] * _mixture.Terms.Background;
        }

        foreach (int k in _rows.Present)
        {
            Move(k, statistics);
            expected += _weighsRows
                ? StudentSql.Complete(_mixture.Terms, k, statistics)
                : NormalLink.ExpectedSum(_mixture.Terms, k, statistics.Weights[k], statistics.Scatters, k * statistics.ScatterLength);
        }

        // log p = Σ r·log(w·φ) − Σ r·log r, of which the first term follows from the moments
        double logTerms = statistics.LogLikelihood;
        statistics.LogLikelihood = _rows.GivesEntropy ? expected + logTerms : logTerms;
        statistics.Entropy = Math.Max(0, _rows.GivesEntropy ? logTerms : logTerms - expected);
    }

    /// <summary>Arithmetic operations of an expression; signs of numbers and the arrows of functions are none.</summary>
    internal static int OperationsOf(string expression) => Enumerable.Range(1, Math.Max(0, expression.Length - 2)).Count(
        i => expression[i] is '*' or '/' || (expression[i] is '+' or '-' && expression[i - 1] is not ('E' or '(' or '-') && expression[i + 1] != '>'));

    private IResponsibilitySql CreateRows()
    {
        if (_source.IsRemote)
        {
            return new FlatResponsibilitySql(_dialect, _source, _frame, _mixture);
        }

        ResponsibilitySql rows = new(_dialect, _source, _frame, _mixture);
        bool hasManySums = 1 + _dimension + (_full ? _dimension * (_dimension + 1) / 2 : _dimension) >= SumsWorthRows;
        return hasManySums && rows.Present.Count > 1 && !rows.Present.Any(rows.IsFar) && _dialect.Unnest(string.Empty) is not null
            ? new UnnestedResponsibilitySql(_dialect, rows, _mixture.Terms, _source.Weight is not null)
            : rows;
    }

    /// <summary>Adds a sum of a component.</summary>
    private void Add(string term, int k, int row, int column) => _sums.Add(new ComponentSum(_groups?.Of(term, k) ?? term, k, row, column));

    /// <summary>The most of something of a component, or of all where one expression serves them.</summary>
    private double Most(int k, Func<int, double> ofComponent) => _groups is null ? ofComponent(k) : _rows.Present.Max(ofComponent);

    /// <summary>Sums that belong to no component: of the weights, of the log-densities, and where there is noise of its responsibilities.</summary>
    private List<string> ToRowSums()
    {
        string weight = _source.Weight is null && _groups is null ? _dialect.ToDouble("1") : _rows.Weight;
        List<string> sums = [_exact?.Weight(weight) ?? weight];
        if (_exact?.LogDensity(_rows.LogTerm) is (string coarse, string fine))
        {
            sums.AddRange([coarse, fine]);
        }
        else
        {
            sums.Add(_rows.LogTerm);
        }

        if (_rows.NoiseResponsibility is string noise)
        {
            sums.Add(_exact?.Weight(noise) ?? noise);
        }

        return _groups is null ? sums : [.. sums.Select(_groups.OfAll)];
    }

    private void AddSums(int k)
    {
        string responsibility = _rows.Responsibility(k);
        Add(_exact?.Weight(responsibility) ?? responsibility, k, -1, -1);
        string weight = _rows.MomentWeight(k);
        double most = _weighsRows ? Most(k, one => StudentSql.LargestWeight(_mixture.Terms, one)) : 1;
        if (_rows.Logarithm(k) is string log)
        {
            Add(_exact?.Weight(weight, most) ?? weight, k, ComponentSum.MomentWeight, -1);
            Add(_exact?.Weight(log, Most(k, one => StudentSql.LargestLog(_mixture.Terms, one))) ?? log, k, ComponentSum.Logarithm, -1);
        }

        for (int j = 0; j < _dimension; j++)
        {
            string term = $"{weight}*{_rows.Coordinate(k, j)}";
            string? rounded = _rows.IsFar(k) ? _exact?.FirstOfFar(term, Deviation(k, j), most) : _exact?.First(term, j, most);
            Add(rounded ?? term, k, j, -1);
        }

        for (int i = 0; i < _dimension; i++)
        {
            for (int j = _full ? 0 : i; j <= i; j++)
            {
                string product = _rows.SharesProducts && !_rows.IsFar(k) ? _rows.Product(i, j) : $"{_rows.Coordinate(k, i)}*{_rows.Coordinate(k, j)}";
                string term = $"{weight}*{product}";
                string? rounded = _rows.IsFar(k) ? _exact?.SecondOfFar(term, Deviation(k, i), Deviation(k, j), most) : _exact?.Second(term, i, j, most);
                Add(rounded ?? term, k, i, j);
            }
        }
    }

    private double Deviation(int k, int j) => Math.Sqrt(_mixture.Covariances[_mixture.CovarianceIndex(k, j, j)]) * _frame.Factors[j];

    /// <summary>Moves moments from the origin to the component's mean, and to the columns' units.</summary>
    private void Move(int k, SufficientStatistics statistics)
    {
        double weight = statistics.MomentWeight(k);
        double[] first = [.. Enumerable.Range(0, _dimension).Select(j => statistics.FirstMoments[(k * _dimension) + j])];
        for (int i = 0; i < _dimension; i++)
        {
            double mean = _rows.IsFar(k) ? 0 : _rows.Mean(k, i);
            statistics.FirstMoments[(k * _dimension) + i] = (first[i] - (weight * mean)) / _frame.Factors[i];
            for (int j = _full ? 0 : i; j <= i; j++)
            {
                double other = _rows.IsFar(k) ? 0 : _rows.Mean(k, j);
                int scatter = _mixture.CovarianceIndex(k, i, j);
                double moved = statistics.Scatters[scatter] - (mean * (first[j] - (weight * other))) - (other * first[i]);
                statistics.Scatters[scatter] = moved / _frame.Factors[i] / _frame.Factors[j];
            }
        }
    }
}
