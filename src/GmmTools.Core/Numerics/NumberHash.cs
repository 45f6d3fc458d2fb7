using System;
using System.Globalization;

namespace GmmTools.Numerics;

/// <summary>A check sum of numbers in their order, to notice that rows are not those of before; every bit of every number counts. No
/// protection against forgery. Mixing as in SplitMix64: Steele, Lea and Flood, OOPSLA (2014) 453-472.</summary>
internal struct NumberHash
{
    /// <summary>Begins the text of a check sum, of which only the fact of a difference can be told.</summary>
    private const string Mark = "#";

    /// <summary>The check sum so far.</summary>
    public ulong Value { get; private set; }

    /// <summary>Takes the next number; all NaN are one.</summary>
    public void Add(double number)
    {
        ulong mixed = (Value + 0x9E3779B97F4A7C15UL) ^ (ulong)BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
        Value = mixed ^ (mixed >> 31);
    }

    /// <summary>Whether a text is one of a check sum.</summary>
    public static bool IsText(string text) => text.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>The check sum as a text, which tells of itself that it is one.</summary>
    public override readonly string ToString() => Mark + Value.ToString("x16", CultureInfo.InvariantCulture);
}
