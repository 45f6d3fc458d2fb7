using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace GmmTools.Shared.Fuzz;

/// <summary>Feeds a target with the inputs of consecutive seeds.</summary>
internal sealed class FuzzRun(FuzzTarget target)
{
    /// <summary>An input of a few kilobytes that takes longer is a hang.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>How many inputs were tried.</summary>
    public int TriedCount { get; private set; }

    /// <summary>Tries inputs until the count or the time is used up, or until an input hangs.</summary>
    /// <param name="firstSeed">The seed of the first input; the next has the next one.</param>
    /// <param name="count">So many inputs at most.</param>
    /// <param name="time">So long at most.</param>
    public IEnumerable<FuzzFinding> Run(int firstSeed, int count, TimeSpan time)
    {
        Stopwatch watch = Stopwatch.StartNew();
        for (int seed = firstSeed; TriedCount < count && watch.Elapsed < time; seed++)
        {
            TriedCount++;
            byte[] input = target.Create(new Random(seed));
            (string? reason, bool isHang) = Try(input);
            if (reason is not null)
            {
                yield return new FuzzFinding(target, seed, reason, input);
            }

            if (isHang)
            {
                yield break;
            }
        }
    }

    /// <summary>The exception and where it was thrown: what is the same for two inputs is one fault.</summary>
    private static string Describe(Exception exception)
    {
        string place = exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("GmmTools.", StringComparison.Ordinal))?.Trim() ?? string.Empty;
        return $"{exception.GetType().Name} {place}: {exception.Message}";
    }

    private (string? Reason, bool IsHang) Try(byte[] input)
    {
        string folder = Directory.CreateTempSubdirectory("gmmtools-fuzz").FullName;
        using CancellationTokenSource source = new();
        Task<string?> task = Task.Run(() => target.Try(input, folder, source.Token));
        try
        {
            return task.Wait(Limit)
                ? (task.Result, false)
                : (FormattableString.Invariant($"no answer within {Limit.TotalSeconds} s"), true);
        }
        catch (AggregateException exception)
        {
            return (Describe(exception.InnerException!), false);
        }
        finally
        {
            source.Cancel();
            if (task.IsCompleted)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
