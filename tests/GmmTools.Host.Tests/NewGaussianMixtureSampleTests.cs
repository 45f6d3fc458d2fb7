using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class NewGaussianMixtureSampleTests : HostTest, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gmmtools-sample-");
    private readonly string _file;

    public NewGaussianMixtureSampleTests(ModuleSession session)
        : base(session)
    {
        _file = Path.Combine(_folder.FullName, "sample.csv");
    }

    public void Dispose() => _folder.Delete(true);

    private const string Mixture = "$m = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(0, 0), @(50, 50) -Covariance @(1, 0, 0, 1), @(4, 0, 0, 4);";

    [Fact]
    public void Rows_stream_with_the_columns_of_the_mixture()
    {
        IReadOnlyList<PSObject> rows = Session.Run(Mixture + "New-GaussianMixtureSample $m 5000 -Seed 1");

        Assert.Equal(5000, rows.Count);
        Assert.All(rows, row => Assert.Equal(["x1", "x2"], Names(row)));
        Assert.InRange(rows.Count(row => ModuleSession.Number(row, "x1") > 25) / 5000.0, 0.27, 0.33);
    }

    [Fact]
    public void Columns_can_be_named_and_the_component_added()
    {
        IReadOnlyList<PSObject> rows = Session.Run(Mixture + "$m | New-GaussianMixtureSample -Count 100 -Seed 1 -Property a, b -IncludeComponent");

        Assert.All(rows, row =>
        {
            Assert.Equal(["a", "b", "Component"], Names(row));
            Assert.Equal(ModuleSession.Number(row, "a") > 25 ? 2 : 1, ModuleSession.Value(row, "Component"));
        });
    }

    [Fact]
    public void A_matrix_holds_the_same_numbers()
    {
        double[,] matrix = (double[,])Session.RunOne(Mixture + "New-GaussianMixtureSample $m 5000 -Seed 1 -AsMatrix").BaseObject;
        IReadOnlyList<PSObject> rows = Session.Run(Mixture + "New-GaussianMixtureSample $m 5000 -Seed 1");

        Assert.Equal(5000, matrix.GetLength(0));
        for (int i = 0; i < rows.Count; i++)
        {
            Assert.Equal(matrix[i, 0], ModuleSession.Value(rows[i], "x1"));
            Assert.Equal(matrix[i, 1], ModuleSession.Value(rows[i], "x2"));
        }
    }

    [Fact]
    public void A_matrix_goes_through_a_pipe_whole()
    {
        PSObject fit = Session.RunOne(Mixture + "New-GaussianMixtureSample $m 1000 -Seed 1 -AsMatrix | Invoke-EmFit -ComponentCount 2");

        Assert.Equal(1000L, ModuleSession.Value(fit, "RowCount"));
    }

    [Fact]
    public void Without_a_seed_rows_differ_and_verbose_tells_the_seed()
    {
        using PowerShell shell = Session.Create(Mixture + "New-GaussianMixtureSample $m 1 -Verbose; New-GaussianMixtureSample $m 1 -Verbose");
        PSObject[] rows = [.. shell.Invoke()];

        Assert.Equal(2, shell.Streams.Verbose.Count);
        Assert.NotEqual(ModuleSession.Value(rows[0], "x1"), ModuleSession.Value(rows[1], "x1"));
    }

    [Fact]
    public void A_fit_can_be_sampled()
    {
        PSObject row = Session.RunOne("param($f) $f | New-GaussianMixtureSample -Count 1 -Seed 3", ("f", FitFaithful()));

        Assert.Equal(["eruptions", "waiting"], Names(row));
    }

    [Fact]
    public void A_file_holds_the_same_rows()
    {
        Session.Run($"{Mixture} New-GaussianMixtureSample $m 5000 -Seed 1 -Path '{_file}'");
        PSObject fromFile = Session.RunOne("param($path) Invoke-EmFit -Path $path -ComponentCount 2", ("path", _file));
        PSObject fromRows = Session.RunOne(Mixture + "New-GaussianMixtureSample $m 5000 -Seed 1 | Invoke-EmFit -ComponentCount 2");

        Assert.Equal(ModuleSession.Value(fromRows, "LogLikelihood"), ModuleSession.Value(fromFile, "LogLikelihood"));
        Assert.Equal("x1,x2", File.ReadLines(_file).First());
        Assert.Equal(5001, File.ReadLines(_file).Count());
    }

    [Fact]
    public void Existing_files_are_kept_when_asked()
    {
        File.WriteAllText(_file, "old");
        Session.Run($"{Mixture} New-GaussianMixtureSample $m 5 -Seed 1 -Path '{_file}' -WhatIf");
        Assert.Equal("old", File.ReadAllText(_file));
        Session.AssertFails("FileExists", ["-NoClobber"], $"{Mixture} New-GaussianMixtureSample $m 5 -Seed 1 -Path '{_file}' -NoClobber");
        File.SetAttributes(_file, FileAttributes.ReadOnly);
        Session.AssertFails("FileReadOnly", ["-Force"], $"{Mixture} New-GaussianMixtureSample $m 5 -Seed 1 -Path '{_file}'");
        Assert.Equal("old", File.ReadAllText(_file));
        Session.Run($"{Mixture} New-GaussianMixtureSample $m 5 -Seed 1 -Path '{_file}' -Force -IncludeComponent");
        Assert.Equal("x1,x2,Component", File.ReadLines(_file).First());
    }

    [Fact]
    public void Parquet_is_written_and_read_by_the_fast_engine()
    {
        string file = Path.Combine(_folder.FullName, "sample.parquet");
        string script = $"{Mixture} New-GaussianMixtureSample $m 5000 -Seed 1 -Path '{file}' -IncludeComponent";
        if (ModuleFiles.Engine != "net10.0")
        {
            Session.AssertFails("ParquetNotSupported", ["PowerShell 7.6", "CSV"], script);
            File.WriteAllText(file, "PAR1");
            Session.AssertFails("ParquetNotSupported", ["PowerShell 7.6", "CSV"], $"Invoke-EmFit -Path '{file}' -ComponentCount 2");
            return;
        }

        Session.Run(script);
        PSObject fit = Session.RunOne($"Invoke-EmFit -Path '{file}' -ExcludeProperty comp* -ComponentCount 2");
        PSObject fromRows = Session.RunOne(Mixture + "New-GaussianMixtureSample $m 5000 -Seed 1 | Invoke-EmFit -ComponentCount 2");
        Assert.Equal(ModuleSession.Value(fromRows, "LogLikelihood"), ModuleSession.Value(fit, "LogLikelihood"));
    }

    [Fact]
    public void Nothing_is_left_of_a_file_when_the_writing_is_stopped()
    {
        using ModuleSession other = new();
        using PowerShell shell = other.Create($"{Mixture} New-GaussianMixtureSample $m 2000000000 -Seed 1 -Path '{_file}'");
        IAsyncResult run = shell.BeginInvoke();
        while (!run.IsCompleted && _folder.GetFiles().Length == 0)
        {
            Thread.Sleep(20);
        }

        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(_folder.GetFiles());
    }

    [Theory]
    [InlineData("NoModel", "New-GaussianMixture", "New-GaussianMixtureSample -Model $nothing -Count 1")]
    [InlineData("NoModel", "New-GaussianMixture", "$nothing | New-GaussianMixtureSample -Count 1")]
    [InlineData("NoModel", "New-GaussianMixture", "New-GaussianMixtureSample -Model @() -Count 1")]
    [InlineData("NotAModel", "System.String", "New-GaussianMixtureSample -Model 'm' -Count 1")]
    [InlineData("SeveralModels", "Choose one", Mixture + "New-GaussianMixtureSample -Model @($m, $m) -Count 1")]
    [InlineData("PropertyCountMismatch", "2 columns", Mixture + "New-GaussianMixtureSample $m 1 -Property a")]
    [InlineData("ColumnNameClash", "-Property", Mixture + "New-GaussianMixtureSample $m 1 -Property a, Component -IncludeComponent")]
    public void Wrong_calls_are_named(string errorId, string part, string script) => Session.AssertFails(errorId, [part], script);

    [Fact]
    public void The_error_names_the_command()
    {
        ErrorRecord error = Session.Fail("New-GaussianMixtureSample -Model $null -Count 1");

        Assert.Equal("NoModel,GmmTools.Commands.NewGaussianMixtureSampleCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }
}
