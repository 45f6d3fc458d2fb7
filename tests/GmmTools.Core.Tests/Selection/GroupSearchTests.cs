using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

public sealed class GroupSearchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void EveryGroupIsFittedAsItIsAlone(int threadCount)
    {
        (GroupedRows rows, InMemoryObservations table, double[][] values) = Create(7, 60);
        IReadOnlyList<RowTable> tables = rows.Split(table, weighted: false, () => new RowStorage(1L << 30), default);
        EmOptions options = new() { ComponentCount = 2, ThreadCount = threadCount };

        IReadOnlyList<IReadOnlyList<IFitOutcome>> outcomes =
            new GroupSearch(options).Fit(rows.Groups, tables, [2], [CovarianceModel.VVV]);

        for (int g = 0; g < values.Length; g++)
        {
            EmFit fit = Assert.IsType<EmFit>(Assert.Single(outcomes[g]));
            EmFit alone = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Build(values[g]));
            Assert.Equal(alone.LogLikelihood, fit.LogLikelihood);
            Assert.Equal(rows.Groups[g], fit.Group);
            Assert.Equal(values[g].Length, fit.ReadRowCount);
        }
    }

    [Fact]
    public void AGroupWithoutEnoughRowsFailsForEveryCombinationAndStopsNoOther()
    {
        (GroupedRows rows, InMemoryObservations table, _) = Create(2, 40, last: 1);
        IReadOnlyList<RowTable> tables = rows.Split(table, weighted: false, () => new RowStorage(1L << 30), default);

        IReadOnlyList<IReadOnlyList<IFitOutcome>> outcomes = new GroupSearch(new EmOptions { ComponentCount = 1 })
            .Fit(rows.Groups, tables, [1, 2], [CovarianceModel.VVV, CovarianceModel.EEE]);

        Assert.All(outcomes[0], outcome => Assert.IsType<EmFit>(outcome));
        Assert.Equal(4, outcomes[1].Count);
        Assert.All(outcomes[1], outcome => Assert.Equal(rows.Groups[1], Assert.IsType<FitFailure>(outcome).Group));
    }

    [Fact]
    public void GroupsAreTheSameWhateverTheCase()
    {
        RowGroup group = new(["host"], ["Web1"]);
        Assert.Equal(group, new RowGroup(["Host"], ["WEB1"]));
        Assert.Equal(group.GetHashCode(), new RowGroup(["Host"], ["WEB1"]).GetHashCode());
        Assert.NotEqual(group, new RowGroup(["host"], ["web2"]));
        Assert.NotEqual(group, new RowGroup(["name"], ["Web1"]));
        Assert.Equal("host=Web1", group.ToString());
        Assert.Throws<ArgumentException>(() => new RowGroup([], []));
        Assert.Throws<ArgumentException>(() => new RowGroup(["a", "b"], ["1"]));
    }

    private static (GroupedRows Rows, InMemoryObservations Table, double[][] Values) Create(int groupCount, int rowCount, int? last = null)
    {
        Random random = new(11);
        GroupedRows rows = new();
        ObservationsBuilder table = new(["x"]);
        List<double>[] values = [.. Enumerable.Range(0, groupCount).Select(_ => new List<double>())];
        for (int i = 0; i < rowCount; i++)
        {
            // groups are interleaved, as in a log
            for (int g = 0; g < groupCount - (last is int few && i >= few ? 1 : 0); g++)
            {
                double value = (i % 2 * (4 + g)) + random.NextDouble() + random.NextDouble();
                values[g].Add(value);
                table.Add([value]);
                rows.Add(new RowGroup(["g"], [$"{g}"]));
            }
        }

        return (rows, table.Build(), [.. values.Select(list => list.ToArray())]);
    }

    private static InMemoryObservations Build(double[] values)
    {
        ObservationsBuilder builder = new(["x"]);
        Array.ForEach(values, value => builder.Add([value]));
        return builder.Build();
    }
}
