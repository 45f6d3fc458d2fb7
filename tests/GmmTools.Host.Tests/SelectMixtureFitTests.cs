using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class SelectMixtureFitTests(ModuleSession session) : HostTest(session)
{
    private const string Copy = "$fits = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fits, 6));";
    private const string Account =
        "function Fit($k, $logLikelihood) { [pscustomobject]@{ ComponentCount = $k; CovarianceModel = 'VVV'; Property = 'a', 'b'; RowCount = 100; "
        + "TotalWeight = 100; LogLikelihood = $logLikelihood; ParameterCount = 6 * $k - 1; Entropy = 1; IsSpurious = $false; Failure = $null } };";

    [Theory]
    [InlineData("$fits | Select-MixtureFit", "EEE,3")]
    [InlineData("Select-MixtureFit -InputObject $fits", "EEE,3")]
    [InlineData("$fits | Select-MixtureFit -Criterion BIC -First 3", "EEE,3 VVV,2 VVV,3")]
    [InlineData("$fits | Select-MixtureFit icl", "VVV,2")]
    [InlineData("$fits | Select-MixtureFit aic", "VVV,3")]
    [InlineData("$fits | Select-MixtureFit aicc -First 99", "VVV,3 EEE,3 VVV,2 EEE,2 EEE,1 VVV,1")]
    public void The_best_comes_first(string script, string expected)
    {
        foreach (string prepare in new[] { string.Empty, Copy })
        {
            IReadOnlyList<PSObject> best = Session.Run("param($fits) " + prepare + script, ("fits", Fits("-ComponentCount 1, 2, 3 -CovarianceModel EEE, VVV")));

            Assert.Equal(expected, string.Join(' ', best.Select(fit => $"{ModuleSession.Value(fit, "CovarianceModel")},{ModuleSession.Value(fit, "ComponentCount")}")));
        }
    }

    [Fact]
    public void The_best_is_the_fit_itself()
    {
        object fits = Fits("-ComponentCount 2, 3 -CovarianceModel EEE");

        Assert.Same(((PSObject[])fits)[1].BaseObject, Session.RunOne("param($fits) $fits | Select-MixtureFit", ("fits", fits)).BaseObject);
    }

    [Theory]
    [InlineData("(Fit 1 -100), (Fit 2 -60), (Fit 3 -20)", "VVV,3, has the largest", "-ComponentCount (1..6)")]
    [InlineData("(Fit 2 -20), (Fit 3 -20)", "VVV,2, has the smallest", "-ComponentCount (1..3)")]
    [InlineData("(Fit 1 -20), (Fit 2 -20)", null, null)]
    [InlineData("(Fit 1 -100), (Fit 2 -20), (Fit 3 -20)", null, null)]
    public void The_edge_is_warned_of_with_a_remedy(string fits, string? problem, string? remedy)
    {
        using PowerShell shell = Session.Create(Account + fits + " | Select-MixtureFit");
        Assert.Single(shell.Invoke());

        Assert.Equal(problem is null ? 0 : 1, shell.Streams.Warning.Count);
        Assert.All(shell.Streams.Warning, warning => Assert.Contains(problem!, warning.Message, StringComparison.Ordinal));
        Assert.All(shell.Streams.Warning, warning => Assert.Contains(remedy!, warning.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Spurious_fits_compete_when_asked_for_or_alone()
    {
        const string Fits = Account + "$good = (Fit 1 -100), (Fit 2 -60), (Fit 4 -60); $bad = Fit 3 500; $bad.IsSpurious = $true;";

        Assert.Equal(2, ModuleSession.Value(Session.RunOne(Fits + "$good + $bad | Select-MixtureFit"), "ComponentCount"));
        Assert.Equal(3, ModuleSession.Value(Session.RunOne(Fits + "$good + $bad | Select-MixtureFit -IncludeSpurious"), "ComponentCount"));
        using PowerShell shell = Session.Create(Fits + "$bad | Select-MixtureFit");
        Assert.Single(shell.Invoke());
        Assert.Contains("spurious", Assert.Single(shell.Streams.Warning).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_fits_are_left_out()
    {
        object fits = Fits("-ComponentCount 1, 2, 300");

        Assert.Equal(2, ModuleSession.Value(Session.RunOne("param($fits) $fits | Select-MixtureFit", ("fits", fits)), "ComponentCount"));
        Session.AssertFails("NothingFitted", ["1 combinations", "VVV,300"], "param($fits) $fits[2] | Select-MixtureFit", ("fits", fits));
    }

    [Theory]
    [InlineData("NoFits", "Pipe fits of Invoke-EmFit", "@() | Select-MixtureFit")]
    [InlineData("NoFits", "Pipe fits of Invoke-EmFit", "$null | Select-MixtureFit")]
    [InlineData("NoFits", "Pipe fits of Invoke-EmFit", "Select-MixtureFit -InputObject @()")]
    [InlineData("NotAFit", "System.Int32", "1, 2 | Select-MixtureFit")]
    [InlineData("NotAFit", "GaussianMixture", "New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Seed 1 | Select-MixtureFit")]
    [InlineData("NotAFit", "usable RowCount", "$a = Fit 1 -5; $a.RowCount = 'many'; $a | Select-MixtureFit")]
    [InlineData("DamagedModel", "CovarianceModel", "$a = Fit 1 -5; $a.CovarianceModel = 'XXX'; $a | Select-MixtureFit")]
    [InlineData("DifferentData", "100 rows and 99 rows", "$a = Fit 1 -5; $a.RowCount = 99; (Fit 2 -4), $a | Select-MixtureFit")]
    [InlineData("DifferentData", "columns a, b and columns a, c", "$a = Fit 1 -5; $a.Property = 'a', 'c'; (Fit 2 -4), $a | Select-MixtureFit")]
    [InlineData("InfiniteCriterion", "100 rows are too few", "Fit 20 -5 | Select-MixtureFit Aicc")]
    public void Wrong_input_is_an_error(string errorId, string part, string script) => Session.AssertFails(errorId, [part], Account + script);

    [Fact]
    public void Verbose_tells_who_competes()
    {
        using PowerShell shell = Session.Create(Account + "(Fit 1 -100), (Fit 2 -60) | Select-MixtureFit -Verbose");
        shell.Invoke();

        Assert.Equal("2 fits: 2 compete, 0 could not be fitted, 0 are spurious.", shell.Streams.Verbose[0].Message);
        Assert.StartsWith("VVV,2: Bic ", shell.Streams.Verbose[1].Message, StringComparison.Ordinal);
    }

    private PSObject[] Fits(string arguments) =>
        [.. Session.Run("param($rows) $rows | Invoke-EmFit -WarningAction SilentlyContinue " + arguments, ("rows", Faithful))];
}
