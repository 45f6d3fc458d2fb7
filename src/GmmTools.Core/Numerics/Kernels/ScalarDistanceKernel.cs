using System;

namespace GmmTools.Numerics.Kernels;

/// <summary>Squared distances in plain arithmetic: what machines without vectors run, and the oracle for the others.</summary>
internal sealed class ScalarDistanceKernel : DistanceKernel
{
    /// <inheritdoc cref="DistanceKernel(double[], int)"/>
    public ScalarDistanceKernel(double[] points, int dimension)
        : base(points, dimension)
    {
    }

    /// <inheritdoc/>
    public override double Distances(double[] centre, double[] weights, double[]? soFar, double[] result)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double distance = weights[i] * SquaredDistance(i, centre, 0);
            result[i] = soFar is null ? distance : Math.Min(distance, soFar[i]);
            sum += result[i];
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void Nearest(double[] centres, double[] labels)
    {
        for (int i = 0; i < Count; i++)
        {
            double least = double.PositiveInfinity;
            for (int offset = 0; offset < centres.Length; offset += Dimension)
            {
                double distance = SquaredDistance(i, centres, offset);
                if (distance < least)
                {
                    least = distance;
                    labels[i] = offset / Dimension;
                }
            }
        }
    }

    private double SquaredDistance(int point, double[] centres, int offset)
    {
        double sum = 0;
        for (int j = 0; j < Dimension; j++)
        {
            double difference = Columns[(j * PaddedCount) + point] - centres[offset + j];
            sum += difference * difference;
        }

        return sum;
    }
}
