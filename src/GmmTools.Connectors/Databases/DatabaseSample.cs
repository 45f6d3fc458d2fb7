using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Databases;

/// <summary>
/// A random sample of rows, or all of them where they are few. Each row is drawn by a number in [0, 1) that the engine gives it: where it
/// can, from the row's place and the seed, so that the same rows come again; else from its generator.
/// </summary>
internal sealed class DatabaseSample
{
    /// <summary>The number of rows drawn varies; standard deviations by which more are asked for than are wanted.</summary>
    private const double Reserve = 4;

    private readonly DatabaseSession _session;
    private readonly SqlDialect _dialect;
    private readonly RowsSource _source;
    private readonly DatabaseObservations _observations;

    public DatabaseSample(DatabaseSession session, SqlDialect dialect, RowsSource source, DatabaseObservations observations)
    {
        _session = session;
        _dialect = dialect;
        _source = source;
        _observations = observations;
    }

    public InMemoryObservations Draw(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        bool weighted = _source.Weight is not null;
        List<double[]> rows = _observations.Count <= maximumCount
            ? Fetch(_source.FromRows, cancellationToken)
            : FetchSome(maximumCount, seed, cancellationToken);
        ObservationsBuilder builder = new(_observations.Property, weighted);
        RowSampler sampler = new(rows.Count, rows.Count, maximumCount, false, new SplitMix64(seed));
        double[] values = new double[_observations.Property.Count];
        double fraction = Fraction(maximumCount);
        foreach (double[] row in rows)
        {
            if (sampler.Take(1) > 0)
            {
                Array.Copy(row, values, values.Length);
                builder.Add(values, weighted ? SampledWeight(row[values.Length], fraction) : 1);
            }
        }

        return builder.Build();
    }

    /// <summary>All rows, kept as they come.</summary>
    /// <param name="storage">Where they are kept; null for memory.</param>
    /// <param name="count">Told how many have come so far; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public IObservations FetchAll(RowStorage? storage, Action<long>? count, CancellationToken cancellationToken)
    {
        int dimension = _observations.Property.Count;
        bool weighted = _source.Weight is not null;
        string query = ToQuery(_source.FromRows);
        bool again = false;
        RowCollector collector = _session.Run(
            () =>
            {
                // where a query failed midway, all its rows come again
                RowCollector rows = new(_observations.Property, weighted, MissingValuePolicy.Error, again ? storage?.Beside() : storage);
                again = true;
                _session.Read(query, Keep, cancellationToken);
                return rows;

                void Keep(DbDataReader reader)
                {
                    double[] row = [.. Enumerable.Range(0, dimension).Select(j => reader.IsDBNull(j) ? double.NaN : DatabaseSession.Number(reader, j))];
                    rows.Add(row, weighted ? DatabaseSession.Number(reader, dimension) : 1);
                    count?.Invoke(rows.ReadCount);
                }
            },
            cancellationToken);
        return collector.Build();
    }

    /// <summary>A row was drawn in proportion to its weight, and stands for those that were not.</summary>
    private double SampledWeight(double weight, double fraction) => fraction >= 1 ? weight : weight / Math.Min(1, weight * fraction * MeanShare);

    /// <summary>Makes the mean of the weights 1.</summary>
    private double MeanShare => _observations.Count / _observations.TotalWeight;

    private double Fraction(int maximumCount) => _observations.Count <= maximumCount
        ? 1
        : Math.Min(1, (maximumCount + (Reserve * Math.Sqrt(maximumCount))) / _observations.Count);

    private List<double[]> FetchSome(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        double fraction = Fraction(maximumCount);
        string limit = _dialect.Number(fraction);
        limit = _source.Weight is null ? limit : $"{_source.WeightValue}*{_dialect.Number(fraction * MeanShare)}";
        string? byPlace = _source.IsTable ? _dialect.UniformByPlace(seed) : null;
        if (byPlace is not null)
        {
            try
            {
                return Fetch(_source.FromRowsThat($"{byPlace}<{limit}"), cancellationToken);
            }
            catch (DatabaseException)
            {
                // views and some tables have no places; what else is wrong will be told by the next query
            }
        }

        return Fetch(
            _dialect.Uniform(seed) is string uniform ? _source.FromRowsThat($"{uniform}<{limit}") : _source.FromRowsOf(_source.From + _dialect.SampleClause(fraction, seed)),
            cancellationToken,
            _dialect.SeedStatement(seed));
    }

    private List<double[]> Fetch(string from, CancellationToken cancellationToken, string? before = null)
    {
        string query = ToQuery(from);
        List<double[]> rows = [];
        _session.Run(
            () =>
            {
                rows.Clear();
                if (before is not null)
                {
                    _session.Execute(before);
                }

                _session.Read(query, reader => rows.Add(Row(reader)), cancellationToken);
                return rows;
            },
            cancellationToken);
        return rows;
    }

    private string ToQuery(string from)
    {
        string[] columns = [.. Enumerable.Range(0, _observations.Property.Count).Select(_source.Value), .. _source.Weight is null ? (string[])[] : [_source.WeightValue!]];
        return $"SELECT {string.Join(",", columns)} FROM {from}";
    }

    private static double[] Row(DbDataReader reader) => [.. Enumerable.Range(0, reader.FieldCount).Select(i => DatabaseSession.Number(reader, i))];
}
