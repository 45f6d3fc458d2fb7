using System;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>Starts for fits in which some rows belong to no component: the best mixture of the rows that are held to be sound, found by the search that
/// other fits use, so that none of its moves or repairs knows of the others.</summary>
internal sealed class SoundRows
{
    private readonly InMemoryObservations _rows;
    private readonly EmOptions _plain;
    private readonly RunLimits _limits;
    private readonly SearchHints? _hints;
    private readonly FitJournal? _journal;

    /// <param name="rows">The rows that starts are found among.</param>
    /// <param name="options">What to estimate; what is done about rows that are not sound does not matter.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="hints">What other models found, or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public SoundRows(InMemoryObservations rows, EmOptions options, RunLimits limits, SearchHints? hints, FitJournal? journal)
    {
        _rows = rows;
        _plain = options.Clone();
        _plain.Noise = false;
        _plain.NoiseVolume = null;
        _plain.NoiseBox = null;
        _plain.TrimFraction = null;
        _plain.EigenvalueRatio = null;
        _plain.CollapsePolicy = CollapsePolicy.Reseed;
        _limits = limits;
        _hints = hints;
        _journal = journal;
    }

    /// <summary>The best mixture of the sound rows; null where these do not determine one.</summary>
    /// <param name="isLeftOut">For each row whether it is not held to be sound.</param>
    /// <param name="quick">Whether a quick search will do, as other starts are at hand.</param>
    /// <param name="report">The progress report, or null.</param>
    public MixtureParameters? Fit(bool[] isLeftOut, bool quick, Action<EmTrace, double>? report)
    {
        InMemoryObservations? sound = Choose(isLeftOut);
        if (sound is null)
        {
            return null;
        }

        try
        {
            ObservationChecks.CheckRows(sound, _plain);
            PooledMoments pooled = PooledMoments.Compute(sound, _plain.CovarianceModel.Shape(), _plain.ThreadCount, _limits.CancellationToken);
            ObservationChecks.CheckColumns(sound, pooled);
            if (_plain.ComponentCount == 1)
            {
                return pooled.ToSingleComponent(_plain.CovarianceModel);
            }

            SearchHints? hints = quick || _hints?.IsQuick == true ? new SearchHints { IsQuick = true } : null;
            using StartSearch search = new(sound, pooled, _plain, _limits, _ => report, hints, _journal);
            return search.Find()[0].Mixture;
        }
        catch (GmmToolsException exception) when (exception is EstimationException or InvalidObservationException)
        {
            return null;
        }
    }

    /// <summary>The sound rows; null where there are none.</summary>
    private InMemoryObservations? Choose(bool[] isLeftOut)
    {
        if (!Array.Exists(isLeftOut, value => value))
        {
            return _rows;
        }

        ObservationsBuilder builder = new(_rows.Property, weighted: true);
        double[] row = new double[_rows.Property.Count];
        int count = 0;
        for (int i = 0; i < isLeftOut.Length; i++)
        {
            if (!isLeftOut[i])
            {
                _rows.CopyRow(i, row);
                builder.Add(row, _rows.WeightOf(i));
                count++;
            }
        }

        return count == 0 ? null : builder.Build();
    }
}
