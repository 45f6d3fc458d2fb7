using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;

namespace GmmTools.Inference.Replicates;

/// <summary>As many rows as there are, drawn from a mixture. Where rows have gaps, those that are drawn have the same.</summary>
internal sealed class MixtureResampling : Resampling
{
    private const int BatchSize = 4096;

    private readonly GaussianMixture _mixture;
    private readonly IReadOnlyList<string> _property;
    private readonly long _count;
    private readonly bool[][]? _missing;
    private readonly RecordedSteps? _steps;

    /// <param name="observations">The rows.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="steps">The steps in which what is drawn is recorded; null for none.</param>
    public MixtureResampling(IObservations observations, GaussianMixture mixture, RecordedSteps? steps = null)
    {
        _steps = steps;
        _mixture = mixture;
        _property = observations.Property;
        _count = Math.Max(1, (long)Math.Round(observations.TotalWeight));
        _missing = observations.HasGaps ? [.. observations.EnumerateWeighted().Select(row => Array.ConvertAll(row.Row, double.IsNaN))] : null;
    }

    /// <inheritdoc/>
    public override IObservations Draw(ulong seed, CancellationToken cancellationToken)
    {
        MixtureSampler sampler = new(_mixture, seed);
        int dimension = _property.Count;
        double[] values = new double[(int)Math.Min(BatchSize, _count) * dimension];
        RowKeeper complete = new([.. _property], weighted: false, firstCapacity: (int)Math.Min(BatchSize, _count));
        RowCollector? partial = _missing is null ? null : new RowCollector(_property, weighted: false, MissingValuePolicy.Marginalize);
        for (long first = 0; first < _count; first += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = (int)Math.Min(BatchSize, _count - first);
            sampler.Draw(first, count, values, null);
            _steps?.Record(values, count * dimension);
            if (partial is null)
            {
                complete.AddRows(values, count);
            }
            else
            {
                AddPartial(partial, values, first, count);
            }
        }

        return partial?.Build() ?? complete.Build();
    }

    private void AddPartial(RowCollector partial, double[] values, long first, int count)
    {
        double[] row = new double[_property.Count];
        for (int i = 0; i < count; i++)
        {
            // rows that count more than once come with gaps that recur
            bool[] missing = _missing![(first + i) % _missing.Length];
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = missing[j] ? double.NaN : values[(i * row.Length) + j];
            }

            partial.Add(row);
        }
    }
}
