using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class CompletionTests(ModuleSession session) : HostTest(session)
{
    [Theory]
    [InlineData("Invoke-EmFit -CovarianceModel ", "EII, VII, EEI, VEI, EVI, VVI, EEE, VEE, EVE, VVE, EEV, VEV, EVV, VVV, Full, Tied, Diagonal, Spherical, *")]
    [InlineData("Invoke-EmFit -CovarianceModel s", "Spherical")]
    [InlineData("Invoke-EmFit -CovarianceModel 'D", "Diagonal")]
    [InlineData("Invoke-EmFit -CovarianceModel VVV, t", "Tied")]
    [InlineData("Invoke-EmFit -CovarianceModel v?I", "v?I, VII, VEI, VVI")]
    [InlineData("Invoke-EmFit -CovarianceModel x*", "")]
    [InlineData("Select-MixtureFit -Criterion a", "Aic, Aicc")]
    [InlineData("Select-MixtureFit ", "Aic, Aicc, Bic, Icl")]
    [InlineData("Invoke-EmFit -Path a.csv -Encoding uni", "unicode")]
    public void Values_complete(string typed, string expected) => Assert.Equal(expected, string.Join(", ", Complete(typed)));

    [Theory]
    [InlineData("Invoke-EmFit -LiteralPath '{0}' -Property ", "eruptions, waiting")]
    [InlineData("Invoke-EmFit -Path {0} -Property w", "waiting")]
    [InlineData("Invoke-EmFit -Path {0} -Property waiting, ", "eruptions")]
    [InlineData("Import-Csv {0} | Invoke-EmFit e", "eruptions")]
    [InlineData("Import-Csv -Path '{0}' -Delimiter ',' | Where-Object waiting | Invoke-EmFit -Property ", "eruptions, waiting")]
    [InlineData("$global:rows | Invoke-EmFit -Property ", "two words", "plain")]
    [InlineData("Invoke-EmFit -InputObject $rows -Property t", "two words")]
    [InlineData("$global:table | Invoke-EmFit -Property ", "key")]
    [InlineData("Invoke-EmFit -InitialModel $model -Property ", "size")]
    public void Columns_complete(string typed, params string[] expected)
    {
        Session.Run(
            """
            $global:rows = @([pscustomobject]@{ 'two words' = 1; plain = 2 })
            $global:table = @(@{ key = 1 })
            $global:model = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property size
            """);

        string[] quoted = [.. string.Join(", ", expected).Split(", ").Select(name => name.Contains(' ', System.StringComparison.Ordinal) ? $"'{name}'" : name)];

        Assert.Equal(quoted, Complete(string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, ModuleFiles.Data("faithful.csv"))));
    }

    [Theory]
    [InlineData("Invoke-EmFit -Path {0} -ExcludeProperty w", "waiting")]
    [InlineData("Invoke-EmFit -Path {0} -Header a, b -Property ", "a, b")]
    [InlineData("Import-Csv {0} -Header one, two | Invoke-EmFit -Property t", "two")]
    public void Columns_complete_where_they_are_left_out_or_given(string typed, string expected) => Assert.Equal(
        expected,
        string.Join(", ", Complete(string.Format(System.Globalization.CultureInfo.InvariantCulture, typed, ModuleFiles.Data("faithful.csv")))));

    [Fact]
    public void Columns_of_Parquet_files_complete()
    {
        string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.Guid.NewGuid().ToString("N") + ".parquet");
        if (ModuleFiles.Engine != "net10.0")
        {
            Assert.Empty(Complete($"Invoke-EmFit -Path {file} -Property "));
            return;
        }

        try
        {
            Session.Run($"New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property size | New-GaussianMixtureSample -Count 5 -Path '{file}'");
            Assert.Equal(["size"], Complete($"Invoke-EmFit -Path {file} -Property "));
        }
        finally
        {
            System.IO.File.Delete(file);
        }
    }

    [Theory]
    [InlineData("Import-Csv nowhere.csv | Invoke-EmFit -Property ")]
    [InlineData("Get-Process | Invoke-EmFit -Property ")]
    [InlineData("$nothing | Invoke-EmFit -Property ")]
    [InlineData("Invoke-EmFit -Property ")]
    public void Where_nothing_tells_the_columns_nothing_is_offered(string typed) => Assert.Empty(Complete(typed));

    private string[] Complete(string typed)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = Session.Runspace;
        return [.. CommandCompletion.CompleteInput(typed, typed.Length, null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }
}
