using System.Linq;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Comparison;

/// <summary>Agreement of labels against scikit-learn's adjusted_rand_score and counts by hand.</summary>
public sealed class PartitionAgreementTests
{
    // expected values: sklearn.metrics.adjusted_rand_score of the two lists (scikit-learn 1.x; Reference/partition.py)
    [Theory]
    [InlineData("aaabbb", "112233", 0.24242424242424243, 2)]
    [InlineData("aabbcc", "ccaabb", 1, 0)]
    [InlineData("aaaaaa", "112233", 0, 4)]
    [InlineData("abcabc", "aabbcc", -0.25, 3)]
    [InlineData("aaaa", "bbbb", 1, 0)]
    [InlineData("abcd", "wxyz", 1, 0)]
    [InlineData("aabbbbcccc", "1122223331", 0.7232472324723247, 1)]
    public void The_index_is_that_of_scikit_learn(string reference, string difference, double index, int misclassified)
    {
        PartitionAgreement agreement = Count(reference, difference);
        Close.Absolute(index, agreement.AdjustedRandIndex(), 1e-15, "adjusted Rand index");
        Assert.Equal(misclassified, agreement.MisclassifiedCount());
    }

    [Fact]
    public void Labels_are_matched_one_to_one()
    {
        PartitionAgreement agreement = Count("aaaabbbc", "11221113");
        Assert.Equal(["a", "b", "c"], agreement.ReferenceLabels);
        Assert.Equal([1, 0, 2], agreement.Match());
        Assert.Equal(2, agreement.MisclassifiedCount());
        Assert.Equal(2, agreement.Count(0, 1));
        Assert.Equal([0, -1], Count("ab", "11").Match());
    }

    [Fact]
    public void Labels_that_differ_by_case_are_one()
    {
        PartitionAgreement agreement = Count("aAbB", "xXXx");
        Assert.Equal(["a", "b"], agreement.ReferenceLabels);
        Assert.Equal(["x"], agreement.DifferenceLabels);
        Assert.Equal(4, agreement.RowCount);
        Assert.Equal((2, 2, 0), (agreement.Count(0, 0), agreement.Count(1, 0), agreement.Count(1, 1)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a", "1")]
    public void Fewer_than_two_rows_agree(string reference, string difference)
    {
        PartitionAgreement agreement = Count(reference, difference);
        Assert.Equal(1, agreement.AdjustedRandIndex());
        Assert.Equal(0, agreement.MisclassifiedCount());
    }

    [Fact]
    public void As_many_labels_as_there_may_be_are_counted()
    {
        PartitionAgreement agreement = new();
        for (int i = 0; i < 2000; i++)
        {
            agreement.Add("x", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Equal(2000, agreement.DifferenceLabels.Count);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => agreement.Add("x", "more"));
        Assert.Contains("more than 2000 different labels, such as 'more'", error.Message, System.StringComparison.Ordinal);
        Assert.Equal("more", error.OffendingValue);
    }

    [Fact]
    public void Many_labels_are_none() => Assert.Equal(
        "TooManyLabels",
        Assert.Throws<InvalidObservationException>(() =>
        {
            PartitionAgreement agreement = new();
            for (int i = 0; i < 2001; i++)
            {
                agreement.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture), "x");
            }
        }).ErrorId);

    private static PartitionAgreement Count(string reference, string difference)
    {
        PartitionAgreement agreement = new();
        foreach ((char First, char Second) pair in reference.Zip(difference))
        {
            agreement.Add(pair.First.ToString(), pair.Second.ToString());
        }

        return agreement;
    }
}
