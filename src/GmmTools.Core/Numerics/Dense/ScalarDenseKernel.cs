using System;

namespace GmmTools.Numerics.Dense;

/// <summary>The loops without vectors: those of the portable build, and the oracle of the others.</summary>
internal sealed unsafe class ScalarDenseKernel : DenseKernel
{
    public override double Dot(double* left, double* right, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    public override void Products(double* first, double* second, double** right, int count, double* sums)
    {
        // four sums at a time: none waits for the one before
        Products(first, right, count, sums);
        Products(second, right, count, sums + Four);
    }

    public override void Add(double* target, double factor, double* source, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] += factor * source[i];
        }
    }

    public override void AddFour(double* target, double* factors, double** sources, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[i] += (factors[0] * sources[0][i]) + (factors[1] * sources[1][i]) + (factors[2] * sources[2][i]) + (factors[3] * sources[3][i]);
        }
    }

    public override void MultiplyTriangle(double* columns, int stride, double* vector, int order, double* product)
    {
        for (int i = 0; i < stride; i++)
        {
            product[i] = 0;
        }

        for (int j = 0; j < order; j++, columns += stride)
        {
            for (int i = j; i < order; i++)
            {
                product[i] += columns[i] * vector[j];
            }
        }
    }

    public override void AddOuterProduct(double* square, int stride, double* vector, int order, double factor)
    {
        for (int i = 0; i < order; i++, square += stride)
        {
            Add(square + i, factor * vector[i], vector + i, order - i);
        }
    }

    public override void Rotate(double* x, double* y, double c, double s, int count)
    {
        for (int i = 0; i < count; i++)
        {
            double left = x[i];
            double right = y[i];
            x[i] = (c * left) + (s * right);
            y[i] = (c * right) - (s * left);
        }
    }

    private static void Products(double* row, double** right, int count, double* sums)
    {
        double a = 0, b = 0, c = 0, d = 0;
        for (int i = 0; i < count; i++)
        {
            a += row[i] * right[0][i];
            b += row[i] * right[1][i];
            c += row[i] * right[2][i];
            d += row[i] * right[3][i];
        }

        sums[0] = a;
        sums[1] = b;
        sums[2] = c;
        sums[3] = d;
    }

    public override void Log(double* values, int count)
    {
        for (int i = 0; i < count; i++)
        {
            values[i] = Math.Log(values[i]);
        }
    }
}
