using System;
using System.Collections.Generic;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Classification;

/// <summary>How classes are learned. The setters are plain, since init-only ones differ between the two builds.</summary>
public sealed class ClassifierOptions
{
    /// <summary>Numbers of components that are tried in each class by itself; 1 alone for one component per class and one covariance model for all of
    /// them.</summary>
    public IReadOnlyList<int> ComponentCounts { get; set; } = [1];

    /// <summary>Covariance models that are tried; BIC decides.</summary>
    public IReadOnlyList<CovarianceModel> Models { get; set; } = CovarianceModels.All;

    /// <summary>Prior probabilities of the classes by name, numbers above 0 that are divided by their sum; null for the shares of the rows.</summary>
    public IReadOnlyDictionary<string, double>? Prior { get; set; }

    /// <summary>What holds for all fits: seed, number of starts, tolerance, threads. Number of components, covariance model and start are not
    /// taken from here.</summary>
    public EmOptions Estimation { get; set; } = new();

    /// <summary>Whether classes have one component each.</summary>
    internal bool IsEdda => ComponentCounts.Count == 1 && ComponentCounts[0] == 1;

    /// <summary>A copy with other threads.</summary>
    /// <param name="threadCount">The most threads to use.</param>
    internal ClassifierOptions WithThreads(int threadCount)
    {
        ClassifierOptions copy = (ClassifierOptions)MemberwiseClone();
        copy.Estimation = Estimation.Clone();
        copy.Estimation.ThreadCount = threadCount;
        return copy;
    }

    /// <summary>Checks what the estimation does not.</summary>
    /// <exception cref="ArgumentException">There is no number of components or no model, or the fits are not of normal components alone.</exception>
    /// <exception cref="EstimationException">A number of components is not at least 1, or another option is out of its domain.</exception>
    internal void Validate()
    {
        if (Models.Count == 0 || ComponentCounts.Count == 0)
        {
            throw new ArgumentException("At least one number of components and one covariance model are needed.");
        }

        if (Estimation.Noise || Estimation.Tail != Tail.Normal || Estimation.TrimFraction is not null)
        {
            throw new ArgumentException("Classes are described by normal components: without noise, Student tails or trimming.");
        }

        foreach (int count in ComponentCounts)
        {
            EstimationException.Require(count >= 1, "InvalidComponentCount", count, "The number of components must be at least 1.");
        }

        Estimation.Validate();
    }
}
