using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Fitting;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Checkpoints;

/// <summary>Checkpoints under a check sum that is right, with a state that no fit has.</summary>
public sealed class FalseStateTests : IDisposable
{
    private const int CheckLength = 32;

    private static readonly int Head = "GmmTools checkpoint\n".Length + sizeof(int);

    private readonly Interruptions _files = new();
    private readonly InMemoryObservations _rows = TestData.Observations(TestData.Faithful);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_state_that_ends_early_is_told_wherever_it_ends()
    {
        byte[] state = Interrupt();
        foreach (int length in Enumerable.Range(0, state.Length / 37).Select(i => 37 * i))
        {
            AssertUnreadable(state[..length], "its state is invalid");
        }
    }

    [Fact]
    public void What_is_left_behind_a_state_is_told() => AssertUnreadable([.. Interrupt(), 0, 0, 0], "it has 3 bytes too many");

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_false_count_is_told_before_anything_is_allocated(long count)
    {
        byte[] state = Interrupt();
        byte[] name = Encoding.ASCII.GetBytes("VVV,2");

        // what comes behind the last name is a truth value and the number of runs
        int place = state.AsSpan().LastIndexOf(name) + name.Length + sizeof(long);
        BitConverter.GetBytes(count).CopyTo(state, place);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertUnreadable(state, "the number of runs is");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
    }

    [Fact]
    public void A_fit_of_another_name_is_told()
    {
        byte[] state = Interrupt();
        state[state.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes("VVV,2"))] = (byte)'E';
        AssertUnreadable(state, "it contains a fit twice, or one that is not part of this search");
    }

    [Fact]
    public void An_option_that_is_there_twice_is_told()
    {
        byte[] state = Interrupt();
        int place = state.AsSpan().IndexOf(Encoding.ASCII.GetBytes("MaxIteration"));
        byte[] pair = [.. "\u0004Seed\u00010"u8];
        int seed = state.AsSpan().IndexOf(pair);
        Assert.True(seed > place);
        long count = BitConverter.ToInt64(state, 0);
        BitConverter.GetBytes(count + 1).CopyTo(state, 0);
        AssertUnreadable([.. state[..seed], .. pair, .. state[seed..]], "it contains an option twice");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.25)]
    [InlineData(7.0)]
    public void A_false_weight_of_a_run_is_told(double weight)
    {
        byte[] state = Interrupt();

        // the state of the last run: its length, then the mixing weights
        int name = state.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes("VVV,2")) + 5;
        int place = FindState(state, name);
        BitConverter.GetBytes(weight).CopyTo(state, place);
        AssertUnreadable(state, "mixing weight");
    }

    /// <summary>Behind the flag and the count of runs: the first that is not finished and has a state.</summary>
    private static int FindState(byte[] state, int place)
    {
        place += 2 * sizeof(long);
        while (true)
        {
            Assert.Equal(0, BitConverter.ToInt64(state, place));
            long length = BitConverter.ToInt64(state, place + sizeof(long));
            place += 2 * sizeof(long);
            if (length > 0)
            {
                return place;
            }
        }
    }

    private static EmOptions Options(string path) => new()
    {
        ComponentCount = 2,
        ThreadCount = 1,
        RestartCount = 2,
        Checkpoint = new CheckpointOptions(path),
    };

    private byte[] Interrupt()
    {
        using CancellationTokenSource interrupt = new();
        Assert.ThrowsAny<OperationCanceledException>(() => new EmEstimator(Options(_files.File), _ => interrupt.Cancel()).Fit(_rows, interrupt.Token));
        return File.ReadAllBytes(_files.File)[Head..^CheckLength];
    }

    private void AssertUnreadable(byte[] state, string part)
    {
        byte[] head = File.ReadAllBytes(_files.File)[..Head];
        byte[] content = [.. head, .. state];
        File.WriteAllBytes(_files.File, [.. content, .. SHA256.HashData(content)]);
        CheckpointException error = Assert.Throws<CheckpointException>(() => new EmEstimator(Options(_files.File)).Fit(_rows));
        Assert.Equal("CheckpointUnreadable", error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{_files.File}'", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Give another file, or remove this one to start again.", error.Message, StringComparison.Ordinal);
    }
}
