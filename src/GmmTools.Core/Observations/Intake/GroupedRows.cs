using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations.Intake;

/// <summary>Rows of one table, each of which belongs to a group.</summary>
public sealed class GroupedRows
{
    private const int RowsPerCheck = 4096;

    private readonly Dictionary<RowGroup, int> _places = [];
    private readonly List<RowGroup> _groups = [];
    private readonly List<int> _rows = [];

    /// <summary>The groups in the order in which their first rows came.</summary>
    public IReadOnlyList<RowGroup> Groups => _groups;

    /// <summary>For each row, in the order in which they came, the place of its group among <see cref="Groups"/>.</summary>
    internal IReadOnlyList<int> Places => _rows;

    /// <summary>Notes the group of the next row.</summary>
    /// <param name="group">The group.</param>
    public void Add(RowGroup group)
    {
        if (!_places.TryGetValue(group ?? throw new ArgumentNullException(nameof(group)), out int place))
        {
            place = _groups.Count;
            _places.Add(group, place);
            _groups.Add(group);
        }

        _rows.Add(place);
    }

    /// <summary>The rows of each group, in the order of <see cref="Groups"/>.</summary>
    /// <param name="observations">The rows, whose groups were noted in the order in which they are enumerated.</param>
    /// <param name="weighted">Whether they carry weights.</param>
    /// <param name="createStorage">Makes room for the rows of a group.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One table for each group.</returns>
    public IReadOnlyList<RowTable> Split(
        IObservations observations, bool weighted, Func<RowStorage> createStorage, CancellationToken cancellationToken)
    {
        _ = observations ?? throw new ArgumentNullException(nameof(observations));
        RowCollector[] collectors =
        [
            .. _groups.Select(_ => new RowCollector(observations.Property, weighted, MissingValuePolicy.Marginalize, createStorage())),
        ];
        int count = 0;
        foreach ((double[] row, double weight) in observations.EnumerateWeighted())
        {
            if (count % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            collectors[_rows[count++]].Add(row, weight);
        }

        return [.. collectors.Select(collector => new RowTable(collector.Build(), collector.Intake, []))];
    }
}
