using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>Base of the test classes: one runspace per class.</summary>
public abstract class HostTest : IClassFixture<ModuleSession>
{
    private protected HostTest(ModuleSession session)
    {
        Session = session;
        Faithful = ModuleSession.ReadCsv("faithful.csv");
    }

    /// <summary>The runspace.</summary>
    protected ModuleSession Session { get; }

    /// <summary>The rows of Old Faithful, as Import-Csv gives them.</summary>
    protected object Faithful { get; }

    /// <summary>The fit of Old Faithful.</summary>
    private protected PSObject FitFaithful() =>
        Session.RunOne("param($rows) $rows | Invoke-EmFit -ComponentCount 2", ("rows", Faithful));

    /// <summary>Names of the properties of an object, in order.</summary>
    private protected static string[] Names(PSObject item) => [.. item.Properties.Select(property => property.Name)];

    /// <summary>Compares numbers.</summary>
    private protected static void AssertClose(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, FormattableString.Invariant($"Expected {expected:R} within {tolerance}, got {actual:R}."));

    /// <summary>Asserts that Compare-GaussianMixture finds no difference at all.</summary>
    private protected void AssertSameMixture(object expected, object actual)
    {
        IReadOnlyList<PSObject> rows = Session.Run("param($a, $b) Compare-GaussianMixture $a $b", ("a", expected), ("b", actual));
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(0.0, ModuleSession.Value(row, "Deviation")));
    }
}
