using System;
using System.Globalization;
using System.Linq;
using GmmTools.Shared.Fuzz;
using Xunit;
using Xunit.Abstractions;

namespace GmmTools.Core.Tests.Fuzz;

/// <summary>
/// Inputs of fixed seeds through all that reads what others wrote: some thousands of each, or as many as the half minute holds that CI gives each
/// by GMMTOOLS_FUZZ_SECONDS. <c>Benchmarks -- fuzz</c> goes on for as long as one likes. What they find becomes a test of its own.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int? Seconds =
        int.TryParse(Environment.GetEnvironmentVariable("GMMTOOLS_FUZZ_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) ? seconds : null;

    private readonly ITestOutputHelper _output;

    public FuzzTests(ITestOutputHelper output)
    {
        _output = output;
    }

    [Theory]
    [InlineData("csv", 4000)]
    [InlineData("json", 20_000)]
    [InlineData("parquet", 4000)]
    [InlineData("checkpoint", 4000)]
    public void Inputs_of_all_kinds_are_read_or_refused(string name, int count)
    {
        FuzzRun run = new(FuzzTargets.ByName[name]());
        FuzzFinding? finding = run.Run(1, Seconds is null ? count : int.MaxValue, TimeSpan.FromSeconds(Seconds ?? 30)).FirstOrDefault();
        Assert.Null(finding?.ToString());
        Assert.True(run.TriedCount >= 100, $"{run.TriedCount} inputs in the time");
        _output.WriteLine($"{name}: {run.TriedCount} inputs, 0 findings");
    }
}
