using System.Collections.Generic;

namespace GmmTools.Observations;

/// <summary>Keeps the few rows of least density out of many that are offered.</summary>
internal sealed class LeastProbableRows
{
    /// <summary>In increasing order; ranks are small.</summary>
    private readonly List<(double LogDensity, long Row)> _smallest;
    private readonly int _rank;

    /// <param name="rank">0 for the least probable row, 1 for the next, and so on.</param>
    public LeastProbableRows(int rank)
    {
        _rank = rank;
        _smallest = new List<(double LogDensity, long Row)>(rank + 2);
    }

    /// <summary>The row of the rank wanted, or the last one when fewer were offered.</summary>
    public long Row => _smallest[_smallest.Count - 1].Row;

    /// <summary>Offers a row.</summary>
    public void Offer(double logDensity, long row)
    {
        if (_smallest.Count > _rank && !(logDensity < _smallest[_smallest.Count - 1].LogDensity))
        {
            return;
        }

        int place = _smallest.FindIndex(entry => entry.LogDensity > logDensity);
        _smallest.Insert(place < 0 ? _smallest.Count : place, (logDensity, row));
        if (_smallest.Count > _rank + 1)
        {
            _smallest.RemoveAt(_smallest.Count - 1);
        }
    }
}
