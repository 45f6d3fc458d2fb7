using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Cells;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Databases;

/// <summary>What has to be known of rows before a fit: columns, counts, ranges, gaps. One look at the columns and one scan.</summary>
internal sealed class DatabaseSurvey
{
    /// <summary>Figures of a column: values, gaps, infinities, smallest, largest, mean.</summary>
    private const int FiguresPerColumn = 5;
    private const int FiguresOfAll = 6;

    private readonly DatabaseSession _session;
    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly DatabaseOptions _options;
    private readonly string _name;

    public DatabaseSurvey(DatabaseSession session, SqlDialect dialect, RowsSource source, DatabaseOptions options)
    {
        _session = session;
        _dialect = dialect;
        _source = source;
        _options = options;
        _name = options.Table ?? "The query";
        Name = options.Table ?? options.Query ?? string.Empty;
    }

    /// <summary>The table's name or the query's text.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Property { get; private set; } = [];

    /// <summary>Columns that were left out: they have one value in all rows, and nobody asked for them.</summary>
    public IReadOnlyList<string> Constant { get; private set; } = [];

    public RowIntake Intake { get; private set; } = new(0);

    public double TotalWeight { get; private set; }

    public double[] Minimum { get; private set; } = [];

    public double[] Maximum { get; private set; } = [];

    public double[] Mean { get; private set; } = [];

    public void Run(CancellationToken cancellationToken)
    {
        if (_options.MissingValue == MissingValuePolicy.Marginalize)
        {
            throw new DatabaseException(
                "GapsInDatabase",
                "Rows with missing values cannot be marginalized in a database: each pattern of missing columns would need a scan of its own.",
                _options.MissingValue);
        }

        List<string> columns = [];
        List<bool> numeric = [];
        _session.Run(() => ReadColumns(columns, numeric), cancellationToken);
        Property = ChooseColumns(columns, numeric);
        string? weight = _options.WeightProperty is null ? null : columns[ColumnSelector.ResolveWeight(columns, _options.WeightProperty, _options.Property, _options.Table)];
        _source.Choose(Property, weight);
        _source.FindParts(_session, cancellationToken);
        Scan(cancellationToken);
        string[] constant = [.. Property.Where((_, j) => Minimum[j] == Maximum[j])];
        if (_options.Property.Count == 0 && constant.Length > 0 && constant.Length < Property.Count)
        {
            // nobody asked for them
            Constant = constant;
            Property = [.. Property.Except(constant)];
            _source.Choose(Property, weight);
            Scan(cancellationToken);
        }
    }

    private void Scan(CancellationToken cancellationToken)
    {
        List<double[]> figures = [];
        _session.Run(
            () =>
            {
                figures.Clear();
                string query = string.Join(" UNION ALL ", _source.Parts.Select(ToQuery));
                _session.Read(query, reader => figures.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Figure(reader, i))]), cancellationToken);
                return figures;
            },
            cancellationToken);
        Take(figures.Aggregate(Combine));
    }

    private static double Figure(DbDataReader reader, int column) => reader.IsDBNull(column) ? double.NaN : DatabaseSession.Number(reader, column);

    /// <summary>Figures of two parts as those of the whole.</summary>
    private static double[] Combine(double[] left, double[] right)
    {
        double[] whole = [.. left.Select((figure, i) => i < FiguresOfAll || (i - FiguresOfAll) % FiguresPerColumn < 2 ? figure + right[i] : figure)];
        for (int i = FiguresOfAll + 2; i < whole.Length; i += FiguresPerColumn)
        {
            whole[i] = double.IsNaN(left[i]) || right[i] < left[i] ? right[i] : left[i];
            whole[i + 1] = double.IsNaN(left[i + 1]) || right[i + 1] > left[i + 1] ? right[i + 1] : left[i + 1];
            whole[i + 2] = double.IsNaN(left[i + 2]) ? right[i + 2] : double.IsNaN(right[i + 2]) ? left[i + 2]
                : ((left[i + 2] * left[2]) + (right[i + 2] * right[2])) / (left[2] + right[2]);
        }

        return whole;
    }

    private bool ReadColumns(List<string> columns, List<bool> numeric)
    {
        columns.Clear();
        numeric.Clear();
        _session.ReadColumns(
            $"SELECT * FROM {_source.From} WHERE 1=0",
            reader =>
            {
                for (int i = 0; i < reader.FieldCount; i++)
                {
                    columns.Add(reader.GetName(i));
                    numeric.Add(IsNumeric(reader, i));
                }
            });
        return true;
    }

    private static bool IsNumeric(DbDataReader reader, int column)
    {
        Type? type = reader.GetFieldType(column);
        return type is not null && (Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal || type == typeof(System.Numerics.BigInteger));
    }

    private IReadOnlyList<string> ChooseColumns(List<string> columns, List<bool> numeric)
    {
        if (_options.Property.Count > 0)
        {
            return [.. ColumnSelector.Resolve(columns, _options.Property, _options.ExcludeProperty, _options.Table).Select(i => columns[i])];
        }

        string[] candidates = [.. columns.Where((name, i) => numeric[i] && !string.Equals(name, _options.WeightProperty, StringComparison.OrdinalIgnoreCase))];
        return candidates.Length == 0
            ? throw new InvalidObservationException(
                "NoNumericColumns", $"{_name} has no numeric column; its columns are {string.Join(", ", columns)}.")
            : [.. ColumnSelector.Resolve(candidates, candidates, _options.ExcludeProperty, _options.Table).Select(i => candidates[i])];
    }

    /// <summary>The query for one part. Names are not worth a derived table: these few expressions are sent to other servers as they are.</summary>
    private string ToQuery(RowsSource part)
    {
        string[] values = [.. Enumerable.Range(0, Property.Count).Select(_source.Value)];
        string weight = _source.WeightValue ?? string.Empty;

        string whole = string.Join(" AND ", values.Select(_source.IsFinite));
        string counts = _source.Weight is null ? whole : $"{whole} AND {weight}>0";
        string zero = _source.Weight is null ? "1=0" : $"{weight}=0";
        string bad = _source.Weight is null ? "1=0" : $"{weight} IS NULL OR {weight}<0 OR NOT {_source.IsFinite(weight)}";
        string amount = _source.Weight is null ? _dialect.Number(1) : weight;
        List<string> figures =
        [
            Sum("0=0", _dialect.Number(1)), Sum(whole, _dialect.Number(1)), Sum(counts, _dialect.Number(1)), Sum($"({whole}) AND ({zero})", _dialect.Number(1)),
            Sum(bad, _dialect.Number(1)), Sum(counts, amount),
        ];
        foreach (string value in values)
        {
            string used = $"CASE WHEN {counts} THEN {value} END";
            figures.Add(Sum(_source.IsFinite(value), _dialect.Number(1)));
            figures.Add(Sum(_source.IsInfinite(value), _dialect.Number(1)));
            figures.Add($"MIN({used})");
            figures.Add($"MAX({used})");
            figures.Add($"AVG({used})");
        }

        return $"SELECT {string.Join(",", figures)} FROM {part.From}";
    }

    private string Sum(string condition, string amount) => $"SUM({_dialect.ToDouble($"CASE WHEN {condition} THEN {amount} ELSE {_dialect.Number(0)} END")})";

    private void Take(double[] figures)
    {
        long read = (long)figures[0];
        long whole = (long)figures[1];
        for (int j = 0; j < Property.Count; j++)
        {
            CheckColumn(j, read, figures[FiguresOfAll + (FiguresPerColumn * j)], figures[FiguresOfAll + (FiguresPerColumn * j) + 1]);
        }

        if (figures[4] > 0)
        {
            throw new InvalidObservationException(
                "InvalidRowWeight",
                FormattableString.Invariant($"{figures[4]} of {Counted.Of(read, "row")} {(figures[4] == 1 ? "has" : "have")} a weight in '{_options.WeightProperty}' that is null, negative or not finite."),
                column: _options.WeightProperty)
            { Remedy = new Remedy("SelectOtherRowsOrWeight") };
        }

        Intake = new RowIntake(read, read - whole, 0, (long)figures[3], _options.MissingValue);
        if (Intake.UsedCount == 0)
        {
            throw new InvalidObservationException(
                "NoRows", FormattableString.Invariant($"{_name} has no rows to use: {read} were read{(read > 0 ? ", and all of them have missing values or no weight" : string.Empty)}. Choose other rows or columns."));
        }

        TotalWeight = figures[5];
        Minimum = Figure(figures, 2);
        Maximum = Figure(figures, 3);
        Mean = Figure(figures, 4);
        if (whole < read)
        {
            _source.OmitGaps();
        }

        if (figures[3] > 0)
        {
            _source.OmitZeroWeights();
        }
    }

    private double[] Figure(double[] figures, int number) =>
        [.. Enumerable.Range(0, Property.Count).Select(j => figures[FiguresOfAll + (FiguresPerColumn * j) + number])];

    private void CheckColumn(int column, long read, double present, double infinite)
    {
        string name = Property[column];
        if (infinite > 0)
        {
            throw new InvalidObservationException(
                "InfiniteValue",
                FormattableString.Invariant($"Column '{name}' is infinite in {infinite} of {Counted.Of(read, "row")}."),
                column: name)
            { Remedy = new Remedy("SelectOtherRows") };
        }

        if (present == 0 && read > 0)
        {
            throw new InvalidObservationException(
                "EmptyColumn", $"Column '{name}' is missing in every row. Leave it out.", column: name);
        }

        if (present < read && _options.MissingValue == MissingValuePolicy.Error)
        {
            throw new InvalidObservationException(
                "MissingValue",
                FormattableString.Invariant($"Column '{name}' is null or NaN in {read - present} of {Counted.Of(read, "row")}."),
                column: name)
            { Remedy = new Remedy("OmitGapsOrColumn") };
        }
    }
}
