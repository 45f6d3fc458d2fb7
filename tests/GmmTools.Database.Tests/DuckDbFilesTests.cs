using System;
using System.Data.Common;
using System.IO;
using GmmTools.Connectors.Databases;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Files that DuckDB reads itself, larger than the memory that it is given.</summary>
public sealed class DuckDbFilesTests : IDisposable
{
    private const int Rows = 1_100_000;
    private const int Columns = 6;
    private const int MegaBytes = 50;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gmmtools-duckdb");

    public void Dispose() => _folder.Delete(true);

    [Theory]
    [InlineData("parquet", "read_parquet")]
    [InlineData("csv", "read_csv", ", buffer_size=1000000")]
    public void A_lake_is_fitted_in_less_memory_than_its_rows_take(string format, string reader, string options = "")
    {
        string file = Path.Combine(_folder.FullName, "rows." + format);
        using (DbConnection writer = Engines.OpenDuckDb(":memory:"))
        {
            string columns = "random() + 4 * (i % 2) AS x1";
            for (int j = 2; j <= Columns; j++)
            {
                columns += FormattableString.Invariant($", random() AS x{j}");
            }

            Sql.Execute(writer, FormattableString.Invariant($"COPY (SELECT {columns} FROM range({Rows}) r(i)) TO '{file}' (FORMAT {format})"));
        }

        Assert.True(Rows * Columns * sizeof(double) > MegaBytes << 20);
        using DbConnection connection = Engines.OpenDuckDb(":memory:");
        Sql.Execute(connection, FormattableString.Invariant($"SET memory_limit='{MegaBytes}MB'; SET threads=2; SET preserve_insertion_order=false"));
        using DatabaseObservations rows = DatabaseObservations.Open(connection, new DatabaseOptions { Query = $"SELECT * FROM {reader}('{file}'{options})" });
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.VVI, MaxIteration = 3, RestartCount = 2 }).Fit(rows);

        Assert.Equal(Rows, fit.RowCount);
        Assert.Equal(0.5, fit.Mixture.Components[0].Weight, 2);
        Assert.Equal(5.0, fit.Mixture.Components[0].Mean[0] + fit.Mixture.Components[1].Mean[0], 2);
    }
}
