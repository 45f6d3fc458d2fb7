using System;
using System.Collections.Generic;
using GmmTools.Estimation;

namespace GmmTools.Validation;

/// <summary>
/// Means and standard deviations that NIST has certified: Statistical Reference Datasets, univariate summary statistics, https://www.itl.nist.gov/div898/strd.
/// They are those of one normal component; NIST divides by n − 1. Decimals are rounded when they are read into doubles, so that of 14 digits a standard deviation
/// loses as many as it has fewer before the point than the mean: 0.1 at 10000000.2 loses eight.
/// </summary>
internal static class CertifiedMoments
{
    private const string Source = "NIST StRD";

    /// <summary>Numbers of 15 digits are known to 15 digits, whatever is printed of them.</summary>
    private const int Exact = 15;

    public static IEnumerable<PublishedValue> List() =>
    [
        .. Moments("Lew", "-177.435000000000", "277.332168044316", 14, 14, () => ReferenceData.Rows("lew")),
        .. Moments("Lottery", "518.958715596330", "291.699727470969", 14, 14, () => ReferenceData.Rows("lottery")),
        .. Moments("Mavro", "2.00185600000000", "0.000429123454003053", 14, 11, () => ReferenceData.Rows("mavro")),
        .. Moments("Michelso", "299.852400000000", "0.0790105478190518", 14, 11, () => ReferenceData.Rows("michelso")),
        .. Moments("NumAcc1", "10000002", "1", 14, 14, () => new double[,] { { 10000001 }, { 10000003 }, { 10000002 } }),
        .. Moments("NumAcc2", "1.2", "0.1", 14, 13, () => Alternate(1.2, 1.1, 1.3)),
        .. Moments("NumAcc3", "1000000.2", "0.1", 14, 7, () => Alternate(1000000.2, 1000000.1, 1000000.3)),
        .. Moments("NumAcc4", "10000000.2", "0.1", 14, 6, () => Alternate(10000000.2, 10000000.1, 10000000.3)),
    ];

    private static IEnumerable<PublishedValue> Moments(
        string data, string mean, string deviation, int digitsOfMean, int digitsOfDeviation, Func<double[,]> rows)
    {
        yield return new PublishedValue(
            Source, data, "normal", "mean", mean, digitsOfMean, bench => bench.FitNormal(data, rows).Mixture.Components[0].Mean[0], Exact);
        yield return new PublishedValue(
            Source, data, "normal", "standard deviation", deviation, digitsOfDeviation, bench => Deviation(bench.FitNormal(data, rows)), Exact);
    }

    private static double Deviation(EmFit fit) =>
        fit.Mixture.Components[0].StandardDeviation[0] * Math.Sqrt(fit.RowCount / (fit.RowCount - 1.0));

    /// <summary>The first number, and the other two 500 times each.</summary>
    private static double[,] Alternate(double first, double low, double high)
    {
        double[,] rows = new double[1001, 1];
        rows[0, 0] = first;
        for (int i = 1; i < 1001; i++)
        {
            rows[i, 0] = i % 2 == 1 ? low : high;
        }

        return rows;
    }
}
