namespace GmmTools.Numerics.Kernels;

/// <summary>Products of a triangle and single rows in plain arithmetic: what the portable build runs, and the oracle for vectors.</summary>
internal sealed unsafe class ScalarTriangleArithmetic : TriangleArithmetic
{
    /// <inheritdoc/>
    public override void Multiply(double* columns, double* z, double* product, int dimension)
    {
        int stride = Stride(dimension);
        for (int i = 0; i < stride; i++)
        {
            product[i] = 0;
        }

        for (int j = 0; j < dimension; j++, columns += stride)
        {
            for (int i = j; i < dimension; i++)
            {
                product[i] += columns[i] * z[j];
            }
        }
    }

    /// <inheritdoc/>
    public override double Dot(double* left, double* right, int first, int dimension)
    {
        double sum = 0;
        for (int i = first; i < dimension; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <inheritdoc/>
    public override void AddScaled(double* target, double* source, double factor, int first, int dimension)
    {
        for (int i = first; i < dimension; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <inheritdoc/>
    public override void AddOuterProduct(double* square, double* z, double factor, int dimension)
    {
        int stride = Stride(dimension);
        for (int i = 0; i < dimension; i++, square += stride)
        {
            double scaled = factor * z[i];
            for (int j = i; j < dimension; j++)
            {
                square[j] += scaled * z[j];
            }
        }
    }
}
