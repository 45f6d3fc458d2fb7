using System.Globalization;
using GmmTools.Estimation;
using GmmTools.Selection;

namespace GmmTools.Binding;

/// <summary>Where an estimation stands, in words.</summary>
internal static class ProgressText
{
    /// <summary>One line.</summary>
    /// <param name="progress">Where it stands.</param>
    public static string Describe(EmProgress progress) => string.Format(
        CultureInfo.InvariantCulture,
        double.IsNaN(progress.Gain)
            ? "{0} {1}/{2} · iteration {3} · log-likelihood {4:F2}"
            : "{0} {1}/{2} · iteration {3} · log-likelihood {4:F2} (Δ {5:G2})",
        progress.IsRefining ? "refining" : "start",
        progress.Start,
        progress.StartCount,
        progress.Iteration,
        progress.LogLikelihood,
        progress.Gain);

    /// <summary>How far a search over combinations is.</summary>
    /// <param name="progress">Where it stands.</param>
    public static string Describe(FitPoolProgress progress) => string.Format(
        CultureInfo.InvariantCulture, "{0}/{1} · {2}", progress.Done, progress.Total, progress.Latest);

    /// <summary>How many of a thing are done, such as replicates.</summary>
    /// <param name="progress">Where it stands.</param>
    /// <param name="noun">What they are called.</param>
    public static string DescribeDone(FitPoolProgress progress, string noun) =>
        string.Format(CultureInfo.InvariantCulture, "{0}/{1} {2}", progress.Done, progress.Total, noun);

    /// <summary>Share of the work: trying the starts is one half, refining the best the other.</summary>
    /// <param name="progress">Where it stands.</param>
    public static int Percent(EmProgress progress)
    {
        double run = (double)progress.Iteration / progress.MaxIteration;
        double half = 50 * (progress.Start - 1 + run) / progress.StartCount;
        return (int)(progress.IsRefining ? 50 + half : half);
    }
}
