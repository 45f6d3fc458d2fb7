using System;

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// Rows so far out that squares of their distances are beyond the range of doubles: distances are scaled before they are squared, and
/// components are told apart by the difference of their squared distances, which is had without the squares themselves.
/// </summary>
internal static class FarRow
{
    /// <summary>Squared Mahalanobis distance of a row from a component; infinite only where the square is.</summary>
    public static double SquaredDistance(LogTerms terms, double[] row, int component)
    {
        int dimension = terms.Dimension;
        double[] halves = new double[dimension];
        double largest = 0;
        for (int j = 0; j < dimension; j++)
        {
            halves[j] = (0.5 * row[j]) - (0.5 * terms.Centres[(component * dimension) + j]);
            largest = Math.Max(largest, Math.Abs(halves[j]));
        }

        if (largest == 0)
        {
            return 0;
        }

        double distance = 2 * (largest * Length(terms, halves, largest, component));
        return distance * distance;
    }

    /// <summary>Responsibilities of the components for a row whose densities all underflow even as logarithms: the nearest in Mahalanobis
    /// distance takes it all, unless others are as near.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="row">d numbers.</param>
    /// <param name="responsibilities">K numbers, overwritten; they sum to 1.</param>
    public static void Share(LogTerms terms, double[] row, double[] responsibilities)
    {
        int best = Array.FindIndex(terms.Offsets, offset => !double.IsNegativeInfinity(offset));
        for (int k = best + 1; k < responsibilities.Length; k++)
        {
            best = LogGain(terms, row, k, best) > 0 ? k : best;
        }

        double sum = 0;
        for (int k = 0; k < responsibilities.Length; k++)
        {
            responsibilities[k] = k == best ? 1 : Math.Exp(Math.Min(0, LogGain(terms, row, k, best)));
            sum += responsibilities[k];
        }

        for (int k = 0; k < responsibilities.Length; k++)
        {
            responsibilities[k] /= sum;
        }
    }

    /// <summary>|W·h|/largest by a scaled sum of squares.</summary>
    private static double Length(LogTerms terms, double[] halves, double largest, int component)
    {
        double scale = 0;
        double[] image = new double[halves.Length];
        for (int i = 0; i < image.Length; i++)
        {
            for (int j = FirstColumn(terms, i); j <= i; j++)
            {
                image[i] += terms.Factor(component, i, j) * (halves[j] / largest);
            }

            scale = Math.Max(scale, Math.Abs(image[i]));
        }

        double sum = 0;
        for (int i = 0; i < image.Length && scale > 0; i++)
        {
            sum += image[i] / scale * (image[i] / scale);
        }

        return scale * Math.Sqrt(sum);
    }

    /// <summary>lₖ − lₗ for components k and l, where each of them is −∞.</summary>
    private static double LogGain(LogTerms terms, double[] row, int component, int other)
    {
        double offset = terms.Offsets[component];
        return double.IsNegativeInfinity(offset)
            ? double.NegativeInfinity
            : offset - terms.Offsets[other] - (0.5 * Difference(terms, row, component, other));
    }

    /// <summary>
    /// |u|² − |v|² = (u − v)ᵀ(u + v) with u = Wₖ(x − cₖ), v = Wₗ(x − cₗ), as a polynomial in the largest number of x = m·y, whose
    /// coefficients are ordinary numbers: what two components have in common cancels before it is multiplied by m.
    /// </summary>
    private static double Difference(LogTerms terms, double[] row, int component, int other)
    {
        double largest = 0;
        foreach (double number in row)
        {
            largest = Math.Max(largest, Math.Abs(number));
        }

        double square = 0, linear = 0, constant = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double differenceOfRows = 0, sumOfRows = 0, differenceOfCentres = 0, sumOfCentres = 0;
            for (int j = FirstColumn(terms, i); j <= i; j++)
            {
                double first = terms.Factor(component, i, j);
                double second = terms.Factor(other, i, j);
                double firstCentre = first * terms.Centres[(component * row.Length) + j];
                double secondCentre = second * terms.Centres[(other * row.Length) + j];
                differenceOfRows += (first - second) * (row[j] / largest);
                sumOfRows += (first + second) * (row[j] / largest);
                differenceOfCentres += secondCentre - firstCentre;
                sumOfCentres -= firstCentre + secondCentre;
            }

            square += differenceOfRows * sumOfRows;
            linear += (differenceOfRows * sumOfCentres) + (differenceOfCentres * sumOfRows);
            constant += differenceOfCentres * sumOfCentres;
        }

        double leading = square * largest * largest;
        double next = linear * largest;
        double rest = double.IsInfinity(leading) ? 0 : double.IsInfinity(next) ? next : next + constant;
        return leading + rest;
    }

    private static int FirstColumn(LogTerms terms, int row) => terms.Shape == CovarianceShape.Full ? 0 : row;
}
