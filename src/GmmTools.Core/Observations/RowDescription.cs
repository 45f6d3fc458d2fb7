using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>What tells rows from others: columns, counts, and a check sum of each column in the order of the rows.</summary>
internal static class RowDescription
{
    /// <summary>Rows between looks at the token.</summary>
    private const int RowsPerCheck = 4096;

    /// <param name="observations">What the rows are.</param>
    /// <param name="rows">The rows with their weights, in order.</param>
    /// <param name="labels">What is known of their components, in order; nothing where none is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        IObservations observations, IEnumerable<(double[] Row, double Weight)> rows, IEnumerable<int> labels, CancellationToken cancellationToken)
    {
        NumberHash[] columns = new NumberHash[observations.Property.Count];
        NumberHash weights = default;
        long count = 0;
        foreach ((double[] row, double weight) in rows)
        {
            if (count++ % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            for (int j = 0; j < columns.Length; j++)
            {
                columns[j].Add(row[j]);
            }

            weights.Add(weight);
        }

        return
        [
            new("the columns", string.Join(", ", observations.Property)),
            new("the number of rows", observations.Count.ToString(CultureInfo.InvariantCulture)),
            .. observations.Property.Select((name, j) =>
                new KeyValuePair<string, string>($"column '{name}'", columns[j].ToString())),
            new("the weights of the rows", weights.ToString()),
            .. Describe(labels),
        ];
    }

    private static IEnumerable<KeyValuePair<string, string>> Describe(IEnumerable<int> labels)
    {
        NumberHash hash = default;
        bool any = false;
        foreach (int label in labels)
        {
            hash.Add(label);
            any = true;
        }

        return any ? [new("the labels of the rows", hash.ToString())] : [];
    }
}
