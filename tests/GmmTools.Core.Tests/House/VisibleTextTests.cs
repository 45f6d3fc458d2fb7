using System;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Classification;
using GmmTools.Connectors;
using GmmTools.Connectors.Cells;
using GmmTools.Core.Tests.Plots;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Plots;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>Column names, paths and cells are data: no control sequence in them reaches a terminal.</summary>
public sealed class VisibleTextTests
{
    private const string Red = "\u001b[31mx";

    [Theory]
    [InlineData("", "")]
    [InlineData("Größe (cm)", "Größe (cm)")]
    [InlineData("\u001b[31mred\u001b[0m", @"\x1b[31mred\x1b[0m")]
    [InlineData("a\0b\ac\u007f", @"a\x00b\x07c\x7f")]
    [InlineData("\u009b2J", @"\x9b2J")]
    [InlineData("a\tb\r\nc\rd", @"a\tb\r\nc\rd")]
    [InlineData("\u202egnp.exe\u2066\u200f\u2028", @"\u202egnp.exe\u2066\u200f\u2028")]
    public void Control_characters_are_shown(string text, string expected) => Assert.Equal(expected, VisibleText.Of(text));

    [Theory]
    [InlineData("a\tb\r\nc\n", "a\tb\r\nc\n")]
    [InlineData("a\rb", @"a\rb")]
    [InlineData("line\n\u001b]0;title\a", "line\n" + @"\x1b]0;title\x07")]
    public void A_message_keeps_its_lines(string text, string expected) => Assert.Equal(expected, VisibleText.InMessage(text));

    [Fact]
    public void Errors_show_names_and_keep_them()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => ColumnSelector.ResolveWeight(["y"], Red, []));
        Assert.Contains(@"'\x1b[31mx'", error.Message, StringComparison.Ordinal);
        Assert.Equal(Red, error.Column);
        error.Advice = Red;
        Assert.DoesNotContain('\u001b', error.Message);
    }

    [Fact]
    public void Pictures_in_a_terminal_show_names()
    {
        foreach (PlotKind kind in Enum.GetValues<PlotKind>().Except([PlotKind.Auto, PlotKind.Criterion, PlotKind.Trace]))
        {
            PlotRequest request = PlotRequests.Create(kind);
            request.Mixture = Rename(request.Mixture!);
            request.Reference = request.Reference is null ? null : Rename(request.Reference);
            request.Rows = InMemoryObservations.FromMatrix(TestData.Faithful, request.Mixture.Property);
            request.Differences = [new(Red, Red, 3, 1, 5, true)];
            request.Intervals = [new(Red, Red, Red, 1, 3, 1, 5, 0.95, Red)];
            request.Classifier = kind == PlotKind.Region ? Classify(request.Rows) : null;
            request.Title = "\u001b]0;title\a";
            string text = string.Join('\n', TerminalPicture.Draw(request, new TextFormat(), CancellationToken.None));
            Assert.DoesNotContain('\u001b', text);
            Assert.DoesNotContain('\a', text);
            Assert.Contains(@"\x1b", text, StringComparison.Ordinal);
        }
    }

    private static MixtureClassifier Classify(IObservations rows) => new ClassifierEstimator(new ClassifierOptions { Models = [CovarianceModel.EEE] })
        .Fit(ClassifiedRows.Create(rows, [.. rows.EnumerateWeighted().Select(pair => pair.Row[0] > 3 ? Red : "short")]));

    /// <summary>What a file holds is data for the next program.</summary>
    [Fact]
    public void Files_keep_names()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"{Red},y\n1,2\n3,5\n");
            Assert.Equal([Red, "y"], FileObservationReader.ReadHeader(path, null));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static GaussianMixture Rename(GaussianMixture mixture) =>
        new(mixture.Parameters, [.. mixture.Property.Select(name => "\u001b[31m" + name)], mixture.CovarianceModel);
}
