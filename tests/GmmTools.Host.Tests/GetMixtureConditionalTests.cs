using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Marginal and conditional mixtures, and predictions, as a user asks for them.</summary>
public sealed class GetMixtureConditionalTests(ModuleSession session) : HostTest(session)
{
    private const string Plane = "$m = New-GaussianMixture -Weight 1 -Mean @(1, 2) -Covariance @(4, 3, 3, 9) -Property a, b; ";

    [Theory]
    [InlineData("Get-MixtureMarginal $m b")]
    [InlineData("$m | Get-MixtureMarginal -Property B*")]
    public void A_marginal_has_the_columns_asked_for(string script)
    {
        PSObject marginal = Session.RunOne(Plane + script);
        Assert.Equal(["b"], (IEnumerable<string>)ModuleSession.Value(marginal, "Property")!);
        PSObject row = Session.RunOne("param($m) $m | Get-MixtureComponent", ("m", marginal));
        Assert.Equal(2.0, ModuleSession.Value(row, "Mean_b"));
        Assert.Equal(9.0, ModuleSession.Value(row, "Covariance_b_b"));
    }

    [Theory]
    [InlineData("Get-MixtureConditional $m @{ A = 3 }")]
    [InlineData("$m | Get-MixtureConditional -Given @{ a = '3' }")]
    [InlineData("Get-MixtureConditional -Model $m -Given ([pscustomobject]@{ a = 3.0 })")]
    public void A_conditional_has_the_columns_that_are_left(string script)
    {
        PSObject row = Session.RunOne(Plane + "(" + script + ") | Get-MixtureComponent");
        Assert.Equal(["Component", "Weight", "Mean_b", "Covariance_b_b"], Names(row));
        AssertClose(3.5, ModuleSession.Number(row, "Mean_b"), 1e-14);
        AssertClose(6.75, ModuleSession.Number(row, "Covariance_b_b"), 1e-14);
    }

    [Fact]
    public void Predictions_come_with_their_errors()
    {
        PSObject[] rows = [.. Session.Run(Plane + "3, -1 | Get-MixtureConditional $m -Predict b")];
        Assert.Equal(["a", "Predicted_b", "StandardError_b"], Names(rows[0]));
        AssertClose(3.5, ModuleSession.Number(rows[0], "Predicted_b"), 1e-14);
        AssertClose(0.5, ModuleSession.Number(rows[1], "Predicted_b"), 1e-14);
        Assert.All(rows, row => AssertClose(Math.Sqrt(6.75), ModuleSession.Number(row, "StandardError_b"), 1e-14));
    }

    [Fact]
    public void Several_columns_are_predicted_at_once_from_some_of_the_others()
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            "param($p) $fit = Invoke-EmFit -Path $p -ComponentCount 2; Get-MixtureConditional $fit -Predict Petal* -Property Sepal_Length -Path $p -IncludeProperty class",
            ("p", ModuleFiles.Data("iris.csv")));
        Assert.Equal(150, rows.Count);
        Assert.Equal(
            ["Predicted_Petal_Length", "Predicted_Petal_Width", "Sepal_Length", "StandardError_Petal_Length", "StandardError_Petal_Width", "class"],
            Names(rows[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("UnknownProperty", "There are no columns 'x', 'y'. The columns are: a, b.", "Get-MixtureMarginal $m x, y")]
    [InlineData("UnknownProperty", "There is no column 'aa'. Did you mean 'a'?", "Get-MixtureConditional $m @{ aa = 1 }")]
    [InlineData("UnknownProperty", "There is no column 'y'", "1 | Get-MixtureConditional $m -Predict y")]
    [InlineData("NothingLeft", "Leave out the columns whose distribution is wanted", "Get-MixtureConditional $m @{ a = 1; b = 2 }")]
    [InlineData("NothingGiven", "-Given names no columns", "Get-MixtureConditional $m @{}")]
    [InlineData("NothingGiven", "-Given names no columns", "Get-MixtureConditional $m $null")]
    [InlineData("NothingGiven", "none is left to predict from", "1 | Get-MixtureConditional $m -Predict *")]
    [InlineData("GivenNotNumeric", "'a' is 'x', which is not a finite number", "Get-MixtureConditional $m @{ a = 'x' }")]
    [InlineData("GivenNotNumeric", "not a finite number", "Get-MixtureConditional $m @{ a = [double]::NaN }")]
    [InlineData("NoModel", "-Model is empty", "Get-MixtureMarginal $nothing a")]
    [InlineData("NoModel", "-Model is empty", "Get-MixtureConditional $nothing @{ a = 1 }")]
    [InlineData("NotAModel", "-Model takes a mixture or a fit", "Get-MixtureConditional 3 @{ a = 1 }")]
    public void Wrong_calls_are_named(string errorId, string part, string script) => Session.AssertFails(errorId, [part], Plane + script);

    [Fact]
    public void Names_of_columns_complete_from_the_model()
    {
        foreach (string line in new[] { "Get-MixtureMarginal $global:completed -Property ", "Get-MixtureConditional -Model $global:completed -Predict " })
        {
            string[] words =
            [
                .. Session.Run(Plane + "$global:completed = $m; [System.Management.Automation.CommandCompletion]::CompleteInput($args[0], $args[0].Length, $null).CompletionMatches.CompletionText"
                    .Replace("$args[0]", "'" + line + "'", StringComparison.Ordinal)).Select(word => word.ToString()),
            ];
            Assert.Equal(["a", "b"], words);
        }
    }
}
