using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>Expressions with names of their own, for the layer above.</summary>
internal sealed class SqlLayer
{
    private readonly List<KeyValuePair<string, string>> _columns = [];

    public IReadOnlyList<KeyValuePair<string, string>> Columns => _columns;

    public SqlLayer Add(string name, string expression)
    {
        _columns.Add(new KeyValuePair<string, string>(name, expression));
        return this;
    }

    /// <summary>Hands names of the layer below on.</summary>
    public SqlLayer Keep(IEnumerable<string> names)
    {
        _columns.AddRange(names.Select(name => new KeyValuePair<string, string>(name, name)));
        return this;
    }

    public void AddAll(SqlLayer other) => _columns.AddRange(other._columns);

    public string ToColumns() =>
        string.Join(",", _columns.Select(column => column.Key == column.Value ? column.Key : $"{column.Value} AS {column.Key}"));
}
