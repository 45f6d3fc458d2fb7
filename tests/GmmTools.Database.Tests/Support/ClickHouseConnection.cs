using System;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Net.Http;

namespace GmmTools.Database.Tests.Support;

/// <summary>As much of a driver of ClickHouse as the tests need, over its HTTP interface: no driver speaks to servers as old as Debian's.</summary>
internal sealed class ClickHouseConnection(string address) : DbConnection
{
    private static readonly HttpClient Client = new();

    [AllowNull]
    public override string ConnectionString { get; set; } = string.Empty;

    public override string Database => "default";

    public override string DataSource => address;

    public override string ServerVersion => string.Empty;

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
    }

    public override void Open()
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => throw new NotSupportedException();

    protected override DbCommand CreateDbCommand() => new Command(this);

    private string Send(string text)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent(text) };
        using HttpResponseMessage response = Client.Send(request);
        using System.IO.StreamReader reader = new(response.Content.ReadAsStream());
        string answer = reader.ReadToEnd();
        return response.IsSuccessStatusCode ? answer : throw new InvalidOperationException(answer);
    }

    private sealed class Command(ClickHouseConnection connection) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get; set; } = string.Empty;

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; } = connection;

        protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel()
        {
        }

        public override int ExecuteNonQuery() => connection.Send(CommandText).Length;

        public override object ExecuteScalar() => throw new NotSupportedException();

        public override void Prepare()
        {
        }

        protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
        {
            string[][] lines = [.. connection.Send(CommandText + " FORMAT TabSeparatedWithNamesAndTypes").TrimEnd('\n').Split('\n').Select(line => line.Split('\t'))];
            DataTable table = new() { Locale = CultureInfo.InvariantCulture };
            for (int i = 0; i < lines[0].Length; i++)
            {
                table.Columns.Add(table.Columns.Contains(lines[0][i]) ? FormattableString.Invariant($"c{i}") : lines[0][i], lines[1][i].Contains("String", StringComparison.Ordinal) ? typeof(string) : typeof(double));
            }

            foreach (string[] line in lines.Skip(2))
            {
                table.Rows.Add([.. line.Select((cell, i) => Parse(cell, table.Columns[i].DataType))]);
            }

            return table.CreateDataReader();
        }

        private static object Parse(string cell, Type type) => cell switch
        {
            "\\N" => DBNull.Value,
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => type == typeof(string) ? cell : double.Parse(cell, CultureInfo.InvariantCulture),
        };
    }
}
