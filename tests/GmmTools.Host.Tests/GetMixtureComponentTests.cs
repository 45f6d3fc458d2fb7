using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class GetMixtureComponentTests(ModuleSession session) : HostTest(session)
{
    [Fact]
    public void Rows_are_flat_and_their_columns_in_a_fixed_order()
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            "New-GaussianMixture -Random -ComponentCount 2 -Dimension 3 -Seed 1 -Property a, b, c | Get-MixtureComponent");

        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            [
                "Component", "Weight", "Mean_a", "Mean_b", "Mean_c",
                "Covariance_a_a", "Covariance_a_b", "Covariance_a_c", "Covariance_b_b", "Covariance_b_c", "Covariance_c_c",
            ],
            Names(row)));
        Assert.Equal(1, ModuleSession.Value(rows[0], "Component"));
        Assert.IsType<double>(ModuleSession.Value(rows[0], "Weight"));
    }

    [Fact]
    public void Several_models_come_one_after_the_other() =>
        Assert.Equal(4, Session.Run("param($f) $f, $f.Mixture | Get-MixtureComponent", ("f", FitFaithful())).Count);

    [Fact]
    public void No_model_is_an_error() => Session.AssertFails("NoModel", ["Invoke-EmFit"], "$null | Get-MixtureComponent");

    [Fact]
    public void Where_doubles_lose_digits_as_text_they_are_given_a_text_of_their_own()
    {
        // .NET Framework needs this; here the wrapping is tested by itself
        object wrapped = WrapMethod().Invoke(null, [0.1 + 0.2])!;

        Assert.Equal(0.30000000000000004.ToString(CultureInfo.CurrentCulture), Session.RunOne("param($x) $x.ToString()", ("x", wrapped)).BaseObject);
        Assert.Equal(1.3, (double)Session.RunOne("param($x) $x + 1", ("x", wrapped)).BaseObject, 12);
        Assert.Equal(true, Session.RunOne("param($x) $x -lt 0.5", ("x", wrapped)).BaseObject);
    }

    private static MethodInfo WrapMethod() => AppDomain.CurrentDomain.GetAssemblies()
        .Single(assembly => assembly.GetName().Name == "GmmTools")
        .GetType("GmmTools.Output.RoundTripNumber", true)!
        .GetMethod("Wrap")!;
}
