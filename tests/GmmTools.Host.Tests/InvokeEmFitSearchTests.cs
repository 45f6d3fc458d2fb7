using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Several numbers of components and several covariance models in one call.</summary>
public sealed class InvokeEmFitSearchTests(ModuleSession session) : HostTest(session)
{
    private const string FewRows = "param($rows) $rows[0..5] | ";

    [Theory]
    [InlineData("-ComponentCount 2 -CovarianceModel VVV, full, vvv", "VVV,2")]
    [InlineData("-ComponentCount 2, 1, 2 -CovarianceModel eee", "EEE,2 EEE,1")]
    [InlineData("-ComponentCount (1..2) -CovarianceModel Tied, ??I", "EEE,1 EII,1 VII,1 EEI,1 VEI,1 EVI,1 VVI,1 EEE,2 EII,2 VII,2 EEI,2 VEI,2 EVI,2 VVI,2")]
    [InlineData("-ComponentCount 1 -CovarianceModel v*", "VII,1 VEI,1 VVI,1 VEE,1 VVE,1 VEV,1 VVV,1")]
    [InlineData("-ComponentCount 1 -CovarianceModel *", "EII,1 VII,1 EEI,1 VEI,1 EVI,1 VVI,1 EEE,1 VEE,1 EVE,1 VVE,1 EEV,1 VEV,1 EVV,1 VVV,1")]
    [InlineData("-ComponentCount 1, 2 -CovarianceModel * -Property waiting", "EEE,1 VVV,1 EEE,2 VVV,2")]
    [InlineData("-ComponentCount 2 -CovarianceModel V, E, VII -Property waiting", "VVV,2 EEE,2")]
    [InlineData("-ComponentCount 2 -CovarianceModel VII -Property waiting", "VII,2")]
    [InlineData("-ComponentCount 2 -CovarianceModel [EV]EE", "EEE,2 VEE,2")]
    public void Combinations_are_fitted_once_each_in_the_order_asked_for(string arguments, string expected)
    {
        IReadOnlyList<PSObject> fits = Session.Run("param($rows) $rows | Invoke-EmFit -WarningAction SilentlyContinue " + arguments, ("rows", Faithful));

        Assert.Equal(expected, string.Join(' ', fits.Select(fit => $"{ModuleSession.Value(fit, "CovarianceModel")},{ModuleSession.Value(fit, "ComponentCount")}")));
    }

    [Fact]
    public void A_fit_of_a_search_is_as_good_as_a_fit_alone()
    {
        IReadOnlyList<PSObject> fits = Session.Run("param($rows) $rows | Invoke-EmFit -ComponentCount 2, 3 -CovarianceModel EEE, VVV", ("rows", Faithful));

        AssertClose(-1130.264, ModuleSession.Number(fits[1], "LogLikelihood"), 1e-3);
        AssertClose(-1126.316, ModuleSession.Number(fits[2], "LogLikelihood"), 1e-3);
    }

    [Fact]
    public void What_cannot_be_fitted_is_a_row_with_a_reason_and_one_warning()
    {
        using PowerShell shell = Session.Create(FewRows + "Invoke-EmFit -ComponentCount 1, 8, 9", ("rows", Faithful));
        PSObject[] fits = [.. shell.Invoke()];

        Assert.Empty(shell.Streams.Error);
        Assert.Equal(3, fits.Length);
        Assert.Null(ModuleSession.Value(fits[0], "Failure"));
        Assert.Null(ModuleSession.Value(fits[2], "Mixture"));
        Assert.Equal("NotFitted", ModuleSession.Value(fits[2], "StopReason")!.ToString());
        Assert.Contains("6 rows cannot determine 9 components", (string)ModuleSession.Value(fits[2], "Failure")!, StringComparison.Ordinal);
        string warning = Assert.Single(shell.Streams.Warning, record => record.Message.Contains("could not be fitted", StringComparison.Ordinal)).Message;
        Assert.StartsWith("2 of 3 combinations", warning, StringComparison.Ordinal);
        Assert.Contains("VVV,8: 6 rows cannot determine 8 components", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_combination_that_cannot_be_fitted_is_an_error() =>
        Session.AssertFails("TooFewRows", ["6 rows"], FewRows + "Invoke-EmFit -ComponentCount 9, 9 -CovarianceModel VVV, Full", ("rows", Faithful));

    [Theory]
    [InlineData("$f")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($f))")]
    public void A_failed_fit_is_no_model(string failed)
    {
        PSObject fit = Session.Run(FewRows + "Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue", ("rows", Faithful))[1];

        string[] parts = ["VVV with 9 components", "6 rows cannot determine", "Select-MixtureFit"];
        Session.AssertFails("NotFitted", parts, $"param($f) {failed} | Get-MixtureComponent", ("f", fit));
        Session.AssertFails("NotFitted", parts, $"param($f) 1, 2 | Measure-MixtureLikelihood -Model ({failed})", ("f", fit));
        Session.AssertFails("NotFitted", parts, $"param($f) 1, 2 | Invoke-EmFit -InitialModel ({failed})", ("f", fit));
    }

    [Theory]
    [InlineData("UnknownCovarianceModel", "'VVX' is not a covariance model. Use one of VVI, VVE, VVV,", "-ComponentCount 2 -CovarianceModel VVV, VVX")]
    [InlineData("UnknownCovarianceModel", "Use one of Diagonal,", "-ComponentCount 2 -CovarianceModel diagnoal")]
    [InlineData("UnknownCovarianceModel", "'X*' matches no covariance model", "-ComponentCount 2 -CovarianceModel X*")]
    [InlineData("SeveralComponentCounts", "-FixedWeight is for one number of components, but -ComponentCount asks for 2, 3", "-ComponentCount 2, 3 -FixedWeight 0.5, 0.5")]
    [InlineData("SeveralComponentCounts", "-InitialModel is for one number of components", "-ComponentCount 1, 2 -InitialModel (New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 1)")]
    [InlineData("FixedWeightCount", "2 fixed weights", "-ComponentCount 3 -CovarianceModel * -FixedWeight 0.5, 0.5")]
    [InlineData("ParameterArgumentValidationError", "ComponentCount", "-ComponentCount 1, 0")]
    [InlineData("ParameterArgumentValidationError", "ComponentCount", "-ComponentCount @()")]
    public void Wrong_combinations_are_told_before_the_rows_are_read(string errorId, string part, string arguments) =>
        Session.AssertFails(errorId, [part], "$null, 'text' | Invoke-EmFit " + arguments);

    [Fact]
    public void Several_models_start_from_one_given_model()
    {
        IReadOnlyList<PSObject> fits = Session.Run(
            "param($rows) $start = $rows | Invoke-EmFit -ComponentCount 2; $rows | Invoke-EmFit -InitialModel $start -CovarianceModel VVV, VVI", ("rows", Faithful));

        AssertClose(-1130.264, ModuleSession.Number(fits[0], "LogLikelihood"), 1e-3);
        AssertClose(-1147.806, ModuleSession.Number(fits[1], "LogLikelihood"), 1e-3);
    }

    [Fact]
    public void Verbose_tells_each_fit_in_a_line()
    {
        using PowerShell shell = Session.Create(FewRows + "Invoke-EmFit -ComponentCount 1, 9 -CovarianceModel EEE, VVV -Verbose", ("rows", Faithful));
        shell.Invoke();

        string[] messages = [.. shell.Streams.Verbose.Select(record => record.Message)];
        Assert.Equal(5, messages.Length);
        Assert.StartsWith("EEE,1: 1 starts, ", messages[1], StringComparison.Ordinal);
        Assert.StartsWith("VVV,9: not fitted. 6 rows", messages[4], StringComparison.Ordinal);
    }
}
