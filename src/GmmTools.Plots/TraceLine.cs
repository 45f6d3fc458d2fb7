using System.Collections.Generic;

namespace GmmTools.Plots;

/// <summary>The log-likelihood of one fit, before the first and after each iteration.</summary>
public sealed class TraceLine
{
    /// <summary>Creates the line.</summary>
    /// <param name="name">What the legend calls it.</param>
    /// <param name="logLikelihood">The values.</param>
    public TraceLine(string name, IReadOnlyList<double> logLikelihood)
    {
        Name = name;
        LogLikelihood = logLikelihood;
    }

    /// <summary>What the legend calls it.</summary>
    public string Name { get; }

    /// <summary>The values.</summary>
    public IReadOnlyList<double> LogLikelihood { get; }
}
