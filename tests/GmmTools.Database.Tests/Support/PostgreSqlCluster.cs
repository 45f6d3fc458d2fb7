using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;

namespace GmmTools.Database.Tests.Support;

/// <summary>A table that is spread over servers of PostgreSQL: a coordinator whose partitions are tables of two others.</summary>
public sealed class PostgreSqlCluster : IDisposable
{
    private readonly Lazy<PostgreSqlServer[]> _servers = new(Start);

    /// <summary>The servers with the rows.</summary>
    internal PostgreSqlServer[] Shards => _servers.Value[1..];

    /// <summary>A connection to the coordinator.</summary>
    internal NpgsqlConnection Connect() => _servers.Value[0].Connect();

    /// <summary>Makes the table rows_ anew, over all shards or over fewer.</summary>
    internal void Fill(double[,] rows, int shardCount = 2)
    {
        string[] columns = [.. Enumerable.Range(1, rows.GetLength(1)).Select(j => string.Create(CultureInfo.InvariantCulture, $"x{j} DOUBLE PRECISION"))];
        string definition = "id INTEGER, " + string.Join(", ", columns);
        using NpgsqlConnection coordinator = Connect();
        Sql.Execute(coordinator, $"DROP TABLE IF EXISTS rows_; CREATE TABLE rows_ ({definition}) PARTITION BY HASH (id)");
        for (int shard = 0; shard < shardCount; shard++)
        {
            using NpgsqlConnection connection = Shards[shard].Connect();
            Sql.Execute(connection, $"DROP TABLE IF EXISTS part_; CREATE TABLE part_ ({definition})");
            Sql.Execute(coordinator, string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE FOREIGN TABLE rows_{shard + 1} PARTITION OF rows_ FOR VALUES WITH (MODULUS {shardCount}, REMAINDER {shard}) SERVER shard{shard + 1} OPTIONS (table_name 'part_')"));
        }

        for (int shard = 0; shard < shardCount; shard++)
        {
            using NpgsqlConnection connection = Shards[shard].Connect();
            using NpgsqlBinaryImporter importer = connection.BeginBinaryImport("COPY part_ FROM STDIN (FORMAT BINARY)");
            for (int i = shard; i < rows.GetLength(0); i += shardCount)
            {
                importer.StartRow();
                importer.Write(i);
                for (int j = 0; j < rows.GetLength(1); j++)
                {
                    importer.Write(rows[i, j]);
                }
            }

            importer.Complete();
        }
    }

    public void Dispose()
    {
        if (_servers.IsValueCreated)
        {
            Array.ForEach(_servers.Value, server => server.Dispose());
        }
    }

    private static PostgreSqlServer[] Start()
    {
        PostgreSqlServer[] servers = new PostgreSqlServer[3];
        Parallel.For(0, servers.Length, i => servers[i] = new PostgreSqlServer());
        using NpgsqlConnection coordinator = servers[0].Connect();
        Sql.Execute(coordinator, "CREATE EXTENSION postgres_fdw");
        for (int shard = 1; shard < servers.Length; shard++)
        {
            Sql.Execute(coordinator, string.Create(
                CultureInfo.InvariantCulture,
                $"CREATE SERVER shard{shard} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{servers[shard].Host}', dbname 'postgres', async_capable 'true', options '-c jit=off'); CREATE USER MAPPING FOR postgres SERVER shard{shard} OPTIONS (user 'postgres')"));
        }

        return servers;
    }
}
