using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Partitions, divergences and merged components, as a user asks for them.</summary>
public sealed class MeasurePartitionAgreementTests(ModuleSession session) : HostTest(session)
{
    private const string Rows = "$rows = 'a1', 'a1', 'a2', 'b2', 'b2', 'c3' | ForEach-Object { [pscustomobject]@{ class = $_[0]; group = [int][string]$_[1] } }; ";
    private const string Five = "$m = New-GaussianMixture -Weight 0.5, 0.3, 0.2 -Mean @(0), @(0.5), @(9) -Covariance 1, 2, 1; ";

    [Theory]
    [InlineData("$rows | Measure-PartitionAgreement class group")]
    [InlineData("Measure-PartitionAgreement -ReferenceProperty class -DifferenceProperty GROUP -InputObject $rows")]
    public void The_summary_counts_what_does_not_agree(string script)
    {
        PSObject summary = Session.RunOne(Rows + script);
        Assert.Equal(6L, ModuleSession.Value(summary, "RowCount"));
        Assert.Equal(1L, ModuleSession.Value(summary, "MisclassifiedCount"));
        AssertClose(1.0 / 6, ModuleSession.Number(summary, "MisclassificationRate"), 1e-15);
        Assert.Equal(["a = 1", "b = 2", "c = 3"], (IEnumerable<string>)ModuleSession.Value(summary, "Matching")!);
        Assert.InRange(ModuleSession.Number(summary, "AdjustedRandIndex"), 0.2, 0.5);
    }

    [Fact]
    public void The_confusion_table_has_a_row_per_label()
    {
        IReadOnlyList<PSObject> table = Session.Run(Rows + "$rows | Measure-PartitionAgreement class group -ConfusionTable");
        Assert.Equal(["class", "group_1", "group_2", "group_3", "Match_group"], Names(table[0]));
        Assert.Equal(["a", "b", "c"], table.Select(row => ModuleSession.Value(row, "class")));
        Assert.Equal([1L, 2L, 0L], table.Select(row => ModuleSession.Value(row, "group_2")));
        Assert.Equal("2", ModuleSession.Value(table[1], "Match_group"));
    }

    [Theory]
    [InlineData("UnknownProperty", "There are no columns 'x', 'y'", "$rows | Measure-PartitionAgreement x y")]
    [InlineData("MissingLabel", "Row 2 has no label in column 'group'", "@{ class = 1; group = 2 }, @{ class = 1; group = '' } | Measure-PartitionAgreement class group")]
    [InlineData("NoRows", "There are no rows with labels", "@() | Measure-PartitionAgreement class group")]
    [InlineData("InvalidSampleCount", "at least 1000", "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; Compare-GaussianMixture $m $m -Divergence -SampleCount 5")]
    [InlineData("DimensionMismatch", "Compare mixtures of the same columns", "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; Compare-GaussianMixture $m (New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1) -Divergence")]
    [InlineData("NoModel", "-Model is empty", "1 | Merge-MixtureComponent $nothing")]
    [InlineData("UnknownProperty", "no column 'x1'", "[pscustomobject]@{ y = 1 } | Merge-MixtureComponent (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1)")]
    [InlineData("NoRows", "There are no rows", "@() | Merge-MixtureComponent (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1)")]
    [InlineData("MissingValue", "Row 1", "@{ x1 = '' } | Merge-MixtureComponent (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1)")]
    public void Wrong_calls_are_named(string errorId, string part, string script) => Session.AssertFails(errorId, [part], Rows + script);

    [Fact]
    public void Rows_without_a_label_can_be_left_out()
    {
        PSObject summary = Session.RunOne("@{ class = 1; group = 2 }, @{ class = 1; group = $null } | Measure-PartitionAgreement class group -MissingValue Omit 3>$null");
        Assert.Equal(1L, ModuleSession.Value(summary, "RowCount"));
        Assert.Equal(1L, ModuleSession.Value(summary, "OmittedRowCount"));
    }

    [Fact]
    public void Divergences_are_one_object()
    {
        PSObject divergence = Session.RunOne(
            "$a = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; $b = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1; Compare-GaussianMixture $a $b -Divergence");
        AssertClose(0.5, ModuleSession.Number(divergence, "KullbackLeiblerUpper"), 1e-12);
        AssertClose(0.5, ModuleSession.Number(divergence, "KullbackLeibler"), 5 * ModuleSession.Number(divergence, "KullbackLeiblerError"));
        AssertClose(1, ModuleSession.Number(Session.Run("param($d) $a = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; $b = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1; Compare-GaussianMixture $a $b", ("d", divergence))[0], "Wasserstein"), 1e-12);
    }

    [Theory]
    [InlineData("1..40 | ForEach-Object { $_ / 4 } | Merge-MixtureComponent $m")]
    [InlineData("Merge-MixtureComponent -Model $m -InputObject (1..40 | ForEach-Object { $_ / 4 }) -Criterion Overlap")]
    [InlineData("$m | Merge-MixtureComponent")]
    [InlineData("Merge-MixtureComponent $m")]
    [InlineData("1, 'NA', 9 | Merge-MixtureComponent $m -MissingValue Omit 3>$null")]
    public void Components_that_overlap_are_combined_first(string script)
    {
        IReadOnlyList<PSObject> steps = Session.Run(Five + script);
        Assert.Equal([3, 2, 1], steps.Select(step => ModuleSession.Value(step, "ClusterCount")));
        Assert.Equal(["1, 2, 3", "1+2, 3", "1+2+3"], steps.Select(step => ModuleSession.Value(step, "Clusters")));
    }

    [Fact]
    public void Files_are_read_for_it()
    {
        IReadOnlyList<PSObject> steps = Session.Run(
            "param($p) $fit = Invoke-EmFit -Path $p -ComponentCount 4; Merge-MixtureComponent $fit -Path $p", ("p", ModuleFiles.Data("iris.csv")));
        Assert.Equal(4, steps.Count);
        Assert.Equal(150.0, ModuleSession.Value(steps[3], "MergedRowCount"));
    }
}
