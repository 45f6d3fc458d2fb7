using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class GetMixtureMembershipTests(ModuleSession session) : HostTest(session)
{
    [Fact]
    public void Probabilities_are_those_of_Bayes_rule()
    {
        PSObject row = Session.RunOne(
            "$m = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(0), @(2) -Covariance 1, 1; 1.5 | Get-MixtureMembership $m -IncludeResponsibility");

        // the densities differ by the factor exp(1.5·2 − 2) = e
        double first = 0.7 / (0.7 + (0.3 * System.Math.E));
        Assert.Equal(["x1", "Component", "Probability", "Uncertainty", "Responsibility_1", "Responsibility_2"], Names(row));
        Assert.Equal(2, ModuleSession.Value(row, "Component"));
        AssertClose(1 - first, ModuleSession.Number(row, "Probability"), 1e-15);
        AssertClose(first, ModuleSession.Number(row, "Uncertainty"), 1e-15);
        AssertClose(first, ModuleSession.Number(row, "Responsibility_1"), 1e-15);
        AssertClose(1 - first, ModuleSession.Number(row, "Responsibility_2"), 1e-15);
    }

    [Fact]
    public void A_column_of_the_file_comes_along()
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            "param($p) $fit = Invoke-EmFit -Path $p -ComponentCount 3; Get-MixtureMembership $fit -Path $p -IncludeProperty class, Sepal_Width",
            ("p", ModuleFiles.Data("iris.csv")));
        Assert.Equal(
            ["Sepal_Length", "Sepal_Width", "Petal_Length", "Petal_Width", "class", "Component", "Probability", "Uncertainty"], Names(rows[0]).OrderBy(Place));
        Assert.Single(rows.Where(row => (string)ModuleSession.Value(row, "class")! == "setosa").Select(row => ModuleSession.Value(row, "Component")).Distinct());

        int Place(string name) => System.Array.IndexOf(
            ["Sepal_Length", "Sepal_Width", "Petal_Length", "Petal_Width", "class", "Component", "Probability", "Uncertainty"], name);
    }

    [Fact]
    public void A_column_that_the_file_lacks_is_named() => Session.AssertFails(
        "UnknownProperty",
        ["no column 'species'"],
        "param($p) Get-MixtureMembership (Invoke-EmFit -Path $p -ComponentCount 1) -Path $p -IncludeProperty species",
        ("p", ModuleFiles.Data("iris.csv")));

    [Fact]
    public void Another_prefix_for_the_responsibilities_too() => Assert.Equal(
        ["x1", "gComponent", "gProbability", "gUncertainty", "gResponsibility_1"],
        Names(Session.RunOne("1 | Get-MixtureMembership (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1) -IncludeResponsibility -Prefix g")));
}
