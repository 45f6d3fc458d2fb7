using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Observations.Intake;

namespace GmmTools.Binding;

/// <summary>What there is to know of batches: how full the present one is, which rows were left out, and which warnings were not said yet
/// since the fits that have them are not given.</summary>
/// <param name="size">Rows of a batch.</param>
internal sealed class BatchRecord(int size)
{
    private int _rows;
    private int _count;
    private int _doubtfulCount;
    private string _firstWarning = string.Empty;
    private IReadOnlyList<string> _latest = [];

    /// <summary>Rows left out since the last batch; null when there are none.</summary>
    public RowIntake? LeftOut { get; private set; }

    /// <summary>What is to be said of the batches before the last one, whose fits are not given.</summary>
    public IEnumerable<string> EarlierWarnings
    {
        get
        {
            int earlier = _latest.Count > 0 ? _doubtfulCount - 1 : _doubtfulCount;
            return earlier == 0 ? [] : [FormattableString.Invariant($"{earlier} of {_count - 1} batches before the last one had warnings. The first: {_firstWarning}")];
        }
    }

    /// <summary>The warnings of a fit but the one that tells of rows left out, which is of all rows so far, not of a batch.</summary>
    public static IReadOnlyList<string> OwnWarnings(EmFit fit) => [.. fit.Warnings.Skip(fit.OmittedRowCount > 0 ? 1 : 0)];

    /// <summary>Counts a row that is used.</summary>
    /// <returns>Whether the batch is full.</returns>
    public bool AddRow() => ++_rows == size;

    /// <summary>Counts rows that were left out and belong to no batch.</summary>
    public void AddLeftOut(RowIntake intake)
    {
        if (intake.ReadCount > 0)
        {
            LeftOut = LeftOut?.Plus(intake) ?? intake;
        }
    }

    /// <summary>The counts of a batch and of the rows left out before it.</summary>
    public RowIntake TakeLeftOut(RowIntake intake)
    {
        RowIntake sum = LeftOut?.Plus(intake) ?? intake;
        LeftOut = null;
        return sum;
    }

    /// <summary>Ends a batch.</summary>
    /// <param name="fit">The fit after it.</param>
    public void EndBatch(EmFit fit)
    {
        _rows = 0;
        _count++;
        _latest = OwnWarnings(fit);
        if (_latest.Count > 0 && _doubtfulCount++ == 0)
        {
            _firstWarning = _latest[0];
        }
    }
}
