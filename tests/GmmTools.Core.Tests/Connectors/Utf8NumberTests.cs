using System;
using System.Globalization;
using System.Text;
using GmmTools.Connectors.Cells;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class Utf8NumberTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("+7")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("123456789012345678")]
    [InlineData("9007199254740993")]
    [InlineData("9007199254740992.5")]
    [InlineData("9007199254740993e1")]
    [InlineData("18014398509481985")]
    [InlineData("18014398509481987")]
    [InlineData("9999999999999999999")]
    [InlineData("0.000012345678901234567")]
    [InlineData("1e22")]
    [InlineData("1E+23")]
    [InlineData("8.5e-23")]
    [InlineData("4503599627370496.5")]
    [InlineData("4503599627370497.5")]
    [InlineData("2251799813685248.25")]
    [InlineData("0.3")]
    [InlineData("000000000000000000000000012.5")]
    public void Numbers_are_the_runtimes_to_the_last_bit(string text) => AssertSame(text);

    /// <summary>Every power of ten that is read here, with digits that no double holds.</summary>
    [Fact]
    public void Every_power_of_ten_is_read_to_the_last_bit()
    {
        for (int exponent = -64; exponent <= 64; exponent++)
        {
            foreach (string digits in new[] { "12345678901234567", "9999999999999999999", "9007199254740993", "7205759403792793501" })
            {
                Assert.Equal(1, AssertSame(string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}")));
                Assert.Equal(1, AssertSame(string.Create(CultureInfo.InvariantCulture, $"+{digits}E{exponent}")));
            }
        }
    }

    [Fact]
    public void Random_numbers_of_any_length_are_the_runtimes_to_the_last_bit() => AssertRandomNumbers(10_000, 4);

    [Fact]
    public void Very_many_random_numbers_are_the_runtimes_to_the_last_bit() => AssertRandomNumbers(400_000, 1);

    [Fact]
    public void Random_doubles_come_back_to_the_last_bit() => AssertRandomDoubles(4_000, 5);

    [Fact]
    public void Very_many_random_doubles_come_back_to_the_last_bit() => AssertRandomDoubles(200_000, 2);

    [Fact]
    public void Numbers_between_two_doubles_are_rounded_to_even() => AssertMidpoints(3_000, 6);

    [Fact]
    public void Very_many_numbers_between_two_doubles_are_rounded_to_even() => AssertMidpoints(100_000, 3);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("-.")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e400")]
    [InlineData("1e99999")]
    [InlineData("x")]
    [InlineData(" 1")]
    [InlineData("NaN")]
    [InlineData("12345678901234567890")]
    public void What_is_not_read_here_is_left_to_others(string text) =>
        Assert.Equal(0, Utf8Number.Read(Encoding.UTF8.GetBytes(text), (byte)'.', out _));

    [Theory]
    [InlineData("1.5,2", 3)]
    [InlineData("15\r\n", 2)]
    [InlineData("12345678,12345678", 8)]
    [InlineData("1.5.5", 3)]
    [InlineData("1-2", 1)]
    [InlineData("0x10", 1)]
    public void The_number_ends_where_its_characters_do(string text, int length) =>
        Assert.Equal(length, Utf8Number.Read(Encoding.UTF8.GetBytes(text), (byte)'.', out _));

    [Fact]
    public void The_decimal_separator_is_the_cultures()
    {
        Assert.Equal(8, Utf8Number.Read("-1,85e+2;3"u8, (byte)',', out double number));
        Assert.Equal(-185, number);
        Assert.Equal(2, Utf8Number.Read("-1.85"u8, (byte)',', out _));
    }

    private static void Append(Random random, StringBuilder text)
    {
        text.Append(random.Next(3) == 0 ? "-" : string.Empty);
        int length = random.Next(1, 20);
        int point = random.Next(-5, length + 10);
        for (int i = 0; i < length; i++)
        {
            text.Append(i == point ? "." : string.Empty).Append((char)('0' + random.Next(10)));
        }

        if (random.Next(2) == 0)
        {
            text.Append('e').Append(random.Next(-50, 45).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void AssertRandomNumbers(int count, int seed)
    {
        Random random = new(seed);
        StringBuilder text = new();
        int read = 0;
        for (int i = 0; i < count; i++)
        {
            text.Clear();
            Append(random, text);
            read += AssertSame(text.ToString());
        }

        Assert.InRange(read, count / 4 * 3, count);
    }

    private static void AssertRandomDoubles(int count, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-40, 40));
            AssertSame(value.ToString("R", CultureInfo.InvariantCulture));
            AssertSame(value.ToString("E16", CultureInfo.InvariantCulture));
            AssertSame(value.ToString("G15", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Halfway between two doubles, written out: the hardest to round.</summary>
    private static void AssertMidpoints(int count, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            long odd = ((random.NextInt64(1L << 52, 1L << 53) * 2) + 1) << random.Next(0, 5);
            for (int power = 0; power <= 4; power++)
            {
                // odd / 2^power has as many decimals as the power says
                decimal value = odd / (decimal)(1 << power);
                AssertSame(value.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static int AssertSame(string text)
    {
        double expected = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        int length = Utf8Number.Read(Encoding.UTF8.GetBytes(text), (byte)'.', out double actual);
        if (length == 0)
        {
            return 0;
        }

        Assert.Equal(text.Length, length);
        Assert.True(BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual), $"{text}: {expected:R} {actual:R}");
        return 1;
    }
}
