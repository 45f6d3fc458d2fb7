#if NET
namespace GmmTools.Numerics.Vectors;

/// <summary>
/// What the kernels need of a vector of doubles. The kernels are written once over this and compiled by the JIT for each width;
/// the vectors themselves stay bare values, so that they live in registers.
/// </summary>
internal unsafe interface IVectorOperations<TVector>
    where TVector : struct
{
    /// <summary>Doubles per vector.</summary>
    static abstract int Count { get; }

    /// <summary>Whether there are registers for 16 accumulators and their operands.</summary>
    static abstract bool HasManyRegisters { get; }

    static abstract TVector Create(double value);

    static abstract TVector Load(double* source);

    static abstract void Store(TVector vector, double* target);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left·right + addend, in one rounding where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Max(TVector left, TVector right);

    /// <summary>vector·2ⁿ, where n stands in the lowest bits of the other vector; no lane may leave the range of normal numbers.</summary>
    static abstract TVector AddToExponent(TVector vector, TVector shifted);

    /// <summary>The vector, but one where the argument is at least the bound.</summary>
    static abstract TVector OneWhereAtLeast(TVector vector, TVector argument, TVector bound);

    /// <summary>The vector, but zero where the argument is below the bound.</summary>
    static abstract TVector ZeroBelow(TVector vector, TVector argument, TVector bound);

    /// <summary>One vector where left is less than right, the other elsewhere.</summary>
    static abstract TVector WhereLess(TVector left, TVector right, TVector less, TVector otherwise);

    /// <summary>A bit for each lane, set where left is less than right; the first lane is the lowest bit.</summary>
    static abstract uint LanesLess(TVector left, TVector right);

    static abstract TVector Log(TVector vector);

    static abstract double Sum(TVector vector);

    /// <summary>Adds the sums of four vectors to four numbers in memory.</summary>
    static abstract void AddSums(TVector v0, TVector v1, TVector v2, TVector v3, double* target);
}
#endif
