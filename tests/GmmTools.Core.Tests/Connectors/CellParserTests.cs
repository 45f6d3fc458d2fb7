using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using CsCheck;
using GmmTools.Connectors.Cells;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class CellParserTests
{
    public static TheoryData<object, double> Numbers => new()
    {
        { 3, 3 },
        { -3L, -3 },
        { (short)-2, -2 },
        { (byte)7, 7 },
        { (sbyte)-7, -7 },
        { 4_000_000_000u, 4e9 },
        { ulong.MaxValue, 18446744073709551615.0 },
        { (ushort)65535, 65535 },
        { 2.5, 2.5 },
        { 0.5f, 0.5 },
        { 1.25m, 1.25 },
        { new BigInteger(12), 12 },
        { TimeSpan.FromMilliseconds(62_500), 62.5 },
        { double.PositiveInfinity, double.PositiveInfinity },
        { float.NegativeInfinity, double.NegativeInfinity },
    };

    public static TheoryData<object?> Blanks => new(
        null, DBNull.Value, string.Empty, " ", "\t \u00A0", "NA", "na", " Na ", "NaN", "nan", " NAN\r", "-NaN", double.NaN, float.NaN);

    public static TheoryData<object> Others => new(
        true, false, 'x', '5', new DateTime(2020, 1, 2), new DateTimeOffset(), DayOfWeek.Friday, Guid.Empty, new int[1]);

    [Theory]
    [InlineData("-999", CellKind.Missing)]
    [InlineData(" -999.0 ", CellKind.Missing)]
    [InlineData(-999, CellKind.Missing)]
    [InlineData(-999.0, CellKind.Missing)]
    [InlineData("N/A", CellKind.Missing)]
    [InlineData("n/a ", CellKind.Missing)]
    [InlineData(null, CellKind.Missing)]
    [InlineData(double.NaN, CellKind.Missing)]
    [InlineData("-998", CellKind.Number)]
    [InlineData(-998, CellKind.Number)]
    [InlineData("", CellKind.NotANumber)]
    [InlineData("NA", CellKind.NotANumber)]
    [InlineData("NaN", CellKind.NotANumber)]
    public void Missing_text_replaces_the_usual_list(object? value, CellKind expected)
    {
        CellKind kind = new CellParser(null, ["n/a", "-999"]).Parse(value, out double number);
        Assert.Equal(expected, kind);
        Assert.Equal(expected != CellKind.Number, double.IsNaN(number));
    }

    [Fact]
    public void Missing_numbers_are_read_in_the_culture_of_the_cells()
    {
        CellParser parser = new(CultureInfo.GetCultureInfo("de-DE"), ["-9,5", ""]);
        Assert.Equal(CellKind.Missing, parser.Parse("-9,50", out _));
        Assert.Equal(CellKind.Missing, parser.Parse(-9.5, out _));
        Assert.Equal(CellKind.Missing, parser.Parse(" ", out _));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Typed_numbers_are_taken_as_they_are(object value, double expected)
    {
        using CultureScope culture = new("de-DE");
        CellKind kind = new CellParser().Parse(value, out double number);
        Assert.Equal(CellKind.Number, kind);
        Assert.Equal(expected, number);
    }

    [Theory]
    [MemberData(nameof(Blanks))]
    public void Blanks_are_missing_and_never_zero(object? value)
    {
        CellKind kind = new CellParser().Parse(value, out double number);
        Assert.Equal(CellKind.Missing, kind);
        Assert.True(double.IsNaN(number));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void Truth_values_dates_and_characters_are_not_numbers(object value)
    {
        CellKind kind = new CellParser().Parse(value, out double number);
        Assert.Equal(CellKind.NotANumber, kind);
        Assert.True(double.IsNaN(number));
    }

    [Theory]
    [InlineData("", "1.85", 1.85)]
    [InlineData("", "-1e-3", -0.001)]
    [InlineData("", "+.5", 0.5)]
    [InlineData("", " 7 ", 7)]
    [InlineData("", "\u00A07\u2003", 7)]
    [InlineData("", "Infinity", double.PositiveInfinity)]
    [InlineData("", "-Infinity", double.NegativeInfinity)]
    [InlineData("de-DE", "1,85", 1.85)]
    [InlineData("de-DE", "-1,5E3", -1500)]
    [InlineData("de-DE", "∞", double.PositiveInfinity)]
    [InlineData("fr-FR", "1,85", 1.85)]
    [InlineData("fr-FR", "-2", -2)]
    public void Text_is_read_in_the_stated_culture_whatever_the_current_one(string culture, string text, double expected)
    {
        foreach (string current in new[] { string.Empty, "en-US", "de-DE", "fr-FR" })
        {
            using CultureScope scope = new(current);
            CellParser parser = new(CultureInfo.GetCultureInfo(culture));
            Assert.Equal(CellKind.Number, parser.Parse(text, out double number));
            Assert.Equal(expected, number);
            Assert.Equal(CellKind.Number, parser.ParseText(text.AsSpan(), out number));
            Assert.Equal(expected, number);
        }
    }

    [Theory]
    [InlineData("", "1,5")]
    [InlineData("", "1,500")]
    [InlineData("", "1,234.5")]
    [InlineData("", "abc")]
    [InlineData("", "1kb")]
    [InlineData("", "0x10")]
    [InlineData("", "1 2")]
    [InlineData("", "(1)")]
    [InlineData("", "$1")]
    [InlineData("", "1\0")]
    [InlineData("", "1.5\0\0")]
    [InlineData("", "1\0\u00A0")]
    [InlineData("", "NAN5")]
    [InlineData("de-DE", "1.5")]
    [InlineData("de-DE", "1.500")]
    [InlineData("de-DE", "1.234,5")]
    [InlineData("fr-FR", "1.5")]
    [InlineData("fr-FR", "1\u202F500")]
    public void No_thousands_separators_no_literals_no_currency(string culture, string text)
    {
        foreach (string current in new[] { string.Empty, "en-US", "de-DE", "fr-FR" })
        {
            using CultureScope scope = new(current);
            CellParser parser = new(CultureInfo.GetCultureInfo(culture));
            Assert.Equal(CellKind.NotANumber, parser.Parse(text, out double number));
            Assert.True(double.IsNaN(number));
            Assert.Equal(CellKind.NotANumber, parser.ParseText(text.AsSpan(), out number));
            Assert.True(double.IsNaN(number));
        }
    }

    [Fact]
    public void The_error_names_the_culture_that_reads_the_text()
    {
        using CultureScope scope = new("en-US");
        InvalidObservationException error = new CellParser().ErrorFor(CellKind.NotANumber, "1,85", 17, "Height");
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal(
            "Row 17, column 'Height': '1,85' is not a number in the invariant culture; it is in de-DE.", error.Message);
        Assert.Equal("UseCulture de-DE", Remedies.Of(error));
        Assert.Equal(17, error.Row);
        Assert.Equal("Height", error.Column);
        Assert.Equal("1,85", error.OffendingValue);
    }

    [Fact]
    public void The_current_culture_is_named_before_others()
    {
        using CultureScope scope = new("fr-FR");
        Assert.EndsWith("it is in fr-FR. [UseCulture fr-FR]", TextError("1,85", string.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public void The_invariant_culture_is_named_when_the_stated_one_is_wrong()
    {
        using CultureScope scope = new("de-DE");
        Assert.Equal(
            "Row 1, column 'x': '1.85' is not a number in de-DE; it is in the invariant culture. [UseInvariantCulture]",
            TextError("1.85", "de-DE"));
    }

    [Fact]
    public void An_ambiguous_number_is_explained_both_ways()
    {
        using CultureScope scope = new("en-US");
        Assert.Equal(
            "Row 1, column 'x': '1,500' is not a number in the invariant culture; it is 1.5 in de-DE. [UseCultureOrUngroup de-DE 1500]",
            TextError("1,500", string.Empty));
        Assert.Equal(
            "Row 1, column 'x': '-1,234,500.25' is not a number in the invariant culture; thousands separators are not read. "
            + "Write it as -1234500.25. []",
            TextError("-1,234,500.25", string.Empty));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1,2,3")]
    [InlineData("1kx")]
    public void Text_that_no_culture_reads_has_no_hint(string text)
    {
        string message = TextError(text, string.Empty);
        Assert.Equal($"Row 1, column 'x': '{text}' is not a number. [CorrectOrChooseColumns]", message);
    }

    [Theory]
    [InlineData("1kb", 1024)]
    [InlineData("-2 MiB", -2097152)]
    [InlineData(" 1e3 B ", 1000)]
    [InlineData("76%", 76)]
    [InlineData("250 us", 0.00025)]
    [InlineData("1.5h", 5400)]
    [InlineData("-00:01:00", -60)]
    [InlineData("2.00:00:01.25", 172801.25)]
    public void Numbers_with_a_unit_are_read_where_that_was_asked_for(string text, double expected)
    {
        CellKind kind = new CellParser(readsUnits: true).Parse(text, out double number);

        Assert.Equal(CellKind.Number, kind);
        Assert.Equal(expected, number);
        Assert.Equal(
            $"Row 1, column 'x': '{text}' is a number with a unit, which is not read unless asked for. [ReadUnits]", TextError(text, string.Empty));
    }

    [Theory]
    [InlineData("12 MS")]
    [InlineData("5m")]
    [InlineData("12:30")]
    [InlineData("KB")]
    [InlineData("NaN s")]
    [InlineData("1:2:3:4")]
    [InlineData("1 2 s")]
    public void Other_units_are_none(string text) => Assert.Equal(CellKind.NotANumber, new CellParser(readsUnits: true).Parse(text, out _));

    [Fact]
    public void A_number_with_a_unit_may_stand_for_a_missing_cell() =>
        Assert.Equal(CellKind.Missing, new CellParser(missingText: ["-1 ms", "-0.001"], readsUnits: true).Parse("-1ms", out _));

    [Fact]
    public void A_typed_value_is_named_with_its_type()
    {
        InvalidObservationException error = new CellParser().ErrorFor(CellKind.NotANumber, true, 2, "Flag");
        Assert.Equal("Row 2, column 'Flag': 'True' (Boolean) is not a number.", error.Message);
        Assert.Equal("ChooseNumericColumns", Remedies.Of(error));
    }

    [Fact]
    public void A_long_or_broken_text_is_shown_short_and_on_one_line()
    {
        string message = TextError("a\nb\0" + new string('x', 1_000_000), string.Empty);
        Assert.True(message.Length < 200);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain('\0', message);
    }

    [Theory]
    [InlineData("", "Height", "Row 17, column 'Height' is empty. [FilterEmptyCells Height]")]
    [InlineData("", "Body height", "Row 17, column 'Body height' is empty. [FilterEmptyCells 'Body height']")]
    [InlineData(" NA", "x", "Row 17, column 'x' is missing ('NA'). [FilterMissingText x NA]")]
    public void A_missing_cell_is_told_with_a_remedy(string value, string column, string expected)
    {
        InvalidObservationException error = new CellParser().ErrorFor(CellKind.Missing, value, 17, column);
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Equal(expected, $"{error.Message} [{Remedies.Of(error)}]");
        Assert.Equal(17, error.Row);
        Assert.Equal(column, error.Column);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(float.NaN)]
    public void A_missing_number_can_only_be_filled_in(object value)
    {
        InvalidObservationException error = new CellParser().ErrorFor(CellKind.Missing, value, 17, "x");
        Assert.Equal("Row 17, column 'x' is NaN. Fill it in, or leave such rows out before fitting.", error.Message);
        Assert.Null(error.Remedy);
    }

    [Fact]
    public void A_text_that_usually_means_a_missing_value_may_be_told_to()
    {
        InvalidObservationException error = new CellParser(null, ["-"]).ErrorFor(CellKind.NotANumber, "NA", 1, "x");
        Assert.Equal("Row 1, column 'x': 'NA' is not a number, nor one of the texts that mean a missing value.", error.Message);
        Assert.Equal("AddMissingText", Remedies.Of(error));
        Assert.Equal("CorrectOrChooseColumns", Remedies.Of(new CellParser(null, ["-"]).ErrorFor(CellKind.NotANumber, "tall", 1, "x")));
        Assert.Equal("Row 17, column 'Height' is empty", CellParser.DescribeMissing(null, new RowLocation(17), "Height"));
    }

    [Fact]
    public void A_number_has_no_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CellParser().ErrorFor(CellKind.Number, 1, 1, "x"));

    [Fact]
    public void Doubles_come_back_bit_by_bit_in_every_culture()
    {
        List<CellParser> parsers = [];
        foreach (string name in new[] { string.Empty, "de-DE", "fr-FR" })
        {
            parsers.Add(new CellParser(CultureInfo.GetCultureInfo(name)));
        }

        Gen.Double.Where(double.IsFinite).Holds(expected =>
        {
            foreach (CellParser parser in parsers)
            {
                CellKind kind = parser.Parse(expected.ToString("R", parser.Culture), out double number);
                Assert.Equal(CellKind.Number, kind);
                Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(number));
            }
        });
    }

    private static string TextError(string text, string culture)
    {
        InvalidObservationException error = new CellParser(CultureInfo.GetCultureInfo(culture)).ErrorFor(CellKind.NotANumber, text, 1, "x");
        return $"{error.Message} [{Remedies.Of(error)}]";
    }
}
