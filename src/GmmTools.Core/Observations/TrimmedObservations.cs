using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>
/// Rows of which each E-step leaves out those that are least probable under its mixture, a fixed share of them: the concentration step of
/// García-Escudero, Gordaliza, Matrán and Mayo-Iscar, The Annals of Statistics 36 (2008) 1324-1345. None is copied; what is kept takes 32 bytes per row.
/// Between E-steps the rows that count are those that the last one kept. The number of rows is that of all, their total weight that of those
/// that are kept. Serves one estimation at a time.
/// </summary>
public sealed class TrimmedObservations : ChunkedObservations
{
    /// <summary>A product that rounding takes just below a whole number is that number.</summary>
    private const double Rounding = 1e-12;

    private readonly IChunkSource _chunks;
    private readonly double[][] _weights;
    private readonly double[][] _kept;
    private readonly double _logVolume;
    private readonly bool _isWeighted;

    private TrimmedObservations(
        IReadOnlyList<string> property, IChunkSource chunks, double[][] weights, double[][] kept, RowTotals totals, double trimmedWeight, double logVolume)
        : base(property, new ReweightedChunks(chunks, kept), totals.Without(trimmedWeight), logVolume)
    {
        _chunks = chunks;
        _weights = weights;
        _kept = kept;
        _logVolume = logVolume;
        _isWeighted = weights.Any(chunk => Array.Exists(chunk, weight => weight is not (0 or 1)));
        TrimmedWeight = trimmedWeight;
    }

    /// <summary>What the rows weigh that are trimmed: the share of the total weight, rounded down where all weights are whole numbers, as where rows
    /// count once.</summary>
    public double TrimmedWeight { get; }

    /// <summary>The log-density, natural logarithm, below which the mixture finds rows that are to be trimmed.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Between that of the last row trimmed and the first one kept; −∞ where none is trimmed. Rows as probable as one that is kept are
    /// not below it.</returns>
    public double FindLevel(MixtureParameters mixture, int threadCount, CancellationToken cancellationToken)
    {
        using DensityTrimmer trimmer = CreateTrimmer(mixture.ComponentCount, threadCount);
        trimmer.Trim(mixture, _kept, cancellationToken);
        return trimmer.Level;
    }

    /// <summary>The rows that a mixture finds least probable, as many as are trimmed.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each row that is stored whether nothing of it is kept.</returns>
    internal bool[] FindTrimmed(MixtureParameters mixture, int threadCount, CancellationToken cancellationToken)
    {
        using DensityTrimmer trimmer = CreateTrimmer(mixture.ComponentCount, threadCount);
        trimmer.Trim(mixture, _kept, cancellationToken);
        return [.. _kept.SelectMany(chunk => chunk).Select(weight => weight == 0)];
    }

    /// <inheritdoc/>
    public override IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new TrimmedExpectationStep(CreateTrimmer(componentCount, threadCount), _kept, base.PrepareExpectation(componentCount, shape, threadCount));

    /// <summary>The error for rows of which none can be left out.</summary>
    /// <param name="rows">What they are, such as "rows with missing values".</param>
    /// <param name="reason">Why, a sentence without its end; or null.</param>
    /// <param name="remedy">What to do.</param>
    internal static InvalidObservationException NotSupported(string rows, string? reason = null, string remedy = "TrimOtherRows") =>
        new("TrimmingNotSupported", reason is null ? $"{rows} cannot be trimmed." : $"{rows} cannot be trimmed: {reason}.") { Remedy = new Remedy(remedy) };

    /// <summary>The view of rows in chunks.</summary>
    /// <param name="property">Names of the columns.</param>
    /// <param name="chunks">The rows.</param>
    /// <param name="fraction">The share of their weight that is trimmed.</param>
    /// <param name="logVolume">Where columns were divided by scales, the sum of the logarithms of these.</param>
    internal static TrimmedObservations Create(IReadOnlyList<string> property, IChunkSource chunks, double fraction, double logVolume)
    {
        double[][] weights = new double[chunks.ChunkCount][];
        RowTotals totals = new(property.Count);
        using IChunkReader reader = chunks.Open();
        for (int c = 0; c < weights.Length; c++)
        {
            RowChunk chunk = reader.Read(c);
            if (chunk.Labels is not null)
            {
                throw NotSupported("Rows of known components");
            }

            weights[c] = chunk.Weights is null ? [.. Enumerable.Repeat(1.0, chunk.Count)] : (double[])chunk.Weights.Clone();
            totals.Add(chunk);
        }

        bool areCounts = weights.All(chunk => Array.TrueForAll(chunk, weight => weight == Math.Floor(weight)));
        double trimmed = fraction * totals.TotalWeight;
        trimmed = areCounts ? Math.Floor(trimmed * (1 + Rounding)) : trimmed;
        return new TrimmedObservations(property, chunks, weights, [.. weights.Select(chunk => (double[])chunk.Clone())], totals, trimmed, logVolume);
    }

    private DensityTrimmer CreateTrimmer(int componentCount, int threadCount) =>
        new(_chunks, _weights, TrimmedWeight, _isWeighted, Property.Count, componentCount, threadCount, _logVolume);
}
