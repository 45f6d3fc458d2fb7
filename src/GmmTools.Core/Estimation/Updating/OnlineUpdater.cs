using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Estimation.Updating;

/// <summary>
/// Online EM over rows that are seen once and not kept: each batch changes the fit as soon as it is full and is then forgotten
/// (Cappé and Moulines, Journal of the Royal Statistical Society B 71 (2009) 593-613).
/// </summary>
public sealed class OnlineUpdater
{
    private readonly FitUpdater _updater;
    private readonly int _batchSize;
    private readonly Func<RowCollector> _createBatch;
    private RowCollector? _batch;
    private RowIntake? _leftOut;
    private int _rowCount;
    private int _batchCount;
    private int _doubtfulCount;
    private string _firstWarning = string.Empty;

    /// <summary>Starts with a fit.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="options">How each batch changes it.</param>
    /// <param name="batchSize">Rows of a batch, at least 1; rows that are left out do not count.</param>
    /// <param name="createBatch">Makes what checks and collects the rows of a batch; null for complete rows of weight 1 with the columns of the fit.</param>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public OnlineUpdater(EmFit fit, UpdateOptions options, int batchSize, Func<RowCollector>? createBatch = null)
    {
        Fit = fit ?? throw new ArgumentNullException(nameof(fit));
        _updater = new FitUpdater(options);
        _batchSize = batchSize >= 1 ? batchSize : throw new ArgumentOutOfRangeException(nameof(batchSize));
        _createBatch = createBatch ?? (() => new RowCollector(fit.Property));
    }

    /// <summary>The fit after the batches so far.</summary>
    public EmFit Fit { get; private set; }

    /// <summary>The warnings of the last batch: those of the fit but the one that tells of rows left out, which is of all rows so far.</summary>
    public IReadOnlyList<string> BatchWarnings { get; private set; } = [];

    /// <summary>What is to be said of the batches before the last one, for callers who only give the last fit.</summary>
    public IReadOnlyList<string> EarlierWarnings
    {
        get
        {
            int earlier = BatchWarnings.Count > 0 ? _doubtfulCount - 1 : _doubtfulCount;
            return earlier == 0
                ? []
                : [FormattableString.Invariant($"{earlier} of {_batchCount - 1} batches before the last one had warnings. The first: {_firstWarning}")];
        }
    }

    /// <summary>Adds a row to the present batch.</summary>
    /// <param name="row">d numbers in the order of the fit's columns; NaN where a cell is missing. Copied.</param>
    /// <param name="weight">How often the row counts, where batches are weighted.</param>
    /// <returns>Whether the batch is full, so that <see cref="EndBatch"/> is to be called.</returns>
    /// <exception cref="InvalidObservationException">The row cannot be used (InfiniteValue, InvalidRowWeight), or a cell is missing where none may be
    /// (MissingValue): at once, since a batch may never be full.</exception>
    public bool Add(double[] row, double weight = 1)
    {
        _batch ??= _createBatch();
        bool isUsed = _batch.Add(row, weight);
        _batch.ThrowIfMissing();
        return isUsed && ++_rowCount == _batchSize;
    }

    /// <summary>Counts rows that were left out and belong to no batch.</summary>
    /// <param name="intake">Their counts.</param>
    public void AddLeftOut(RowIntake intake)
    {
        if ((intake ?? throw new ArgumentNullException(nameof(intake))).ReadCount > 0)
        {
            _leftOut = _leftOut?.Plus(intake) ?? intake;
        }
    }

    /// <summary>Takes the present batch into the fit, full or not, and forgets it.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Number of rows in it; 0 when there was nothing to take.</returns>
    public long EndBatch(CancellationToken cancellationToken = default)
    {
        if (_batch is not RowCollector batch)
        {
            return 0;
        }

        _batch = null;
        _rowCount = 0;
        if (batch.Intake.UsedCount == 0)
        {
            AddLeftOut(batch.Intake);
            return 0;
        }

        IObservations rows = batch.Build();
        Fit = _updater.Update(Fit, rows, _leftOut?.Plus(batch.Intake) ?? batch.Intake, cancellationToken);
        _leftOut = null;
        _batchCount++;
        BatchWarnings = [.. Fit.Warnings.Skip(Fit.OmittedRowCount > 0 ? 1 : 0)];
        if (BatchWarnings.Count > 0 && _doubtfulCount++ == 0)
        {
            _firstWarning = BatchWarnings[0];
        }

        return rows.Count;
    }

    /// <summary>Ends: the fit also counts rows that were left out after the last batch.</summary>
    /// <returns>The fit.</returns>
    public EmFit Finish()
    {
        if (_leftOut is RowIntake leftOut)
        {
            Fit = FitUpdater.Count(Fit, leftOut);
            _leftOut = null;
        }

        return Fit;
    }
}
