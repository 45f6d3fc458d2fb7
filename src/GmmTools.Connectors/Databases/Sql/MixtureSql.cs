using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// A mixture as SQL expressions over its columns: log-density, component, responsibilities. Densities are summed as logarithms about
/// their largest, on the inverse Cholesky factors that scoring here uses; an expression computes each part once, in derived tables
/// that see the row around them. A row of which a column is null has null for all of them.
/// </summary>
public sealed partial class MixtureSql
{
    private readonly GaussianMixture _mixture;
    private readonly LogTerms _terms;
    private readonly SqlDialect _dialect;
    private readonly string[] _columns;
    private readonly string _prefix;

    /// <summary>Components that have a density: those of weight 0 have none.</summary>
    private readonly int[] _present;

    /// <summary>Prepares the expressions.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="columns">d names of columns of the table, or null for those of the mixture.</param>
    /// <exception cref="DatabaseException">A name cannot be one of a column (InvalidIdentifier), their number is not that of the mixture's
    /// (ColumnCountMismatch), or there are too many components for the engine (EngineLimit).</exception>
    public MixtureSql(GaussianMixture mixture, SqlDialect dialect, IReadOnlyList<string>? columns = null)
    {
        _mixture = mixture ?? throw new ArgumentNullException(nameof(mixture));
        _dialect = dialect ?? throw new ArgumentNullException(nameof(dialect));
        _terms = mixture.Parameters.Terms;
        _columns = [.. columns ?? mixture.Property];
        if (_columns.Length != mixture.Dimension)
        {
            throw new DatabaseException(
                "ColumnCountMismatch",
                FormattableString.Invariant($"The mixture has {Counted.Of(mixture.Dimension, "column")} ({string.Join(", ", mixture.Property)}), but {Counted.Of(_columns.Length, "name", "was", "were")} given. Give one name per column."),
                _columns);
        }

        _present = _terms.Present();
        _prefix = FreePrefix(_columns);
        if (_present.Length + 2 > dialect.MaxResultColumns)
        {
            throw new DatabaseException(
                "EngineLimit",
                FormattableString.Invariant($"{dialect.Name} allows {dialect.MaxResultColumns} columns in one SELECT, but the expression needs one for each of {_present.Length} components. Use a mixture of fewer components."),
                _present.Length);
        }
    }

    /// <summary>Whether the density is that of a single component, which needs no sum.</summary>
    private bool IsSingle => _present.Length == 1 && !_terms.HasBackground;

    private string Largest => _prefix + "m";

    private string DensitySum => _prefix + "s";

    /// <summary>The natural logarithm of the density.</summary>
    /// <returns>The expression.</returns>
    public string LogDensity() => IsSingle
        ? Checked(_dialect.Evaluate(LogTermLayers(), Term(_present[0])))
        : Checked(_dialect.Evaluate(WithSum(), LogSum()));

    /// <summary>The most probable component, numbered from 1 by decreasing weight, the first of those that are equally probable; 0 for noise.</summary>
    /// <returns>The expression.</returns>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed (TrimmingNotSupported), here and where probabilities are asked for.</exception>
    public string Component()
    {
        RefuseTrimming();
        return IsSingle
            ? Checked(_dialect.Evaluate(LogTermLayers(), WhereKnown(Term(_present[0]), Integer(_present[0] + 1))))
            : Checked(_dialect.Evaluate(WithLargest(), "CASE " + string.Concat(_present.Select(k => $"WHEN {Term(k)}={Largest} THEN {Integer(k + 1)} ")) + NoiseCase + "END"));
    }

    /// <summary>The probability of the most probable component.</summary>
    /// <returns>The expression.</returns>
    public string Probability()
    {
        RefuseTrimming();
        return IsSingle
            ? Checked(_dialect.Evaluate(LogTermLayers(), WhereKnown(Term(_present[0]), "1E0")))
            : Checked(_dialect.Evaluate(WithSum(), $"1E0/{DensitySum}"));
    }

    /// <summary>The probabilities of the components.</summary>
    /// <returns>K expressions, by component; with noise one more, which is the first.</returns>
    public IReadOnlyList<string> Responsibilities()
    {
        RefuseTrimming();
        return
        [
            .. _terms.HasBackground ? [Checked(_dialect.Evaluate(WithSum(), $"{NoiseShare}/{DensitySum}"))] : Array.Empty<string>(),
            .. Enumerable.Range(0, _mixture.ComponentCount).Select(Responsibility),
        ];
    }

    /// <summary>Whether the density lies below a level.</summary>
    /// <param name="level">The logarithm of the level.</param>
    /// <returns>An expression that is 1 or 0.</returns>
    public string Outlier(double level)
    {
        string value = _prefix + "v";
        IReadOnlyList<SqlLayer> layers = IsSingle
            ? [.. LogTermLayers(), new SqlLayer().Add(value, Term(_present[0]))]
            : [.. WithSum(), new SqlLayer().Add(value, LogSum())];
        string number = _dialect.Number(level);
        return Checked(_dialect.Evaluate(layers, $"CASE WHEN {value}<{number} THEN 1 WHEN {value}>={number} THEN 0 END"));
    }

    /// <summary>Names and expressions of what is asked for.</summary>
    /// <param name="column">What is asked for.</param>
    /// <param name="level">The logarithm of the level of outliers.</param>
    /// <returns>One pair; for responsibilities K of them, by component.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Columns(MixtureSqlColumn column, double level = double.NaN) => column switch
    {
        MixtureSqlColumn.LogDensity => [new("LogDensity", LogDensity())],
        MixtureSqlColumn.Component => [new("Component", Component())],
        MixtureSqlColumn.Probability => [new("Probability", Probability())],
        MixtureSqlColumn.Outlier => [new("Outlier", Outlier(level))],
        _ => [.. Responsibilities().Select((expression, k) => new KeyValuePair<string, string>("Responsibility_" + Integer(_terms.HasBackground ? k : k + 1), expression))],
    };

    /// <summary>A query for all rows of a table with what the mixture says about them.</summary>
    /// <param name="source">What follows FROM: a quoted table or a derived one, without a name.</param>
    /// <param name="columns">Names and expressions to be added.</param>
    /// <returns>The query.</returns>
    /// <exception cref="DatabaseException">It is longer than the engine takes (EngineLimit).</exception>
    public string Query(string source, IEnumerable<KeyValuePair<string, string>> columns) => Checked(
        $"SELECT {_prefix}t.*, {string.Join(", ", columns.Select(column => $"{column.Value} AS {_dialect.Quote(column.Key)}"))} FROM {source} AS {_prefix}t");

    /// <summary>A prefix that no column begins with, so that no engine takes one for the other.</summary>
    internal static string FreePrefix(IEnumerable<string> columns)
    {
        string prefix = "g";
        while (columns.Any(column => column.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            prefix += "g";
        }

        return prefix;
    }

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string WhereKnown(string condition, string value) => $"CASE WHEN {condition} IS NOT NULL THEN {value} END";

    private string Responsibility(int k)
    {
        if (_terms.Shares[k] > 0 && !IsSingle)
        {
            return Checked(_dialect.Evaluate(WithSum(), $"{Share(k)}/{DensitySum}"));
        }

        return Checked(_dialect.Evaluate(LogTermLayers(), WhereKnown(Term(_present[0]), _terms.Shares[k] > 0 ? "1E0" : "0E0")));
    }

    /// <summary>Whether a row is trimmed is told where rows are read, not in SQL.</summary>
    private void RefuseTrimming() => _mixture.RefuseTrimming("The component of a row in SQL");

    /// <summary>log w₀/V of the noise, the same for all rows.</summary>
    private string NoiseTerm => _dialect.Number(_terms.Background);

    private string NoiseShare => LogTermSql.Share(_dialect, NoiseTerm, Largest);

    /// <summary>Where a column is null, engines differ in whether the greatest of null and a number is null.</summary>
    private string NoiseCase => _terms.HasBackground ? $"WHEN {NoiseTerm}={Largest} AND {Term(_present[0])} IS NOT NULL THEN 0 " : string.Empty;

    private string LogSum() => LogTermSql.LogSum(_dialect, Largest, DensitySum);

    private string Share(int k) => LogTermSql.Share(_dialect, Term(k), Largest);

    private List<SqlLayer> WithSum()
    {
        List<SqlLayer> layers = WithLargest();
        layers.Add(new SqlLayer()
            .Keep(_present.Select(Term))
            .Keep([Largest])
            .Add(DensitySum, _dialect.Sum([.. _present.Select(Share), .. _terms.HasBackground ? [NoiseShare] : Array.Empty<string>()])));
        return layers;
    }

    private List<SqlLayer> WithLargest()
    {
        List<SqlLayer> layers = LogTermLayers();
        layers.Add(new SqlLayer().Keep(_present.Select(Term)).Add(Largest, _dialect.Greatest([.. _present.Select(Term), .. _terms.HasBackground ? [NoiseTerm] : Array.Empty<string>()])));
        return layers;
    }

    /// <summary>Layers of which the last has log wₖ·φₖ(x) of each component.</summary>
    private List<SqlLayer> LogTermLayers()
    {
        SqlLayer row = new();
        for (int j = 0; j < _columns.Length; j++)
        {
            row.Add(Name("x", j), _dialect.ToDouble(_dialect.Quote(_columns[j])));
        }

        SqlLayer terms = new();
        if (_present.Length * _columns.Length > _dialect.MaxResultColumns)
        {
            foreach (int k in _present)
            {
                terms.Add(Term(k), LogTermSql.OfWhitened(_dialect, _terms, k, i => "(" + Coordinate(k, i, j => Difference(k, j)) + ")"));
            }

            return [row, terms];
        }

        SqlLayer differences = new();
        SqlLayer coordinates = new();
        foreach (int k in _present)
        {
            for (int j = 0; j < _columns.Length; j++)
            {
                differences.Add(Name("y", k, j), Difference(k, j));
                coordinates.Add(Name("z", k, j), Coordinate(k, j, column => Name("y", k, column)));
            }

            terms.Add(Term(k), LogTermSql.OfWhitened(_dialect, _terms, k, i => Name("z", k, i)));
        }

        return [row, differences, coordinates, terms];
    }

    private string Difference(int k, int j) => $"({Name("x", j)}-{_dialect.Number(_terms.Centres[(k * _columns.Length) + j])})";

    /// <summary>One coordinate of W(x − μ).</summary>
    private string Coordinate(int k, int i, Func<int, string> difference)
    {
        int first = _terms.Shape == CovarianceShape.Full ? 0 : i;
        return _dialect.Sum([.. Enumerable.Range(first, i - first + 1).Select(j =>
            $"{difference(j)}*{_dialect.Number(_terms.Factor(k, i, j))}")]);
    }

    private string Term(int k) => Name("l", k);

    private string Name(string letter, int k) => _prefix + letter + Integer(k + 1);

    private string Name(string letter, int k, int j) => $"{Name(letter, k)}_{Integer(j + 1)}";

    private string Checked(string expression) => expression.Length <= _dialect.MaxStatementLength
        ? expression
        : throw new DatabaseException(
            "EngineLimit",
            FormattableString.Invariant($"{_dialect.Name} allows statements of {_dialect.MaxStatementLength} characters, but the expression alone has {expression.Length}. Use a mixture of fewer components or columns."),
            expression.Length);
}
