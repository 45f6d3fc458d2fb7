using System;
using System.Collections.Generic;

namespace GmmTools.Numerics;

/// <summary>
/// Writes the state of a computation or reads it back: each part lists its numbers once, in one order, and keeps what it is given. Writing
/// gives back what was handed over, reading gives what was written. What is read may be anything: each part checks what it is given before it
/// allocates or computes anything from it.
/// </summary>
internal abstract class StateExchange
{
    /// <summary>Whether a state is read, not written.</summary>
    public abstract bool IsReading { get; }

    /// <summary>How many numbers what is left to read can hold.</summary>
    public abstract long Room { get; }

    /// <summary>Any number, also one that is not finite.</summary>
    public abstract double Number(double value);

    public abstract long Integer(long value);

    public abstract string Text(string value);

    /// <summary>Bytes whose count both sides know.</summary>
    /// <param name="value">The bytes; null when they are to be read.</param>
    /// <param name="length">Their number.</param>
    public abstract byte[] Bytes(byte[]? value, int length);

    /// <summary>The error that what was read is false.</summary>
    /// <param name="what">What is wrong with it.</param>
    public abstract Exception Wrong(string what);

    /// <summary>Refuses what was read unless a condition holds.</summary>
    public void Check(bool condition, FormattableString what)
    {
        if (IsReading && !condition)
        {
            throw Wrong(FormattableString.Invariant(what));
        }
    }

    /// <inheritdoc cref="Check(bool, FormattableString)"/>
    public void Check(bool condition, string what)
    {
        if (IsReading && !condition)
        {
            throw Wrong(what);
        }
    }

    /// <summary>A whole number within bounds.</summary>
    public int Count(int value, string what, long min = 0, long max = int.MaxValue)
    {
        long count = Integer(value);
        Check(count >= min && count <= max && count <= int.MaxValue, $"{what} is {count}, which is not from {min} to {max}");
        return (int)count;
    }

    /// <summary>The count of items of at least so many numbers each that follow.</summary>
    public int ItemCount(int value, string what, int numbersPerItem = 1)
    {
        long count = Integer(value);
        Check(count >= 0 && count <= Room / numbersPerItem && count <= int.MaxValue, $"{what} is {count}, more or less than there can be");
        return (int)count;
    }

    public bool Flag(bool value)
    {
        long flag = Integer(value ? 1 : 0);
        Check(flag is 0 or 1, $"a Boolean value is {flag}");
        return flag == 1;
    }

    /// <summary>The value of an enumeration.</summary>
    public T Name<T>(T value)
        where T : struct, Enum
    {
        long number = Integer(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
        Check(number is >= 0 and <= int.MaxValue && Enum.IsDefined(typeof(T), (int)number), $"{number} is no {typeof(T).Name}");
        return (T)Enum.ToObject(typeof(T), number);
    }

    public double Finite(double value, string what)
    {
        double number = Number(value);
        Check(IsFinite(number), $"{what} is {number}, not a finite number");
        return number;
    }

    /// <summary>A finite number, or NaN where it is not known.</summary>
    public double FiniteOrUnknown(double value, string what)
    {
        double number = Number(value);
        Check(!double.IsInfinity(number), $"{what} is {number}, not a finite number");
        return number;
    }

    /// <summary>Finite numbers whose count both sides know.</summary>
    /// <param name="values">Overwritten by what is read.</param>
    /// <param name="what">What they are.</param>
    /// <param name="areUsed">False where nothing of them is used, so that they may be anything.</param>
    public void Numbers(double[] values, string what, bool areUsed = true)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = areUsed ? Finite(values[i], what) : Number(values[i]);
        }
    }

    /// <summary>Finite numbers whose count is part of the state.</summary>
    public double[] List(IReadOnlyList<double> values, string what)
    {
        double[] exchanged = new double[ItemCount(values.Count, $"the number of {what}")];
        for (int i = 0; i < exchanged.Length; i++)
        {
            exchanged[i] = Finite(i < values.Count ? values[i] : 0, $"one of the {what}");
        }

        return exchanged;
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
}
