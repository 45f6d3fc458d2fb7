using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>What a search over many models knows beforehand of one of them.</summary>
internal sealed class SearchHints
{
    /// <summary>Whether few starts are enough, and short trials, since the fits of other models help.</summary>
    public bool IsQuick { get; set; }

    /// <summary>Mixtures of models that this one contains, with as many components: it cannot end below them.</summary>
    public List<MixtureParameters> Within { get; } = [];

    /// <summary>The mixture of this model with one component less, or null.</summary>
    public MixtureParameters? Smaller { get; set; }

    /// <summary>Rows of each component of a partition that all models start from, and the rows they are numbers of; or null.</summary>
    public int[][]? Members { get; set; }

    /// <summary>The rows that <see cref="Members"/> are numbers of.</summary>
    public InMemoryObservations? PartitionRows { get; set; }

    /// <summary>The mixtures of models that this one contains, as its own; a fit that dropped a component is of no help.</summary>
    /// <param name="options">What is estimated.</param>
    public IEnumerable<MixtureParameters> Contained(EmOptions options) => Within
        .Where(mixture => mixture.ComponentCount == options.ComponentCount)
        .Select(mixture => mixture.ToShape(options.CovarianceModel.Shape()));

    /// <summary>Log-likelihood that a sound fit of this model reaches at least: the highest of the mixtures above.</summary>
    public double MinLogLikelihood { get; set; } = double.NegativeInfinity;

    /// <summary>The same hints in other units.</summary>
    /// <param name="map">What becomes of a mixture.</param>
    /// <param name="mapRows">What becomes of rows.</param>
    public SearchHints Map(Func<MixtureParameters, MixtureParameters> map, Func<InMemoryObservations, InMemoryObservations> mapRows)
    {
        SearchHints mapped = new()
        {
            Smaller = Smaller is null ? null : map(Smaller),
            Members = Members,
            PartitionRows = PartitionRows is null ? null : mapRows(PartitionRows),
            MinLogLikelihood = MinLogLikelihood,
            IsQuick = IsQuick,
        };
        mapped.Within.AddRange(Within.Select(map));
        return mapped;
    }

    /// <summary>The same hints without a log-likelihood to be reached: that of rows whose gaps are filled is of another kind.</summary>
    public SearchHints WithoutMinLogLikelihood()
    {
        SearchHints copy = Map(mixture => mixture, rows => rows);
        copy.MinLogLikelihood = double.NegativeInfinity;
        return copy;
    }
}
