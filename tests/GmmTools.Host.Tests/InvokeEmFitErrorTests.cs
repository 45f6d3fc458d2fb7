using System;
using System.IO;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class InvokeEmFitErrorTests(ModuleSession session) : HostTest(session)
{
    /// <summary>Thirty good rows; the bad cells are put into row 17.</summary>
    private const string Rows =
        "$rows = 1..30 | ForEach-Object { [pscustomobject]@{ Height = \"$(150 + $_ * 37 % 31).5\"; Weight = \"$(50 + $_ * 17 % 23)\"; Name = 'n' } };";

    [Theory]
    [InlineData("UnknownProperty", "Did you mean 'Height'?", "$rows | Invoke-EmFit Heigth 2")]
    [InlineData("UnknownProperty", "The columns are:", "$rows | Invoke-EmFit Length* 2")]
    [InlineData("TextInNumericColumn", "Row 1, column 'Name': 'n'", "$rows | Invoke-EmFit Height, Name 2")]
    [InlineData("TextInNumericColumn", "Row 17, column 'Weight': 'heavy' is not a number", "$rows[16].Weight = 'heavy'; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("TextInNumericColumn", "Row 17, column 'Height': '1,85' is not a number in the invariant culture; it is in de-DE. Add -Culture de-DE.", "$rows[16].Height = '1,85'; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is empty. In all 1 of 30 rows lacks 1 cell. Fill in what is missing, add -MissingValue Omit to leave such rows out, or -MissingValue Marginalize to use what they have.", "$rows[16].Weight = ' '; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is empty. In all 3 of 30 rows lack 4 cells.", "$rows[16, 20, 21].ForEach{ $_.Weight = 'na' }; $rows[16].Weight = ''; $rows[20].Height = ' '; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is missing ('-9')", "$rows[16].Weight = '-9'; $rows | Invoke-EmFit Height, Weight 2 -MissingText '-9'")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is missing ('-9')", "$rows[16].Weight = -9; $rows | Invoke-EmFit Height, Weight 2 -MissingText '-9'")]
    [InlineData("TextInNumericColumn", "Row 17, column 'Weight': '' is not a number, and not one of -MissingText", "$rows[16].Weight = ''; $rows | Invoke-EmFit Height, Weight 2 -MissingText NA")]
    [InlineData("NoRows", "all 30 were left out, since cells are missing", "$rows.ForEach{ $_.Weight = '' }; $rows | Invoke-EmFit Height, Weight 2 -MissingValue Omit")]
    [InlineData("EmptyColumn", "'Weight' is missing in every row", "$rows.ForEach{ $_.Weight = '' }; $rows | Invoke-EmFit Height, Weight 2 -MissingValue Marginalize")]
    [InlineData("InvalidRowWeight", "Row 17 has the weight -2", "$rows[16].Weight = -2; $rows | Invoke-EmFit Height 2 -WeightProperty Weight")]
    [InlineData("InvalidRowWeight", "Row 17 has no weight", "$rows[16].Weight = ''; $rows | Invoke-EmFit Height 2 -WeightProperty Weight")]
    [InlineData("InvalidRowWeight", "Row 17 has the weight Infinity", "$rows[16].Weight = [double]::PositiveInfinity; $rows | Invoke-EmFit Height 2 -WeightProperty Weight")]
    [InlineData("TextInNumericColumn", "Row 17, column 'Weight': 'many'", "$rows[16].Weight = 'many'; $rows | Invoke-EmFit Height 2 -WeightProperty Weight")]
    [InlineData("WeightIsProperty", "Column 'weight' cannot hold the weights and be fitted as well", "$rows | Invoke-EmFit Height, Weight 2 -WeightProperty weight")]
    [InlineData("UnknownProperty", "Did you mean 'Weight'?", "$rows | Invoke-EmFit Height 2 -WeightProperty Wieght")]
    [InlineData("NoRows", "all 30 have the weight 0", "$rows.ForEach{ $_.Weight = 0 }; $rows | Invoke-EmFit Height 2 -WeightProperty Weight")]
    [InlineData("TooLittleWeight", "sum to 1.5", "$rows.ForEach{ $_.Weight = 0.05 }; $rows | Invoke-EmFit Height 2 -WeightProperty Weight")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is empty", "$rows[16].Weight = $null; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is NaN", "$rows[16].Weight = [double]::NaN; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("MissingValue", "Row 17, column 'Weight' is missing ('NA')", "$rows[16].Weight = 'NA'; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("InfiniteValue", "Row 17, column 'Weight' is infinite", "$rows[16].Weight = [double]::PositiveInfinity; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("EmptyRow", "Row 17 is $null", "$rows[16] = $null; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("MixedRows", "Row 17", "$rows[16] = 5; $rows | Invoke-EmFit Height, Weight 2")]
    [InlineData("RowLength", "Row 2 has 3 cells", "@(1, 2), @(1, 2, 3) | Invoke-EmFit -ComponentCount 1")]
    [InlineData("TooFewRows", "30 rows cannot determine 31 components", "$rows | Invoke-EmFit Height, Weight 31")]
    [InlineData("ConstantColumn", "Column 'Weight' is 7 in every row", "$rows | ForEach-Object { $_.Weight = 7; $_ } | Invoke-EmFit Height, Weight 2")]
    [InlineData("DependentColumn", "'Double'", "$rows | ForEach-Object { @{ Height = $_.Height; Double = 2 * $_.Height } } | Invoke-EmFit Height, Double 2")]
    [InlineData("NoNumericColumns", "Name the columns with -Property", "$rows | ForEach-Object { @{ Name = 'n' } } | Invoke-EmFit -ComponentCount 2")]
    [InlineData("WeightSum", "Divide each by 1.1", "$rows | Invoke-EmFit Height 2 -FixedWeight 0.5, 0.6")]
    [InlineData("FixedWeightCount", "one per component", "$rows | Invoke-EmFit Height 3 -FixedWeight 0.5, 0.5")]
    [InlineData("UnknownCovarianceModel", "Use one of", "$rows | Invoke-EmFit Height 2 -CovarianceModel Round")]
    [InlineData("ComponentCountMissing", "-ComponentCount 2", "$rows | Invoke-EmFit Height")]
    [InlineData("NoModel", "-InitialModel is empty", "$rows | Invoke-EmFit Height -InitialModel $nothing")]
    [InlineData("InitialModelMismatch", "3 are asked for", "$rows | Invoke-EmFit Height 3 -InitialModel (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property Height)")]
    [InlineData("InitialModelMismatch", "2 columns", "$rows | Invoke-EmFit Height 1 -InitialModel (New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1)")]
    [InlineData("PropertyCountMismatch", "-InputObject", "1..9 | Invoke-EmFit a, b 2")]
    [InlineData("PathNotFound", "nowhere.csv", "Invoke-EmFit -Path nowhere.csv -ComponentCount 2")]
    [InlineData("PathNotFound", "nowhere*.csv", "Invoke-EmFit -Path nowhere*.csv -ComponentCount 2")]
    [InlineData("FileNotFound", "nowhere.csv", "Invoke-EmFit -LiteralPath nowhere.csv -ComponentCount 2")]
    [InlineData("NotAFile", "Variable", "Invoke-EmFit -Path variable:HOME -ComponentCount 2")]
    [InlineData("InvalidTimeLimit", "must be positive", "$rows | Invoke-EmFit Height 2 -TimeLimit -1")]
    public void Wrong_calls_name_the_row_the_column_the_value_and_the_remedy(string errorId, string part, string script)
    {
        ErrorRecord error = Session.AssertFails(errorId, [part], Rows + script);

        Assert.Contains("InvokeEmFitCommand", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@() | Invoke-EmFit Height 2")]
    [InlineData("Invoke-EmFit Height 2")]
    [InlineData("Invoke-EmFit Height 2 -InputObject @()")]
    [InlineData("Invoke-EmFit Height 2 -InputObject $null")]
    [InlineData("@() | Invoke-EmFit -ComponentCount 2")]
    public void Empty_input_is_an_error(string script)
    {
        ErrorRecord error = Session.AssertFails("NoRows", ["There are no rows"], script);

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_file_names_its_line()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["a,b", "1,2", "3,x"]);
            Session.AssertFails("TextInNumericColumn", ["Row 2", "line 3", "column 'b'", "'x'"], "param($p) Invoke-EmFit -LiteralPath $p a, b 1", ("p", file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void The_offending_value_is_the_target()
    {
        ErrorRecord error = Session.Fail(Rows + "$rows[16].Weight = 'heavy'; $rows | Invoke-EmFit Height, Weight 2");

        Assert.Equal("heavy", error.TargetObject);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.NotNull(error.ErrorDetails);
    }
}
