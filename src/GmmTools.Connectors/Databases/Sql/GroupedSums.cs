using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>Sums that are taken by component, each expression once for all of them, and then told apart: one row has them all, in any order.</summary>
internal sealed class GroupedSums
{
    private readonly string _key;
    private readonly string _zero;
    private readonly List<string> _expressions = [];

    /// <param name="key">The column of the components.</param>
    /// <param name="zero">0.</param>
    public GroupedSums(string key, string zero)
    {
        _key = key;
        _zero = zero;
    }

    /// <summary>The sum over all components.</summary>
    public string OfAll(string expression) => Name(expression);

    /// <summary>The sum of one component, from 0.</summary>
    public string Of(string expression, int k) =>
        $"CASE WHEN {_key}={k.ToString(CultureInfo.InvariantCulture)} THEN {Name(expression)} ELSE {_zero} END";

    /// <summary>What follows FROM, where such sums can be taken.</summary>
    /// <param name="source">What follows FROM where the expressions can be taken.</param>
    public string ToSource(string source) =>
        $"(SELECT {_key},{string.Join(",", _expressions.Select(expression => $"SUM({expression}) AS {Name(expression)}"))} FROM {source} GROUP BY {_key}) AS b2";

    private string Name(string expression)
    {
        int place = _expressions.IndexOf(expression);
        if (place < 0)
        {
            place = _expressions.Count;
            _expressions.Add(expression);
        }

        return "b" + place.ToString(CultureInfo.InvariantCulture);
    }
}
