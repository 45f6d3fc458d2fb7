using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Views;

namespace GmmTools.Connectors.Databases;

/// <summary>The E-step by aggregate queries; the engine plans, distributes and spills as it always does. Parts of a table on several servers
/// are summed there, side by side, and added here in their order.</summary>
internal sealed class DatabaseExpectationStep : IExpectationStep
{
    private readonly DatabaseObservations _observations;

    public DatabaseExpectationStep(DatabaseObservations observations)
    {
        _observations = observations;
    }

    /// <summary>The queries of an iteration. Each gives the sums of one part, or of all, a row each, with the number of the part.</summary>
    public static IReadOnlyList<string> ToQueries(IReadOnlyList<StatisticsSql> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0].ToQueries();
        }

        IReadOnlyList<string>[] queries = [.. parts.Select((part, number) => part.ToQueries(number.ToString(CultureInfo.InvariantCulture) + ","))];
        return [.. queries[0].Select((_, i) => string.Join(" UNION ALL ", queries.Select(ofPart => $"({ofPart[i]})")))];
    }

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        FurtherSums further = statistics.Further | mixture.Terms.Link.FurtherSums;
        if ((further & ~(FurtherSums.BackgroundWeight | FurtherSums.MomentWeights)) != FurtherSums.None)
        {
            throw new InvalidOperationException($"The queries do not compute sums of {further}: such a model cannot be fitted to rows that stay in a database.");
        }

        IReadOnlyList<StatisticsSql> parts = _observations.CreateSql(mixture);
        IReadOnlyList<string> queries = ToQueries(parts);
        DatabaseSession session = _observations.Session;
        List<double>[] sums = [.. parts.Select(part => new List<double>(part.SumCount))];
        session.Run(
            () =>
            {
                Array.ForEach(sums, part => part.Clear());
                foreach (string query in queries)
                {
                    session.Read(query, reader => Add(reader, sums), cancellationToken);
                }

                return sums;
            },
            cancellationToken);
        SufficientStatistics Room() => new(statistics.ComponentCount, statistics.Dimension, statistics.Shape, further);

        // who only wants to know the log-likelihood has no room for all sums
        SufficientStatistics whole = further == statistics.Further ? statistics : Room();
        CombinedExpectationStep.Sum(parts.Count, (number, part) => parts[number].Decode(sums[number], part), whole, Room());
        if (whole != statistics)
        {
            statistics.Clear(mixture.Means);
            statistics.Add(whole);
        }

        _observations.Notice(statistics.TotalWeight);
    }

    public void Dispose()
    {
        // the connection belongs to the observations
    }

    private static void Add(DbDataReader reader, List<double>[] sums)
    {
        int first = sums.Length == 1 ? 0 : 1;
        List<double> part = sums[first == 0 ? 0 : (int)DatabaseSession.Number(reader, 0)];
        for (int column = first; column < reader.FieldCount; column++)
        {
            part.Add(DatabaseSession.Number(reader, column));
        }
    }
}
