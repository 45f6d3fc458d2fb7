using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Databases.Sql;

/// <content>Components that belong together, such as those of a class.</content>
public sealed partial class MixtureSql
{
    private string LargestGroup => _prefix + "q";

    /// <summary>The name of the most probable group of components, the first of those that are equally probable.</summary>
    /// <param name="groups">For each group its components, from 0.</param>
    /// <param name="names">Names of the groups.</param>
    internal string Group(IReadOnlyList<int[]> groups, IReadOnlyList<string> names) => Checked(_dialect.Evaluate(
        WithGroups(groups),
        $"CASE {string.Concat(names.Select((name, c) => $"WHEN {GroupShare(c)}={LargestGroup} THEN {_dialect.Text(name)} "))}END"));

    /// <summary>The probability of the most probable group.</summary>
    internal string GroupProbability(IReadOnlyList<int[]> groups) => Checked(_dialect.Evaluate(WithGroups(groups), $"{LargestGroup}/{DensitySum}"));

    /// <summary>The probability of a group.</summary>
    internal string GroupProbability(IReadOnlyList<int[]> groups, int group) => Checked(_dialect.Evaluate(WithGroups(groups), $"{GroupShare(group)}/{DensitySum}"));

    /// <summary>Layers of which the last has the share of each group, the largest of these and their sum.</summary>
    private List<SqlLayer> WithGroups(IReadOnlyList<int[]> groups)
    {
        List<SqlLayer> layers = WithLargest();
        SqlLayer shares = new();
        for (int c = 0; c < groups.Count; c++)
        {
            string[] own = [.. groups[c].Where(k => _terms.Shares[k] > 0).Select(Share)];
            shares.Add(GroupShare(c), _dialect.Sum(own));
        }

        string[] all = [.. Enumerable.Range(0, groups.Count).Select(GroupShare)];
        layers.Add(shares);
        layers.Add(new SqlLayer().Keep(all).Add(LargestGroup, _dialect.Greatest(all)).Add(DensitySum, _dialect.Sum(all)));
        return layers;
    }

    private string GroupShare(int group) => Name("p", group);
}
