using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Export-GaussianMixture and Import-GaussianMixture.</summary>
public sealed class ExportGaussianMixtureTests : HostTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gmm-export-").FullName;
    private readonly string _file;

    public ExportGaussianMixtureTests(ModuleSession session)
        : base(session)
    {
        _file = Path.Combine(_folder, "model.json");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("$rows | Invoke-EmFit -ComponentCount 2", "GmmTools.Estimation.EmFit")]
    [InlineData("New-GaussianMixture -Random -ComponentCount 500 -Dimension 1 -Seed 1", "GmmTools.Mixtures.GaussianMixture")]
    [InlineData("New-GaussianMixture -Weight 1 -Mean 1e200 -Covariance 1e-200", "GmmTools.Mixtures.GaussianMixture")]
    [InlineData("New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0.5, 0.5, 1", "GmmTools.Mixtures.GaussianMixture")]
    public void A_model_goes_into_a_file_and_back(string make, string type)
    {
        PSObject model = Session.RunOne("param($rows) " + make, ("rows", Faithful));
        Assert.Empty(Session.Run("param($m, $file) $m | Export-GaussianMixture -Path $file", ("m", model), ("file", _file)));
        PSObject copy = Session.RunOne("param($file) Import-GaussianMixture $file", ("file", _file));
        Assert.Equal(type, copy.TypeNames[0]);
        AssertSameMixture(model, copy);
    }

    [Fact]
    public void A_saved_fit_is_as_good_as_the_fit()
    {
        PSObject fit = FitFaithful();
        Session.Run("param($m, $file) Export-GaussianMixture $m $file", ("m", fit), ("file", _file));
        PSObject copy = Session.RunOne("param($file) Import-GaussianMixture -LiteralPath $file", ("file", _file));
        foreach (string property in (string[])["LogLikelihood", "Bic", "Icl", "RowCount", "IterationCount", "StopReason", "BestStartCount", "ReadRowCount"])
        {
            Assert.Equal(ModuleSession.Value(fit, property), ModuleSession.Value(copy, property));
        }

        Assert.Equal(
            ModuleSession.Value(Session.RunOne("param($rows, $m) $rows | Measure-MixtureLikelihood $m", ("rows", Faithful), ("m", fit)), "LogLikelihood"),
            ModuleSession.Value(Session.RunOne("param($rows, $m) $rows | Measure-MixtureLikelihood $m", ("rows", Faithful), ("m", copy)), "LogLikelihood"));
    }

    [Fact]
    public void A_copy_of_a_job_is_saved_as_its_mixture()
    {
        PSObject fit = FitFaithful();
        Session.Run(
            "param($x, $file) [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($x)) | Export-GaussianMixture -Path $file",
            ("x", fit),
            ("file", _file));
        AssertSameMixture(fit, Session.RunOne("param($file) Import-GaussianMixture $file", ("file", _file)));
    }

    [Fact]
    public void PassThru_gives_the_model_on_and_WhatIf_writes_nothing()
    {
        PSObject fit = FitFaithful();
        Assert.Empty(Session.Run("param($m, $file) Export-GaussianMixture $m $file -PassThru -WhatIf", ("m", fit), ("file", _file)));
        Assert.False(File.Exists(_file));
        PSObject passed = Session.RunOne("param($m, $file) Export-GaussianMixture $m $file -PassThru", ("m", fit), ("file", _file));
        Assert.Same(fit.BaseObject, passed.BaseObject);
    }

    [Fact]
    public void Existing_files_are_replaced_unless_that_is_refused()
    {
        PSObject fit = FitFaithful();
        File.WriteAllText(_file, "before");
        Assert.StartsWith("FileExists", Fails("Export-GaussianMixture $m $file -NoClobber", fit), StringComparison.Ordinal);
        File.SetAttributes(_file, FileAttributes.ReadOnly);
        Assert.StartsWith("FileReadOnly", Fails("Export-GaussianMixture $m $file", fit), StringComparison.Ordinal);
        Assert.Equal("before", File.ReadAllText(_file));
        Session.Run("param($m, $file) Export-GaussianMixture $m $file -Force", ("m", fit), ("file", _file));
        Assert.StartsWith("{", File.ReadAllText(_file), StringComparison.Ordinal);
        Assert.Equal([_file], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Several_models_do_not_go_into_one_file()
    {
        PSObject fit = FitFaithful();
        Assert.StartsWith("SeveralModels", Fails("$m, $m | Export-GaussianMixture -Path $file", fit), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_are_read_in_order()
    {
        for (int k = 1; k <= 3; k++)
        {
            Session.Run(
                "param($k, $file) New-GaussianMixture -Random -ComponentCount $k -Dimension 1 -Seed 1 | Export-GaussianMixture -Path $file",
                ("k", k),
                ("file", Path.Combine(_folder, $"m{k}.json")));
        }

        Assert.Equal(
            [1, 2, 3],
            Session.Run("param($files) Import-GaussianMixture $files | ForEach-Object ComponentCount", ("files", Path.Combine(_folder, "m*.json"))).Select(x => (int)x.BaseObject));
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_told_with_file_and_place()
    {
        File.WriteAllText(_file, """{"weights":[1],"means":[[0]],"covariances":[[-1]],"covariance_type":"diag"}""");
        ErrorRecord error = Session.Fail("param($file) Import-GaussianMixture $file", ("file", _file));
        Assert.StartsWith("CovarianceNotPositiveDefinite", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(_file, error.ToString(), StringComparison.Ordinal);
        File.WriteAllText(_file, """{"weights":[1],"means":[[0]],"covariances":[[[1]]],"covariance_type":"diag"}""");
        error = Session.Fail("param($file) Import-GaussianMixture $file", ("file", _file));
        Assert.StartsWith("InvalidMixtureFile", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("$.covariances[0][0]", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told() =>
        Assert.Equal(ErrorCategory.ObjectNotFound, Session.Fail("param($file) Import-GaussianMixture $file", ("file", _file)).CategoryInfo.Category);

    [Fact]
    public void A_folder_that_is_not_there_is_told() =>
        Assert.StartsWith("UnwritableFile", Fails("Export-GaussianMixture $m \"$file/none.json\"", FitFaithful()), StringComparison.Ordinal);

    private string Fails(string script, PSObject model) =>
        Session.Fail("param($m, $file) " + script, ("m", model), ("file", _file)).FullyQualifiedErrorId;
}
