using System.Globalization;
using GmmTools.Connectors.Cells;
using GmmTools.Core.Tests.Support;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class CultureHintTests
{
    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("de")]
    [InlineData("zh-CN")]
    [InlineData("en-DE")]
    [InlineData("tr-TR")]
    public void Cultures_are_known_by_name(string name) => Assert.True(CultureHint.IsKnown(CultureInfo.GetCultureInfo(name)));

    [Theory]
    [InlineData("german")]
    [InlineData("de-DEE")]
    public void A_slip_of_the_keyboard_is_no_culture(string name) => Assert.False(CultureHint.IsKnown(CultureInfo.GetCultureInfo(name)));

    [Theory]
    [InlineData("", "1,5", "it is in de-DE.", "UseCulture de-DE")]
    [InlineData("de-DE", "1.5", "it is in the invariant culture.", "UseInvariantCulture")]
    [InlineData("", "1,500", "it is 1.5 in de-DE.", "UseCultureOrUngroup de-DE 1500")]
    [InlineData("", "-999,500", "it is -999.5 in de-DE.", "UseCultureOrUngroup de-DE -999500")]
    [InlineData("de-DE", "1.500", "it is 1.5 in the invariant culture.", "UseInvariantCultureOrUngroup 1500")]
    [InlineData("", "1,234,567", "thousands separators are not read. Write it as 1234567.", "")]
    [InlineData("", "1,234.25", "thousands separators are not read. Write it as 1234.25.", "")]
    [InlineData("", "1234,567", "it is in de-DE.", "UseCulture de-DE")]
    [InlineData("", "12,34", "it is in de-DE.", "UseCulture de-DE")]
    [InlineData("", ",500", "it is in de-DE.", "UseCulture de-DE")]
    public void A_text_that_another_culture_reads_is_told_with_it(string culture, string text, string reason, string remedy)
    {
        using CultureScope scope = new(string.Empty);
        (string Reason, Remedy? Remedy)? hint = CultureHint.For(text, CultureInfo.GetCultureInfo(culture));
        Assert.Equal((reason, remedy), (hint?.Reason, Remedies.Of(hint?.Remedy)));
    }

    [Theory]
    [InlineData("1,50,000")]
    [InlineData("1,234,56")]
    [InlineData("tall")]
    [InlineData("1e999,5")]
    [InlineData("1\0")]
    public void A_text_that_no_culture_reads_has_no_hint(string text)
    {
        using CultureScope scope = new(string.Empty);
        Assert.Null(CultureHint.For(text, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("12 345", true)]
    [InlineData("-1 234 567,5", true)]
    [InlineData("1 234.5", true)]
    [InlineData("1\u202F234", true)]
    [InlineData("1\u00A0234", true)]
    [InlineData("€ 12", true)]
    [InlineData("\u22123,5", true)]
    [InlineData("1234 567", false)]
    [InlineData("1 23", false)]
    [InlineData("1 2345", false)]
    [InlineData("1 23x", false)]
    [InlineData("x 234", false)]
    [InlineData("1 x34 567", false)]
    [InlineData("%", false)]
    public void Texts_that_show_a_number_are_told_from_others(string text, bool expected)
    {
        using CultureScope scope = new(string.Empty);
        Assert.Equal(expected, CultureHint.IsMeantAsNumber(text, CultureInfo.InvariantCulture));
    }
}
