using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// A row for each row and each component that it may belong to, whose sums are taken by component: the same few expressions serve all of them, and
/// components that have no share in a row cost it nothing. For engines that make rows of lists, and components that need no coordinates of their own.
/// </summary>
internal sealed class UnnestedResponsibilitySql : IResponsibilitySql
{
    /// <summary>Responsibilities below this are left out: those of a billion rows together are less than rounding makes of one.</summary>
    private const double SmallestShare = 1e-30;

    private readonly SqlDialect _dialect;
    private readonly ResponsibilitySql _rows;
    private readonly LogTerms _terms;
    private readonly bool _isWeighted;
    private readonly bool _weighsRows;

    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="isWeighted">Whether rows have weights.</param>
    public UnnestedResponsibilitySql(SqlDialect dialect, ResponsibilitySql rows, LogTerms terms, bool isWeighted)
    {
        _dialect = dialect;
        _rows = rows;
        _terms = terms;
        _isWeighted = isWeighted;
        _weighsRows = StudentSql.WeighsRows(terms);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Present => _rows.Present;

    /// <inheritdoc/>
    public bool SharesProducts => true;

    /// <summary>The weight, with the component that stands for the row, else 0.</summary>
    public string Weight => OfRow(_isWeighted ? _rows.Weight : _dialect.Number(1));

    /// <inheritdoc/>
    public string LogTerm => OfRow(_rows.LogTerm);

    /// <inheritdoc/>
    public bool GivesEntropy => false;

    /// <inheritdoc/>
    public string? NoiseResponsibility => _rows.NoiseResponsibility is string noise ? OfRow(noise) : null;

    /// <inheritdoc/>
    public string? GroupKey => _rows.Name("k");

    /// <inheritdoc/>
    public double Mean(int k, int j) => _rows.Mean(k, j);

    /// <inheritdoc/>
    public bool IsFar(int k) => false;

    /// <inheritdoc/>
    public string Responsibility(int k) => _rows.Name("g");

    /// <inheritdoc/>
    public string MomentWeight(int k) => _weighsRows ? _rows.Name("f") : Responsibility(k);

    /// <inheritdoc/>
    public string? Logarithm(int k) => _weighsRows ? _rows.Name("q") : null;

    /// <inheritdoc/>
    public string Coordinate(int k, int j) => _rows.Coordinate(k, j);

    /// <inheritdoc/>
    public string Product(int i, int j) => $"{Coordinate(0, i)}*{Coordinate(0, j)}";

    /// <inheritdoc/>
    public string ToSource()
    {
        SqlLayer lists = new SqlLayer()
            .Keep(Enumerable.Range(0, _terms.Dimension).Select(j => Coordinate(0, j)))
            .Keep([_rows.LogTerm, .. _isWeighted ? (string[])[_rows.Weight] : [], .. _rows.NoiseResponsibility is string noise ? (string[])[noise] : []])
            .Add(GroupKey!, Rows(Number))
            .Add(Responsibility(0), Rows(_rows.Responsibility));
        if (_weighsRows)
        {
            lists.Add(MomentWeight(0), Rows(_rows.MomentWeight)).Add(Logarithm(0)!, Rows(k => _rows.Logarithm(k)!));
        }

        string smallest = (_isWeighted ? _rows.Weight + "*" : string.Empty) + _dialect.Number(SmallestShare);
        return $"(SELECT {lists.ToColumns()} FROM {_rows.ToSource()}) AS b1 WHERE {Responsibility(0)}>{smallest} OR {GroupKey}={Number(Present[0])}";
    }

    /// <summary>A list of one element for each component, as rows.</summary>
    private string Rows(Func<int, string> element) => _dialect.Unnest(_dialect.List([.. Present.Select(element)]))!;

    private string OfRow(string expression) => $"CASE WHEN {GroupKey}={Number(Present[0])} THEN {expression} ELSE {_dialect.Number(0)} END";

    private static string Number(int k) => k.ToString(CultureInfo.InvariantCulture);
}
