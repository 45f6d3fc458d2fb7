using System.Collections.Generic;

namespace GmmTools.Numerics;

/// <summary>
/// Writes the state of a computation or reads it back: each part lists its numbers once, in one order, and keeps what it is given. Writing
/// gives back what was handed over, reading gives what was written.
/// </summary>
internal abstract class StateExchange
{
    /// <summary>Whether a state is read, not written.</summary>
    public abstract bool IsReading { get; }

    public abstract double Number(double value);

    public abstract long Integer(long value);

    public abstract string Text(string value);

    /// <summary>Bytes whose count both sides know.</summary>
    /// <param name="value">The bytes; null when they are to be read.</param>
    /// <param name="length">Their number.</param>
    public abstract byte[] Bytes(byte[]? value, int length);

    public int Count(int value) => checked((int)Integer(value));

    public bool Flag(bool value) => Integer(value ? 1 : 0) != 0;

    /// <summary>Numbers whose count both sides know.</summary>
    public void Numbers(double[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Number(values[i]);
        }
    }

    /// <summary>Numbers whose count is part of the state.</summary>
    public double[] List(IReadOnlyList<double> values)
    {
        double[] exchanged = new double[Count(values.Count)];
        for (int i = 0; i < exchanged.Length; i++)
        {
            exchanged[i] = Number(i < values.Count ? values[i] : 0);
        }

        return exchanged;
    }
}
