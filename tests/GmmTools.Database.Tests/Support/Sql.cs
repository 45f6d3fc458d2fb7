using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Text;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Database.Tests.Support;

/// <summary>Statements against a connection, as tests need them.</summary>
internal static class Sql
{
    private const int RowsPerStatement = 500;

    public static void Execute(DbConnection connection, string statement)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>All rows; null for NULL.</summary>
    public static List<object?[]> Query(DbConnection connection, string query)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = query;
        using DbDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        }

        return rows;
    }

    /// <summary>One column of numbers; NaN for NULL.</summary>
    public static double[] Numbers(DbConnection connection, string query) =>
        [.. Query(connection, query).Select(row => row[0] is null ? double.NaN : Convert.ToDouble(row[0], CultureInfo.InvariantCulture))];

    /// <summary>Makes a table anew, with a column id that numbers the rows, and fills it; NaN becomes NULL.</summary>
    public static void CreateTable(
        DbConnection connection, SqlDialect dialect, string table, IReadOnlyList<string> columns, double[,] rows, double[]? weights = null)
    {
        string name = dialect.QuoteTable(table);
        string[] all = weights is null ? [.. columns] : [.. columns, "w"];
        Execute(connection, $"DROP TABLE IF EXISTS {name}");
        Execute(connection, $"CREATE TABLE {name} (id INTEGER, {string.Join(",", all.Select(column => $"{dialect.Quote(column)} {dialect.DoubleType}"))})");
        for (int first = 0; first < rows.GetLength(0); first += RowsPerStatement)
        {
            StringBuilder statement = new($"INSERT INTO {name} VALUES ");
            for (int i = first; i < Math.Min(first + RowsPerStatement, rows.GetLength(0)); i++)
            {
                IEnumerable<double> cells = Enumerable.Range(0, columns.Count).Select(j => rows[i, j]);
                cells = weights is null ? cells : cells.Append(weights[i]);
                statement.Append(i == first ? "" : ",").Append(CultureInfo.InvariantCulture, $"({i},").Append(
                    string.Join(",", cells.Select(cell => double.IsNaN(cell) ? "NULL" : dialect.Number(cell)))).Append(')');
            }

            Execute(connection, statement.ToString());
        }
    }
}
