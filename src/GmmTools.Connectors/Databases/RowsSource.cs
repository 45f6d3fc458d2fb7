using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;

namespace GmmTools.Connectors.Databases;

/// <summary>What follows FROM: a table or the user's query, its columns as floating-point numbers, and the rows that count.</summary>
internal sealed class RowsSource
{
    private const double Largest = double.MaxValue;

    private readonly SqlDialect _dialect;
    private readonly List<string> _conditions = [];
    private readonly string? _table;
    private List<RowsSource>? _parts;

    public RowsSource(SqlDialect dialect, DatabaseOptions options)
    {
        _dialect = dialect;
        IsTable = options.Table is not null;
        _table = options.Table is null ? null : dialect.QuoteTable(options.Table);
        From = (options.Table is not null ? dialect.QuoteTable(options.Table) : Derived(options.Query ?? string.Empty)) + " AS gt";
    }

    /// <summary>Whether it is a table, which may have numbers of rows and can be sampled.</summary>
    public bool IsTable { get; }

    /// <summary>The table or derived table, named gt.</summary>
    public string From { get; private set; }

    /// <summary>Names of the columns, quoted.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    /// <summary>The column of the weights, quoted; null where every row counts once.</summary>
    public string? Weight { get; private set; }

    /// <summary>Whether it is a table on another server, which takes aggregates of plain expressions.</summary>
    public bool IsRemote { get; private set; }

    /// <summary>The parts that are scanned one by one: those of a table that is spread over servers, else the whole.</summary>
    public IReadOnlyList<RowsSource> Parts => _parts ?? [this];

    /// <summary>A prefix for names of our own.</summary>
    public string Prefix { get; private set; } = "g";

    /// <summary>From and Where.</summary>
    public string FromRows => Where(From, []);

    /// <summary>From and Where, with a condition more.</summary>
    public string FromRowsThat(string condition) => Where(From, [condition]);

    /// <summary>The rows of another table of the same columns.</summary>
    public string FromRowsOf(string table) => Where(table, []);

    public void Choose(IReadOnlyList<string> columns, string? weight)
    {
        Columns = [.. columns.Select(_dialect.Quote)];
        Weight = weight is null ? null : _dialect.Quote(weight);
        Prefix = MixtureSql.FreePrefix([.. columns, weight ?? string.Empty]);
    }

    /// <summary>Looks for parts on other servers, when the columns are chosen.</summary>
    public void FindParts(DatabaseSession session, CancellationToken cancellationToken)
    {
        if (_table is null || _dialect.PartsQuery(_table) is not string query)
        {
            return;
        }

        List<RowsSource> parts = [];
        session.Run(
            () =>
            {
                parts.Clear();
                session.Read(query, reader => parts.Add(Part(reader.GetString(0), reader.GetString(1), DatabaseSession.Number(reader, 2) > 0)), cancellationToken);
                return parts;
            },
            cancellationToken);
        _parts = parts.Exists(part => part.IsRemote) ? parts : null;
    }

    /// <summary>A column as a floating-point number.</summary>
    public string Value(int column) => _dialect.ToDouble(Columns[column]);

    /// <summary>The weight as a floating-point number.</summary>
    public string? WeightValue => Weight is null ? null : _dialect.ToDouble(Weight);

    /// <summary>Whether a column is neither null nor NaN nor infinite; not true where it is null. Engines differ in how NaN compares, but in none is
    /// it below the largest number.</summary>
    public string IsFinite(string value) => $"abs({value})<={_dialect.Number(Largest)}";

    /// <summary>Whether a column is infinite; NaN is not, however it compares.</summary>
    public string IsInfinite(string value) => $"({value}<{_dialect.Number(-Largest)} OR -{value}<{_dialect.Number(-Largest)})";

    /// <summary>Leaves rows out that have gaps.</summary>
    public void OmitGaps() => _conditions.AddRange(Enumerable.Range(0, Columns.Count).Select(j => IsFinite(Value(j))));

    /// <summary>Leaves rows out that do not count.</summary>
    public void OmitZeroWeights() => _conditions.Add($"{WeightValue}>0");

    /// <summary>A part of the table; it shares its conditions.</summary>
    private RowsSource Part(string schema, string table, bool isRemote)
    {
        RowsSource part = (RowsSource)MemberwiseClone();
        part.From = $"{_dialect.Quote(schema)}.{_dialect.Quote(table)} AS gt";
        part.IsRemote = isRemote;
        part._parts = null;
        return part;
    }

    private string Where(string from, IEnumerable<string> more)
    {
        string[] conditions = [.. _conditions, .. more];
        return conditions.Length == 0 ? from : $"{from} WHERE {string.Join(" AND ", conditions)}";
    }

    private static string Derived(string query)
    {
        string text = query.Trim().TrimEnd(';').TrimEnd();
        return text.Length == 0
            ? throw new DatabaseException("QueryMissing", "The query is empty.", query)
            : $"({text}\n)"; // the line's end closes a comment
    }
}
