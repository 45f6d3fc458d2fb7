using System.Collections.Generic;
using System.Data.Common;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Connectors.Databases;

/// <summary>The E-step by aggregate queries; the engine plans, distributes and spills as it always does.</summary>
internal sealed class DatabaseExpectationStep : IExpectationStep
{
    private readonly DatabaseObservations _observations;

    public DatabaseExpectationStep(DatabaseObservations observations)
    {
        _observations = observations;
    }

    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        StatisticsSql sql = _observations.CreateSql(mixture);
        IReadOnlyList<string> queries = sql.ToQueries();
        DatabaseSession session = _observations.Session;
        List<double> sums = new(sql.SumCount);
        session.Run(
            () =>
            {
                sums.Clear();
                foreach (string query in queries)
                {
                    session.Read(query, reader => Add(reader, sums), cancellationToken);
                }

                return sums;
            },
            cancellationToken);
        sql.Decode(sums, statistics);
        _observations.Notice(statistics.TotalWeight);
    }

    public void Dispose()
    {
        // the connection belongs to the observations
    }

    private static void Add(DbDataReader reader, List<double> sums)
    {
        for (int column = 0; column < reader.FieldCount; column++)
        {
            sums.Add(DatabaseSession.Number(reader, column));
        }
    }
}
