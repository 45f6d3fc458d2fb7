using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class NewGaussianMixtureTests(ModuleSession session) : HostTest(session)
{
    [Fact]
    public void A_seed_gives_the_same_mixture_again()
    {
        const string Script = "New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7";

        AssertSameMixture(Session.RunOne(Script), Session.RunOne(Script));
    }

    [Fact]
    public void Without_a_seed_mixtures_differ_and_verbose_tells_the_seed()
    {
        using PowerShell shell = Session.Create("1..2 | ForEach-Object { New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Verbose }");
        PSObject[] mixtures = [.. shell.Invoke()];

        Assert.Equal(2, shell.Streams.Verbose.Count);
        Assert.NotEqual(shell.Streams.Verbose[0].Message, shell.Streams.Verbose[1].Message);
        Assert.NotEqual(FirstMean(mixtures[0]), FirstMean(mixtures[1]));
    }

    [Fact]
    public void The_range_bounds_the_means()
    {
        PSObject mixture = Session.RunOne("New-GaussianMixture -Random -ComponentCount 20 -Dimension 3 -Range 0.5 -Seed 1 -Property a, b, c");

        IReadOnlyList<PSObject> means = Session.Run("param($m) $m.Components.Mean", ("m", mixture));
        Assert.Equal(60, means.Count);
        Assert.All(means, mean => Assert.InRange((double)mean.BaseObject, -0.5, 0.5));
        Assert.Equal(["a", "b", "c"], (IEnumerable<string>)ModuleSession.Value(mixture, "Property")!);
    }

    [Theory]
    [InlineData("-Weight 0.7, 0.3 -Mean 1, 5 -Covariance 1, 2")]
    [InlineData("-Weight 0.7, 0.3 -Mean @(@(1), @(5)) -Covariance @(@(1), @(2))")]
    [InlineData("-Weight 0.7, 0.3 -Mean '1', '5' -Covariance @(, @(, 1)), @(, @(, 2))")]
    public void One_column_takes_plain_numbers_and_lists(string arguments)
    {
        PSObject mixture = Session.RunOne("New-GaussianMixture " + arguments);

        AssertSameMixture(Session.RunOne("New-GaussianMixture -Weight 0.7, 0.3 -Mean 1, 5 -Covariance 1, 2"), mixture);
        Assert.Equal(1.0, ModuleSession.Number(mixture, "Dimension"));
    }

    [Theory]
    [InlineData("-Mean @(1, 2), @(5, 6) -Covariance @(@(2, 1), @(1, 3)), @(@(4, 0), @(0, 1))")]
    [InlineData("-Mean @(1, 2), @(5, 6) -Covariance @(2, 1, 1, 3), @(4, 0, 0, 1)")]
    [InlineData("-Mean $means -Covariance $first, $second")]
    [InlineData("-Mean ([double[][]](@(1, 2), @(5, 6))) -Covariance ([object[]]($first, $second))")]
    public void Two_columns_take_lists_and_matrices(string arguments)
    {
        const string Prepare = """
            function New-Matrix($a, $b, $c, $d) { $m = [double[,]]::new(2, 2); $m[0,0] = $a; $m[0,1] = $b; $m[1,0] = $c; $m[1,1] = $d; , $m }
            $means = New-Matrix 1 2 5 6; $first = New-Matrix 2 1 1 3; $second = New-Matrix 4 0 0 1;
            """;

        PSObject mixture = Session.RunOne($"{Prepare} New-GaussianMixture -Weight 0.6, 0.4 {arguments}");

        PSObject[] rows = [.. Session.Run("param($m) $m | Get-MixtureComponent", ("m", mixture))];
        Assert.Equal([0.6, 1, 2, 2, 1, 3], Cells(rows[0]));
        Assert.Equal([0.4, 5, 6, 4, 0, 1], Cells(rows[1]));
    }

    [Theory]
    [InlineData("-Mean 1, 2 -Covariance @(@(2, 1), @(1, 3))")]
    [InlineData("-Mean (, @(1, 2)) -Covariance (, @(@(2, 1), @(1, 3)))")]
    [InlineData("-Mean 1, 2 -Covariance 2, 1, 1, 3")]
    public void One_component_needs_no_nesting(string arguments)
    {
        PSObject mixture = Session.RunOne("New-GaussianMixture -Weight 1 " + arguments);

        Assert.Equal([1, 1, 2, 2, 1, 3], Cells(Session.RunOne("param($m) $m | Get-MixtureComponent", ("m", mixture))));
    }

    [Fact]
    public void Components_are_numbered_by_decreasing_weight()
    {
        PSObject mixture = Session.RunOne("New-GaussianMixture -Weight 0.3, 0.7 -Mean 1, 5 -Covariance 1, 1");

        Assert.Equal(5.0, FirstMean(mixture));
    }

    [Theory]
    [InlineData("WeightSum", "Divide each by 1.1", "-Weight 0.5, 0.6 -Mean 1, 2 -Covariance 1, 1")]
    [InlineData("InvalidWeight", "Weight 1 is -0.5", "-Weight -0.5, 1.5 -Mean 1, 2 -Covariance 1, 1")]
    [InlineData("CovarianceNotPositiveDefinite", "smallest eigenvalue is -1", "-Weight 1 -Mean 1, 2 -Covariance @(1, 2), @(2, 1)")]
    [InlineData("CovarianceNotSymmetric", "entry (2, 1) is 0.5", "-Weight 1 -Mean 1, 2 -Covariance @(1, 0.2), @(0.5, 1)")]
    [InlineData("ComponentCountMismatch", "3 items", "-Weight 0.5, 0.5 -Mean 1, 2, 3 -Covariance 1, 1")]
    [InlineData("DimensionMismatch", "2 x 2", "-Weight 0.5, 0.5 -Mean @(1, 2), @(3, 4) -Covariance 1, 1")]
    [InlineData("DimensionMismatch", "component 2", "-Weight 0.5, 0.5 -Mean @(1, 2), @(3) -Covariance @(1, 0, 0, 1), @(1, 0, 0, 1)")]
    [InlineData("MeanNotFinite", "component 1", "-Weight 1 -Mean ([double]::NaN) -Covariance 1")]
    [InlineData("NotNumeric", "'many'", "-Weight 1 -Mean many -Covariance 1")]
    [InlineData("EmptyMixture", "at least one component", "-Weight @() -Mean @() -Covariance @()")]
    [InlineData("PropertyCountMismatch", "one name per column", "-Weight 1 -Mean 1 -Covariance 1 -Property a, b")]
    [InlineData("DuplicateProperty", "'A'", "-Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1 -Property a, A")]
    public void Wrong_parameters_are_named(string errorId, string part, string arguments)
    {
        ErrorRecord error = Session.AssertFails(errorId, [part], "New-GaussianMixture " + arguments);

        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Component_rows_become_the_same_mixture_again(int dimension)
    {
        PSObject mixture = Session.RunOne(
            "param($d) New-GaussianMixture -Random -ComponentCount 3 -Dimension $d -Seed 5", ("d", dimension));

        AssertSameMixture(mixture, Session.RunOne("param($m) $m | Get-MixtureComponent | New-GaussianMixture", ("m", mixture)));
        AssertSameMixture(
            mixture, Session.RunOne("param($m) New-GaussianMixture -InputObject ($m | Get-MixtureComponent)", ("m", mixture)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    public void Component_rows_of_text_become_the_same_mixture_again(string culture)
    {
        CultureInfo written = CultureInfo.GetCultureInfo(culture);
        PSObject mixture = Session.RunOne("New-GaussianMixture -Random -ComponentCount 3 -Dimension 3 -Seed 5");
        object[] rows = [.. Session.Run("param($m) $m | Get-MixtureComponent", ("m", mixture)).Select(row => AsText(row, written))];

        PSObject read = Session.RunOne("param($r, $c) $r | New-GaussianMixture -Culture $c", ("r", rows), ("c", written));

        AssertSameMixture(mixture, read);
    }

    [Fact]
    public void Column_names_with_underscores_come_back_unchanged()
    {
        // a, b_c and a_b, c both make Covariance_a_b_c
        string[] names = ["a", "b_c", "a_b", "c", "_", "Mean_x", "b_c_"];
        PSObject mixture = Session.RunOne(
            "param($p) New-GaussianMixture -Random -ComponentCount 2 -Dimension $p.Count -Seed 5 -Property $p", ("p", names));

        PSObject read = Session.RunOne("param($m) $m | Get-MixtureComponent | New-GaussianMixture", ("m", mixture));

        Assert.Equal(names, (IEnumerable<string>)ModuleSession.Value(read, "Property")!);
        AssertSameMixture(mixture, read);
    }

    [Fact]
    public void Either_triangle_is_read()
    {
        PSObject row = ModuleSession.Row(
            ["Weight", "Mean_b", "Mean_a", "Covariance_a_a", "Covariance_a_b", "Covariance_b_b"], ["1", "5", "6", "2", "1", "3"]);

        PSObject mixture = Session.RunOne("param($r) $r | New-GaussianMixture", ("r", row));

        Assert.Equal([1, 5, 6, 3, 1, 2], Cells(Session.RunOne("param($m) $m | Get-MixtureComponent", ("m", mixture))));
    }

    [Theory]
    [InlineData("MissingColumn", "Mean_", "Component, Weight", "1, 1")]
    [InlineData("MissingColumn", "'Weight'", "Mean_a, Covariance_a_a", "1, 1")]
    [InlineData("MissingColumn", "'Covariance_a_a'", "Weight, Mean_a", "1, 1")]
    [InlineData("UnknownComponentColumn", "'Covariance_a_z'", "Weight, Mean_a, Covariance_a_a, Covariance_a_z", "1, 1, 1, 1")]
    [InlineData("TextInNumericColumn", "column 'Mean_a': 'one'", "Weight, Mean_a, Covariance_a_a", "1, one, 1")]
    [InlineData("MissingValue", "Row 1, column 'Mean_a'", "Weight, Mean_a, Covariance_a_a", "1, , 1")]
    [InlineData(
        "CovarianceNotSymmetric",
        "'Covariance_b_a'",
        "Weight, Mean_a, Mean_b, Covariance_a_a, Covariance_a_b, Covariance_b_a, Covariance_b_b",
        "1, 1, 1, 1, 0.1, 0.2, 1")]
    public void Wrong_component_rows_are_named(string errorId, string part, string columns, string cells)
    {
        PSObject row = ModuleSession.Row(columns.Split(", "), cells.Split(", "));

        Session.AssertFails(errorId, [part], "param($r) $r | New-GaussianMixture", ("r", row));
    }

    [Fact]
    public void Decimal_commas_lead_to_the_culture()
    {
        PSObject row = ModuleSession.Row(["Weight", "Mean_a", "Covariance_a_a"], ["1", "1,5", "1"]);

        Session.AssertFails("TextInNumericColumn", ["'1,5'", "-Culture de-DE"], "param($r) $r | New-GaussianMixture", ("r", row));
    }

    [Theory]
    [InlineData("[ordered]@{ Weight = 1; Mean_a = 2; Covariance_a_a = 3 } | New-GaussianMixture")]
    [InlineData("$list = [Collections.ArrayList]::new(); $null = $list.Add([pscustomobject]@{ Weight = '1'; Mean_a = '2'; Covariance_a_a = '3' }); New-GaussianMixture -InputObject $list")]
    public void Rows_may_be_dictionaries_and_lists_may_be_arguments(string script) =>
        AssertSameMixture(Session.RunOne("New-GaussianMixture -Weight 1 -Mean 2 -Covariance 3 -Property a"), Session.RunOne(script));

    [Fact]
    public void A_null_row_is_an_error() => Session.AssertFails("EmptyRow", ["Row 1"], "$null | New-GaussianMixture");

    [Fact]
    public void Rows_of_two_mixtures_are_refused()
    {
        Session.AssertFails(
            "DuplicateComponent",
            ["Row 3", "component 1"],
            "$m = New-GaussianMixture -Random -ComponentCount 2 -Dimension 1 -Seed 1; $m, $m | Get-MixtureComponent | New-GaussianMixture");
    }

    [Fact]
    public void No_rows_are_an_error() =>
        Session.AssertFails("NoRows", ["Get-MixtureComponent"], "@() | New-GaussianMixture");

    private static double[] Cells(PSObject row) =>
        [.. row.Properties.Skip(1).Select(cell => Convert.ToDouble(cell.Value, CultureInfo.InvariantCulture))];

    private static PSObject AsText(PSObject row, CultureInfo culture) => ModuleSession.Row(
        Names(row), [.. row.Properties.Select(cell => (object)Convert.ToString(cell.Value, culture)!)]);

    private object FirstMean(PSObject mixture) =>
        Session.RunOne("param($m) $m.Components[0].Mean[0]", ("m", mixture)).BaseObject;
}
