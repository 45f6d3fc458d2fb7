using System;
using System.Linq;

namespace GmmTools.Core.Tests.Support;

/// <summary>Old Faithful and 28 points of a grid, 7 values of eruptions from 1 to 6 by 4 of waiting from 30 to 110, as noise: the rows
/// from 273 on. Their box along the columns has the volume 400.</summary>
internal static class NoisyFaithful
{
    public const int SoundCount = 272;

    public static double[,] Rows { get; } = Create();

    /// <summary>The component, from 0, that a row starts in: whether waiting is above 68; 2 for the grid.</summary>
    public static int PartOf(int row) => row >= SoundCount ? 2 : Rows[row, 1] > 68 ? 0 : 1;

    private static double[,] Create()
    {
        (double Eruptions, double Waiting)[] grid =
        [
            .. from i in Enumerable.Range(0, 7) from j in Enumerable.Range(0, 4) select (1 + (i * 5.0 / 6), 30 + (j * 80.0 / 3)),
        ];
        double[,] rows = new double[SoundCount + grid.Length, 2];
        Array.Copy(TestData.Faithful, rows, 2 * SoundCount);
        for (int i = 0; i < grid.Length; i++)
        {
            rows[SoundCount + i, 0] = grid[i].Eruptions;
            rows[SoundCount + i, 1] = grid[i].Waiting;
        }

        return rows;
    }
}
