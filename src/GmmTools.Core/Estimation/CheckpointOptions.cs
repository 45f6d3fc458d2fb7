using System;

namespace GmmTools.Estimation;

/// <summary>Where and how often the state of a fit is kept, so that a fit that was killed goes on from there.</summary>
public sealed class CheckpointOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="path">The file. Where it exists, the fit goes on from it; when the fit is done, it is deleted.</param>
    public CheckpointOptions(string path)
    {
        Path = path ?? throw new ArgumentNullException(nameof(path));
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Time after which the state is written anew. Default 30 seconds; zero writes it after each iteration.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Iterations of a run after which its state is written anew, at least 1; null for the time alone.</summary>
    public int? IterationCount { get; set; }
}
