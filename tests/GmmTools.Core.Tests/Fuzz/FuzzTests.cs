using System;
using System.Linq;
using GmmTools.Shared.Fuzz;
using Xunit;

namespace GmmTools.Core.Tests.Fuzz;

/// <summary>
/// Inputs of fixed seeds through all that reads what others wrote, half a minute each at most; <c>Benchmarks -- fuzz</c> goes on for as long as
/// one likes. What it finds becomes a test of its own.
/// </summary>
public sealed class FuzzTests
{
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("csv", 4000)]
    [InlineData("json", 20_000)]
    [InlineData("parquet", 4000)]
    [InlineData("checkpoint", 4000)]
    public void Inputs_of_all_kinds_are_read_or_refused(string name, int count)
    {
        FuzzRun run = new(FuzzTargets.ByName[name]());
        FuzzFinding? finding = run.Run(1, count, Time).FirstOrDefault();
        Assert.Null(finding?.ToString());
        Assert.InRange(run.TriedCount, 100, count);
    }
}
