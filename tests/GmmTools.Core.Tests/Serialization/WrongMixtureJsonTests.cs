using System;
using System.Linq;
using System.Text;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Serialization;

/// <summary>Texts that are no mixture: each is told with its place, and none does harm.</summary>
public sealed class WrongMixtureJsonTests
{
    private const string Good = """{"weights":[0.4,0.6],"means":[[0,1],[5,2]],"covariances":[[[1,0.5],[0.5,2]],[[1,0],[0,1]]],"covariance_type":"full"}""";

    [Fact]
    public void The_least_text_is_a_mixture_sorted_by_weight()
    {
        GaussianMixture mixture = Assert.IsType<GaussianMixture>(Read(Good));
        Assert.Equal([5, 2], mixture.Components[0].Mean);
        Assert.Equal(["x1", "x2"], mixture.Property);
        Assert.Equal(0.5, mixture.Components[1].Covariance[0, 1]);
    }

    [Theory]
    [InlineData("0.4", "0.5", "WeightSum", "$.weights sum to 1.1, but mixing weights must sum to 1")]
    [InlineData("[0.4,0.6]", "[0.4,-0.6]", "InvalidWeight", "$.weights[1] is -0.6, but a mixing weight must be a number from 0 to 1")]
    [InlineData("[0.4,0.6]", "[0,0]", "WeightSum", "$.weights sum to 0")]
    [InlineData("\"full\"", "\"full\",\"covariance_model\":\"EEE\"", "InvalidMixtureFile", "$.covariances[1] differs from the first, but all must be the same in the covariance_model EEE")]
    [InlineData("\"full\"", "\"full\",\"covariance_model\":\"VEE\"", "InvalidMixtureFile", "$.covariances[1] is not a multiple of the first")]
    [InlineData("\"full\"", "\"full\",\"covariance_model\":\"EVV\"", "InvalidMixtureFile", "$.covariances[1] does not have the determinant of the first")]
    [InlineData("[0.4,0.6]", "[]", "InvalidMixtureFile", "$.means has 2 items")]
    [InlineData("[0.4,0.6]", "null", "InvalidMixtureFile", "$.weights is missing")]
    [InlineData("[0.4,0.6]", "\"0.4\"", "InvalidMixtureFile", "$.weights is a text, not an array")]
    [InlineData("[0.4,0.6]", "[0.4,\"0.6\"]", "InvalidMixtureFile", "$.weights[1] is a text, not a number")]
    [InlineData("[5,2]", "[5]", "InvalidMixtureFile", "$.means[1] has 1 item, but there are 2 columns")]
    [InlineData("[5,2]", "[5,1e999]", "InvalidMixtureFile", "$.means[1][1] is '1e999', not a finite number")]
    [InlineData("[5,2]", "[5,{}]", "InvalidMixtureFile", "$.means[1][1] is an object, not a number")]
    [InlineData("[0.5,2]", "[0.4,2]", "InvalidMixtureFile", "$.covariances[0] is not symmetric: [1][0] is 0.4 and [0][1] is 0.5")]
    [InlineData("[[1,0],[0,1]]", "[[1,2],[2,1]]", "CovarianceNotPositiveDefinite", "$.covariances[1] is not positive definite")]
    [InlineData("[[1,0],[0,1]]", "[1,1]", "InvalidMixtureFile", "$.covariances[1][0] is a number, not an array")]
    [InlineData("\"full\"", "\"tied\"", "InvalidMixtureFile", "$.covariance_type is 'tied', not 'full' or 'diag'")]
    [InlineData("\"full\"", "\"diag\"", "InvalidMixtureFile", "$.covariances[0][0] is an array, not a number")]
    [InlineData("\"full\"", "\"full\",\"covariance_model\":\"VVI\"", "InvalidMixtureFile", "$.covariance_model is VVI, which does not match")]
    [InlineData("\"full\"", "\"full\",\"covariance_model\":\"13\"", "InvalidMixtureFile", "$.covariance_model is '13', which is not a valid CovarianceModel")]
    [InlineData("\"full\"", "\"full\",\"feature_names\":[\"a\",\"A\"]", "DuplicateProperty", "'A'")]
    [InlineData("\"full\"", "\"full\",\"feature_names\":[\"a\",\"\"]", "DuplicateProperty", "''")]
    [InlineData("\"full\"", "\"full\",\"feature_names\":[\"a\"]", "InvalidMixtureFile", "$.feature_names has 1 item, but there are 2 columns")]
    [InlineData("\"full\"", "\"full\",\"weights\":[1]", "InvalidMixtureFile", "$.weights occurs twice")]
    [InlineData("\"full\"", "\"full\",\"format_version\":3", "MixtureFileVersion", "reads versions 1 to 2. Read it with a newer GmmTools")]
    [InlineData("\"full\"", "\"full\",\"format\":\"Other\"", "InvalidMixtureFile", "$.format is 'Other'")]
    [InlineData("\"full\"", "\"full\",\"fit\":{}", "InvalidMixtureFile", "$.fit.row_count is missing")]
    [InlineData("\"full\"", "\"full\",\"fit\":[]", "InvalidMixtureFile", "$.fit is an array, not an object")]
    [InlineData("}", "", "InvalidMixtureFile", "JSON")]
    [InlineData("}", "}}", "InvalidMixtureFile", "")]
    [InlineData("}", "},1", "InvalidMixtureFile", "")]
    [InlineData(Good, "", "InvalidMixtureFile", "")]
    [InlineData(Good, "[]", "InvalidMixtureFile", "$ is an array, not an object")]
    [InlineData(Good, "null", "InvalidMixtureFile", "$ is null, not an object")]
    [InlineData(Good, "weights: 1", "InvalidMixtureFile", "JSON")]
    [InlineData(Good, "<Objs Version=\"1.1.0.1\"/>", "InvalidMixtureFile", "JSON")]
    public void What_is_wrong_is_told_with_its_place(string what, string instead, string errorId, string part)
    {
        GmmToolsException exception = Assert.ThrowsAny<GmmToolsException>(() => Read(Good.Replace(what, instead, StringComparison.Ordinal)));
        Assert.Equal(errorId, exception.ErrorId);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_of_many_numbers_is_refused_before_they_are_stored()
    {
        string means = "[" + string.Join(",", Enumerable.Repeat("0", 10_000)) + "]";
        long before = GC.GetAllocatedBytesForCurrentThread();
        GmmToolsException exception = Assert.ThrowsAny<GmmToolsException>(
            () => Read($$"""{"weights":[1],"means":[{{means}}],"covariances":[[]],"covariance_type":"full"}"""));
        Assert.Equal("MixtureFileTooLarge", exception.ErrorId);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000_000);
    }

    [Fact]
    public void Depth_without_end_is_refused()
    {
        GmmToolsException exception = Assert.ThrowsAny<GmmToolsException>(() => Read(new string('[', 100_000)));
        Assert.Equal("InvalidMixtureFile", exception.ErrorId);
    }

    [Fact]
    public void Texts_with_changed_bytes_are_mixtures_or_told()
    {
        byte[] fit = Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(
            new EmEstimator(new EmOptions { ComponentCount = 2, RestartCount = 1 }).Fit(TestData.Observations(TestData.Faithful))));
        byte[] good = Encoding.UTF8.GetBytes(Good);
        byte[] alphabet = Encoding.UTF8.GetBytes("{}[]\":,0123456789.eE+-\\utfn \t\n\0\u00ff<>&");
        Gen.Select(Gen.Bool, Gen.Int[0, 6], Gen.Int[1, 8].Array[1, 6], Gen.ULong).Holds((large, kind, lengths, seed) =>
        {
            byte[] text = [.. large ? fit : good];
            Random random = new(unchecked((int)seed));
            foreach (int length in lengths)
            {
                text = Change(text, kind, length, alphabet, random);
            }

            AssertMixtureOrTold(text);
        },
        iter: 5000);
    }

    [Fact]
    public void Random_bytes_are_told() => Gen.Byte.Array[0, 200].Holds(AssertMixtureOrTold, iter: 3000);

    private static void AssertMixtureOrTold(byte[] text)
    {
        try
        {
            object read = MixtureJsonReader.Read(text);
            GaussianMixture mixture = read as GaussianMixture ?? ((EmFit)read).Mixture;
            Assert.All(mixture.Parameters.LogNormalizers, value => Assert.False(double.IsNaN(value)));
        }
        catch (GmmToolsException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    internal static byte[] Change(byte[] text, int kind, int length, byte[] alphabet, Random random)
    {
        int place = random.Next(text.Length);
        int end = Math.Min(text.Length, place + length);
        return kind switch
        {
            0 => [.. text[..place], .. text[end..]],
            1 => [.. text[..end], .. text[place..end], .. text[end..]],
            2 => text[..place].Length == 0 ? text : text[..place],
            3 => [.. text[..place], .. Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)]), .. text[end..]],
            4 => [.. text[..place], (byte)random.Next(256), .. text[place..]],
            5 => [.. text[place..], .. text[..place]],
            _ => [.. text[..place], .. Encoding.UTF8.GetBytes("1e308"), .. text[place..]],
        };
    }

    private static object Read(string text) => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text));
}
