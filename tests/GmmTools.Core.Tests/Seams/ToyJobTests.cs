using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Seams;

/// <summary>A list of fits in as few lines as the seam asks for: fits of halves of the rows, and what they have in common.</summary>
public sealed class ToyJobTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Fits_of_halves_and_their_difference_are_three_jobs(int threads)
    {
        List<string> seen = [];
        FitPool pool = new(threads, progress: progress =>
        {
            lock (seen)
            {
                seen.Add($"{progress.Done} of {progress.Total}");
            }
        });
        FitJob<EmFit>[] halves = [.. Enumerable.Range(0, 2).Select(half => pool.Add($"half {half}", [], context =>
        {
            double[,] rows = TestData.Pick(TestData.Faithful, [.. Enumerable.Range(0, 136).Select(i => (2 * i) + half)]);
            EmOptions options = new() { ComponentCount = 2, ThreadCount = context.ThreadCount };
            return new EmEstimator(options).Fit(TestData.Observations(rows), context.CancellationToken);
        }))];
        FitJob<double> difference = pool.Add("difference", halves, _ => halves[0].Result.LogLikelihood - halves[1].Result.LogLikelihood);
        pool.Run(CancellationToken.None);
        Assert.Equal(["1 of 3", "2 of 3", "3 of 3"], seen.Order());
        Assert.Equal(halves[0].Result.LogLikelihood - halves[1].Result.LogLikelihood, difference.Result);
        Assert.All(halves, half => Assert.Equal(StopReason.Converged, half.Result.StopReason));
    }
}
