using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class GzipTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MissingValuePolicy.Error)]
    [InlineData(MissingValuePolicy.Omit)]
    public void A_file_that_was_cut_off_anywhere_is_an_error(MissingValuePolicy policy)
    {
        byte[] whole = Compress(Rows(0, 4000));
        for (int cut = 1; cut <= 60; cut++)
        {
            int length = cut < 20 ? whole.Length - cut : (int)((long)whole.Length * cut / 61);
            AssertUnreadable(whole[..length], policy);
        }
    }

    [Fact]
    public void The_last_of_several_members_may_not_be_cut_off_either()
    {
        byte[] first = Compress("a,b\n" + Lines(0, 50));
        byte[] second = Compress(Lines(50, 50));
        byte[] whole = [.. first, .. second];
        Assert.Equal(100, Read(whole, MissingValuePolicy.Error).Observations.Count);
        Assert.Equal(50, Read(first, MissingValuePolicy.Error).Observations.Count);
        for (int cut = 1; cut < second.Length; cut++)
        {
            AssertUnreadable(whole[..^cut], MissingValuePolicy.Omit);
        }
    }

    [Fact]
    public void Zeros_behind_the_last_member_are_padding()
    {
        byte[] whole = Compress(Rows(0, 50));
        Assert.Equal(50, Read([.. whole, .. new byte[512]], MissingValuePolicy.Error).Observations.Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-4)]
    [InlineData(-5)]
    [InlineData(-8)]
    public void A_wrong_check_sum_or_length_is_an_error(int place)
    {
        byte[] whole = Compress(Rows(0, 50));
        whole[whole.Length + place] ^= 1;
        AssertUnreadable(whole, MissingValuePolicy.Error);
    }

    private static string Rows(int first, int count) => "a,b\n" + Lines(first, count);

    private static string Lines(int first, int count) =>
        string.Concat(Enumerable.Range(first, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{Math.Sin(i):R}\n")));

    private static byte[] Compress(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private RowTable Read(byte[] content, MissingValuePolicy policy) => FileObservationReader.ReadTable(
        [_folder.Write("rows.csv.gz", content)], new FileReadOptions { MissingValue = policy }, null, CancellationToken.None);

    private void AssertUnreadable(byte[] content, MissingValuePolicy policy)
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(content, policy));

        // the last number may be cut in two, which is told first
        Assert.Contains(error.ErrorId, policy == MissingValuePolicy.Error ? ["UnreadableFile", "MissingValue", "TextInNumericColumn", "EmptyFile"] : new[] { "UnreadableFile", "TextInNumericColumn", "EmptyFile" });
        Assert.Contains("rows.csv.gz", error.Message, StringComparison.Ordinal);
    }
}
