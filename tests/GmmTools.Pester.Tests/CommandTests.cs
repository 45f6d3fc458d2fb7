using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace GmmTools.Pester.Tests;

/// <summary>
/// The Pester tests: each <c>It</c> is a case of one of these theories. They run in the pinned PowerShell with the engine that it gets, once
/// more with the portable engine of Windows PowerShell 5.1 and PowerShell 7.4, and in German what a culture can change.
/// </summary>
public sealed class CommandTests : IClassFixture<MessageFixture>
{
    private const string Invariant = "C.UTF-8";

    private static readonly string[] OnlyOnce = ["Alone", "FastEngine"];

    [Theory]
    [MemberData(nameof(RunAsBuilt), DisableDiscoveryEnumeration = true)]
    public void It_holds(PesterResult it) => Judge(it);

    [Theory]
    [MemberData(nameof(RunPortable), DisableDiscoveryEnumeration = true)]
    public void It_holds_with_the_portable_engine(PesterResult it) => Judge(it);

    [Theory]
    [MemberData(nameof(RunGerman), DisableDiscoveryEnumeration = true)]
    public void It_holds_in_German(PesterResult it) => Judge(it);

    public static IEnumerable<object[]> RunAsBuilt() =>
        Run(new PesterSettings("as built", PesterTools.Manifest, Invariant, [], []));

    public static IEnumerable<object[]> RunPortable()
    {
        using PortableModule module = new();
        return Run(new PesterSettings("portable engine", module.Manifest, Invariant, [], OnlyOnce));
    }

    public static IEnumerable<object[]> RunGerman() =>
        Run(new PesterSettings("in German", PesterTools.Manifest, "de_DE.UTF-8", ["Culture"], []));

    private static object[][] Run(PesterSettings settings) =>
        [.. Task.Run(() => PesterSuite.RunAsync(settings, MessageFixture.Tell)).GetAwaiter().GetResult().Select(result => new object[] { result })];

    // xunit 2 knows no other way to say at run time that a test was skipped
    private static void Judge(PesterResult it) =>
        Assert.True(it.Result == "Passed", it.Result is "Skipped" or "Inconclusive" ? "$XunitDynamicSkip$" + it.Text : it.Text);
}
