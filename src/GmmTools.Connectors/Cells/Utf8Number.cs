#if NET
using System;
using System.Numerics;

namespace GmmTools.Connectors.Cells;

/// <summary>
/// Reads plain decimal numbers from UTF-8, correctly rounded, several times faster than the runtime does. Up to 19 digits fit an
/// integer w; w·10^q is exact in doubles while both are small (W. D. Clinger, PLDI 1990), else one or two 64-bit products with a
/// truncated power of ten round it (D. Lemire, Software: Practice and Experience 51 (2021) 1700-1727). All else - more digits, far
/// exponents, infinities - is left to the caller.
/// </summary>
internal static class Utf8Number
{
    private const int MaxDigits = 19;
    private const int MaxExponent = 64;
    private const int MaxExactExponent = 22;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>Eight characters 0: what is left of a digit is its value.</summary>
    private const ulong AllZeros = 0x3030303030303030;

    /// <summary>Added to eight bytes, this sets the sign of each that is above 9.</summary>
    private const ulong SignsAboveNine = 0x7676767676767676;
    private const ulong AllSigns = 0x8080808080808080;

    private static readonly double[] ExactPowers = CreateExactPowers();
    private static readonly ulong[] Powers = CreatePowers();

    /// <summary>Reads a number that begins where the text does, as far as it goes.</summary>
    /// <param name="text">The text; what follows the number is not looked at.</param>
    /// <param name="decimalSeparator">What stands between the whole part and the fraction.</param>
    /// <param name="number">The number.</param>
    /// <returns>Length of the number in bytes; 0 when there is none, or none that is read here.</returns>
    public static int Read(ReadOnlySpan<byte> text, byte decimalSeparator, out double number)
    {
        number = 0;
        int position = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+'))
        {
            position = 1;
        }

        int first = position;
        ulong digits = 0;
        ReadDigits(text, ref position, ref digits);
        int digitCount = position - first;
        int exponent = 0;
        if ((uint)position < (uint)text.Length && text[position] == decimalSeparator)
        {
            int fraction = ++position;
            ReadDigits(text, ref position, ref digits);
            exponent = fraction - position;
            digitCount -= exponent;
        }

        if (digitCount == 0 || (digitCount > MaxDigits && !FitsAfterZeros(text[first..position], digitCount)))
        {
            return 0;
        }

        if ((uint)position < (uint)text.Length && (text[position] | 0x20) == 'e' && !ReadExponent(text, ref position, ref exponent))
        {
            return 0;
        }

        return TryScale(digits, exponent, negative, out number) ? position : 0;
    }

    /// <summary>Adds the digits that stand here; the integer may wrap around, which the number of digits tells.</summary>
    private static void ReadDigits(ReadOnlySpan<byte> text, ref int position, ref ulong digits)
    {
        ulong value = digits;
        int i = position;
        while (text.Length - i >= sizeof(ulong))
        {
            ulong eight = BitConverter.ToUInt64(text.Slice(i, sizeof(ulong))) ^ AllZeros;
            if (!BitConverter.IsLittleEndian || (((eight + SignsAboveNine) | eight) & AllSigns) != 0)
            {
                break;
            }

            value = (value * 100_000_000) + Join(eight);
            i += sizeof(ulong);
        }

        while ((uint)i < (uint)text.Length && (uint)(text[i] - '0') <= 9)
        {
            value = (value * 10) + (uint)(text[i] - '0');
            i++;
        }

        digits = value;
        position = i;
    }

    /// <summary>Eight digits, the first in the lowest byte, become pairs, then fours, then the number.</summary>
    private static uint Join(ulong digits)
    {
        ulong pairs = ((digits * 10) + (digits >> 8)) & 0x00FF00FF00FF00FF;
        ulong fours = ((pairs * 100) + (pairs >> 16)) & 0x0000FFFF0000FFFF;
        return (uint)((fours * 10_000) + (fours >> 32));
    }

    /// <summary>Zeros at the beginning are no digits that count: 0.00012345678901234567 has 17.</summary>
    private static bool FitsAfterZeros(ReadOnlySpan<byte> written, int digitCount)
    {
        foreach (byte character in written)
        {
            if ((uint)(character - '1') <= 8)
            {
                break;
            }

            digitCount -= character == '0' ? 1 : 0;
        }

        return digitCount <= MaxDigits;
    }

    private static bool ReadExponent(ReadOnlySpan<byte> text, ref int position, ref int exponent)
    {
        int i = position + 1;
        bool negative = i < text.Length && text[i] == '-';
        if (negative || (i < text.Length && text[i] == '+'))
        {
            i++;
        }

        int first = i;
        int written = 0;
        while (i < text.Length && (uint)(text[i] - '0') <= 9 && i - first < 4)
        {
            written = (written * 10) + (text[i] - '0');
            i++;
        }

        exponent += negative ? -written : written;
        position = i;
        return i > first && i - first < 4;
    }

    private static bool TryScale(ulong digits, int exponent, bool negative, out double number)
    {
        if (digits <= 1UL << (MantissaBits + 1) && Math.Abs(exponent) <= MaxExactExponent)
        {
            double exact = exponent < 0 ? digits / ExactPowers[-exponent] : digits * ExactPowers[exponent];
            number = negative ? -exact : exact;
            return true;
        }

        if (digits == 0 || Math.Abs(exponent) > MaxExponent)
        {
            number = 0;
            return false;
        }

        ulong bits = Scale(digits, exponent);
        number = BitConverter.UInt64BitsToDouble(negative ? bits | (1UL << 63) : bits);
        return true;
    }

    /// <summary>The bits of w·10^q: the result is far from the smallest and the largest double.</summary>
    private static ulong Scale(ulong digits, int exponent)
    {
        int leadingZeros = BitOperations.LeadingZeroCount(digits);
        ulong normalized = digits << leadingZeros;
        int power = 2 * (exponent + MaxExponent);
        ulong high = Math.BigMul(normalized, Powers[power], out ulong low);
        if ((high & 0x1FF) == 0x1FF)
        {
            // the lower half of the power can still carry into the bits that decide on the rounding
            ulong carry = Math.BigMul(normalized, Powers[power + 1], out _);
            low += carry;
            high += low < carry ? 1UL : 0UL;
        }

        int upper = (int)(high >> 63);
        int shift = upper + 64 - MantissaBits - 3;
        ulong mantissa = high >> shift;
        if (low <= 1 && exponent is >= -4 and <= 23 && (mantissa & 3) == 1 && mantissa << shift == high)
        {
            // exactly between two doubles: to the even one
            mantissa &= ~1UL;
        }

        mantissa = (mantissa + (mantissa & 1)) >> 1;
        int binaryExponent = BinaryExponent(exponent) + upper - leadingZeros + 63 + ExponentBias;
        if (mantissa >= 1UL << (MantissaBits + 1))
        {
            mantissa = 1UL << MantissaBits;
            binaryExponent++;
        }

        return (mantissa & ((1UL << MantissaBits) - 1)) | ((ulong)binaryExponent << MantissaBits);
    }

    /// <summary>The floor of q·log2(10), for |q| ≤ 350.</summary>
    private static int BinaryExponent(int exponent) => (217706 * exponent) >> 16;

    private static double[] CreateExactPowers()
    {
        double[] powers = new double[MaxExactExponent + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    /// <summary>The leading 128 bits of 10^-64 .. 10^64, high half first; truncated, reciprocals rounded up.</summary>
    private static ulong[] CreatePowers()
    {
        ulong[] powers = new ulong[2 * ((2 * MaxExponent) + 1)];
        for (int exponent = -MaxExponent; exponent <= MaxExponent; exponent++)
        {
            BigInteger five = BigInteger.Pow(5, Math.Abs(exponent));
            int length = (int)five.GetBitLength();
            BigInteger leading;
            if (exponent >= 0)
            {
                leading = length <= 128 ? five << (128 - length) : five >> (length - 128);
            }
            else
            {
                leading = ((BigInteger.One << (length + 127)) / five) + 1;
            }

            int index = 2 * (exponent + MaxExponent);
            powers[index] = (ulong)(leading >> 64);
            powers[index + 1] = (ulong)(leading & ulong.MaxValue);
        }

        return powers;
    }
}
#endif
