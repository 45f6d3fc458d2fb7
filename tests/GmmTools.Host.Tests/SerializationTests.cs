using System.Collections;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>What Export-Clixml, jobs and remote sessions do to objects, with the serializer of the engine itself.</summary>
public sealed class SerializationTests(ModuleSession session) : HostTest(session)
{
    private const string Copy = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($x))";

    [Theory]
    [InlineData("VVV")]
    [InlineData("VII")]
    public void A_copied_fit_is_as_good_as_the_fit(string model)
    {
        PSObject fit = Session.RunOne("param($rows, $m) $rows | Invoke-EmFit -ComponentCount 2 -CovarianceModel $m", ("rows", Faithful), ("m", model));
        PSObject copy = Session.RunOne("param($x) " + Copy, ("x", fit));

        Assert.Equal("Deserialized.GmmTools.Estimation.EmFit", copy.TypeNames[0]);
        AssertSameMixture(fit, copy);
        AssertSameMixture(fit, ModuleSession.Value(copy, "Mixture")!);
        Assert.Equal(
            ModuleSession.Value(Session.RunOne("param($rows, $m) $rows | Measure-MixtureLikelihood $m", ("rows", Faithful), ("m", fit)), "Bic"),
            ModuleSession.Value(Session.RunOne("param($rows, $m) $rows | Measure-MixtureLikelihood $m", ("rows", Faithful), ("m", copy)), "Bic"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(4, 2)]
    public void A_copied_mixture_is_as_good_as_the_mixture(int componentCount, int dimension)
    {
        PSObject mixture = Session.RunOne(
            "param($k, $d) New-GaussianMixture -Random -ComponentCount $k -Dimension $d -Seed 3", ("k", componentCount), ("d", dimension));
        PSObject copy = Session.RunOne("param($x) " + Copy, ("x", mixture));

        AssertSameMixture(mixture, copy);
        Assert.Equal(
            Session.Run("param($m) New-GaussianMixtureSample $m 5 -Seed 1 | ForEach-Object x1", ("m", mixture)).Select(x => x.BaseObject),
            Session.Run("param($m) New-GaussianMixtureSample $m 5 -Seed 1 | ForEach-Object x1", ("m", copy)).Select(x => x.BaseObject));
    }

    [Fact]
    public void A_copied_fit_keeps_its_account()
    {
        PSObject copy = Session.RunOne("param($x) " + Copy, ("x", FitFaithful()));

        PSObject start = Session.Run("param($c) $c.Starts", ("c", copy))[0];
        Assert.Equal(1, ModuleSession.Value(start, "Start"));
        Assert.NotEmpty((IEnumerable)((PSObject)ModuleSession.Value(copy, "LogLikelihoodTrace")!).BaseObject);
    }

    [Fact]
    public void A_copied_fit_starts_another() =>
        Session.RunOne("param($rows, $x) $rows | Invoke-EmFit -InitialModel (" + Copy + ")", ("rows", Faithful), ("x", FitFaithful()));

    [Theory]
    [InlineData("WeightSum", "$copy.Components[0].Weight = 0.01")]
    [InlineData("InvalidWeight", "$copy.Components[0].Weight = -1")]
    [InlineData("NotNumeric", "$copy.Components[0].Mean = 'text'")]
    [InlineData("DamagedModel", "$copy.Components[0].PSObject.Properties.Remove('Weight')")]
    [InlineData("DamagedModel", "$copy.CovarianceModel = 99")]
    [InlineData("CovarianceNotPositiveDefinite", "$copy.Components[0].Covariance = 1, 2, 2, 1")]
    public void A_copy_is_not_trusted(string errorId, string damage)
    {
        const string Prepare = "$x = New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 3; $copy = " + Copy + "; ";

        // copies are read-only bags; a script can still make one of its own
        const string Open = """
            function Open($o) { $h = [ordered]@{}; foreach ($p in $o.PSObject.Properties) { $h[$p.Name] = $p.Value }; [pscustomobject]$h }
            $copy = Open $copy; $copy.Components = @($copy.Components | ForEach-Object { Open $_ });
            """;
        Session.AssertFails(errorId, [], $"{Prepare} {Open} {damage}; $copy | Get-MixtureComponent");
    }
}
