using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Plots;
using GmmTools.Plots.Text;
using Xunit;

namespace GmmTools.Core.Tests.Plots;

public sealed class TerminalPictureTests
{
    [Theory]
    [InlineData("text-density-1", PlotKind.Density, false, "waiting")]
    [InlineData("text-density-2", PlotKind.Density, false)]
    [InlineData("text-classification-2", PlotKind.Classification, false)]
    [InlineData("text-pairs", PlotKind.Pairs, false)]
    [InlineData("ascii-density-1", PlotKind.Density, true, "waiting")]
    [InlineData("ascii-density-2", PlotKind.Density, true)]
    [InlineData("ascii-classification-1", PlotKind.Classification, true, "eruptions")]
    [InlineData("ascii-outlier-2", PlotKind.Outlier, true)]
    [InlineData("ascii-uncertainty-2", PlotKind.Uncertainty, true)]
    [InlineData("ascii-comparison-1", PlotKind.Comparison, true, "eruptions")]
    public void Pictures_look_as_they_did_when_somebody_last_looked(string name, PlotKind kind, bool isAscii, params string[] property) =>
        Check(name, PlotRequests.Create(kind, property), new TextFormat { IsAscii = isAscii, Height = 26 });

    [Fact]
    public void Traces_and_criteria_are_lines()
    {
        Check("text-trace", new PlotRequest { Kind = PlotKind.Trace, Traces = PlotRequests.Traces }, new TextFormat());
        Check("text-criterion", new PlotRequest { Kind = PlotKind.Criterion, Fits = PlotRequests.Fits }, new TextFormat());
        Check("ascii-criterion", new PlotRequest { Kind = PlotKind.Criterion, Fits = PlotRequests.Fits }, new TextFormat { IsAscii = true });
    }

    [Theory]
    [InlineData(20, 8)]
    [InlineData(40, 16)]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    public void Lines_keep_within_the_width_and_pictures_within_the_height(int width, int height)
    {
        foreach (PlotKind kind in new[] { PlotKind.Density, PlotKind.Classification, PlotKind.Uncertainty, PlotKind.Outlier, PlotKind.Comparison })
        {
            foreach (TextColors colors in new[] { TextColors.None, TextColors.Palette, TextColors.Full })
            {
                IReadOnlyList<string> lines = TerminalPicture.Draw(
                    PlotRequests.Create(kind), new TextFormat { Width = width, Height = height, Colors = colors }, CancellationToken.None);
                Assert.All(lines, line => Assert.True(Plain(line).Length <= width, line));
                Assert.True(lines.Count <= height || width < 80, $"{lines.Count} lines");
            }
        }
    }

    [Fact]
    public void Colours_change_nothing_but_colours()
    {
        PlotRequest request = PlotRequests.Create(PlotKind.Density, "waiting");

        string[] plain = [.. TerminalPicture.Draw(request, new TextFormat(), CancellationToken.None)];
        string[] colored = [.. TerminalPicture.Draw(request, new TextFormat { Colors = TextColors.Full }, CancellationToken.None)];

        Assert.Contains(colored, line => line.Contains("\u001b[38;2;0;114;178m", StringComparison.Ordinal));
        Assert.Equal(plain, colored.Select(line => Plain(line).TrimEnd()));
        Assert.All(colored.Where(line => line.Contains('\u001b', StringComparison.Ordinal)), line => Assert.Contains("\u001b[0m", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_palette_has_256_colours()
    {
        string[] lines = [.. TerminalPicture.Draw(PlotRequests.Create(PlotKind.Density), new TextFormat { Colors = TextColors.Palette }, CancellationToken.None)];

        int[] colors = [.. lines.SelectMany(line => Regex.Matches(line, "[34]8;5;([0-9]+)m")).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.NotEmpty(colors);
        Assert.All(colors, color => Assert.InRange(color, 16, 231));
    }

    [Fact]
    public void Ascii_is_ascii()
    {
        foreach (PlotKind kind in new[] { PlotKind.Density, PlotKind.Classification, PlotKind.Uncertainty, PlotKind.Outlier, PlotKind.Comparison, PlotKind.Pairs })
        {
            IReadOnlyList<string> lines = TerminalPicture.Draw(PlotRequests.Create(kind), new TextFormat { IsAscii = true }, CancellationToken.None);
            Assert.All(lines, line => Assert.True(line.All(char.IsAscii), line));
        }
    }

    [Fact]
    public void The_histogram_is_as_high_as_the_share_of_the_rows()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[5]], [new double[,] { { 1 } }]);
        PlotRequest request = new() { Mixture = mixture, Rows = PlotRequests.Draw(mixture, 20000) };

        string[] lines = [.. TerminalPicture.Draw(request, new TextFormat { Width = 60, Height = 40 }, CancellationToken.None)];

        // blocks and the curve over them cover the area under the density: the mean number of blocks of a column is about that of the curve
        int blocks = lines.Sum(line => line.Count(character => character is >= '▁' and <= '█'));
        int columns = lines.Max(line => line.Length) - 5;
        Assert.InRange((double)blocks / (columns * 34), 0.2, 0.45);
    }

    [Fact]
    public void Sixels_are_the_pixels()
    {
        int[] pixels = new int[7 * 9];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (i % 5) switch { 0 => 0xFFFFFF, 1 => 0x000000, 2 => 0xFF0000, 3 => 0x0033FF, _ => 0x33D400 };
        }

        int[] decoded = Decode(Sixel.Encode(pixels, 7), 7, 9);

        Assert.All(pixels.Zip(decoded), pair => Assert.True(Distance(pair.First, pair.Second) <= 0x1C, FormattableString.Invariant($"{pair.First:X6} became {pair.Second:X6}")));
    }

    private static int Distance(int first, int second) =>
        new[] { 16, 8, 0 }.Max(shift => Math.Abs(((first >> shift) & 0xFF) - ((second >> shift) & 0xFF)));

    private static int[] Decode(string text, int width, int height)
    {
        Assert.StartsWith($"\u001bP0;1;0q\"1;1;{width};{height}", text, StringComparison.Ordinal);
        Assert.EndsWith("\u001b\\", text, StringComparison.Ordinal);
        Dictionary<int, int> colors = [];
        int[] pixels = [.. Enumerable.Repeat(-1, width * height)];
        int color = 0;
        int x = 0;
        int y = 0;
        string body = text[text.IndexOf('#', StringComparison.Ordinal)..^2];
        foreach (Match match in Regex.Matches(body, @"#(?<n>\d+);2;(?<r>\d+);(?<g>\d+);(?<b>\d+)|#(?<use>\d+)|!(?<run>\d+)(?<c>[?-~])|(?<one>[?-~])|(?<cr>\$)|(?<lf>-)"))
        {
            int Value(string group) => int.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);
            if (match.Groups["n"].Success)
            {
                colors[Value("n")] = (Value("r") * 255 / 100 << 16) | (Value("g") * 255 / 100 << 8) | (Value("b") * 255 / 100);
            }
            else if (match.Groups["use"].Success)
            {
                color = colors[Value("use")];
            }
            else if (match.Groups["cr"].Success || match.Groups["lf"].Success)
            {
                x = 0;
                y += match.Groups["lf"].Success ? 6 : 0;
            }
            else
            {
                int count = match.Groups["run"].Success ? Value("run") : 1;
                int bits = (match.Groups["run"].Success ? match.Groups["c"] : match.Groups["one"]).Value[0] - '?';
                for (int i = 0; i < count; i++, x++)
                {
                    for (int bit = 0; bit < 6; bit++)
                    {
                        if ((bits >> bit & 1) == 1)
                        {
                            pixels[((y + bit) * width) + x] = color;
                        }
                    }
                }
            }
        }

        return pixels;
    }

    private static string Plain(string line) => Regex.Replace(line, "\u001b\\[[0-9;]*m", string.Empty);

    private static void Check(string name, PlotRequest request, TextFormat format)
    {
        string text = string.Join('\n', TerminalPicture.Draw(request, format, CancellationToken.None)) + "\n";
        PictureGoldenTests.Check(name, text);
    }
}
