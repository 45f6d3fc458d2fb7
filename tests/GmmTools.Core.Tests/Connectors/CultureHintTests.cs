using System.Globalization;
using GmmTools.Connectors.Cells;
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
}
