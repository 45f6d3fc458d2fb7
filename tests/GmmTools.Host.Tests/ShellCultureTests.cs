using System;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>The culture of the user changes how numbers are shown, never what they are.</summary>
public sealed class ShellCultureTests
{
    private static readonly string Faithful = ShellProcess.Quote(ModuleFiles.Data("faithful.csv"));

    // Windows has no locale variables, so the script sets the culture there.
    private static readonly string SetGerman = OperatingSystem.IsWindows() ? "[cultureinfo]::CurrentCulture = 'de-DE'; " : string.Empty;

    private static readonly string Fit = $"$fit = Import-Csv {Faithful} | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2; ";

    [Fact]
    public async Task A_fit_is_the_same_to_the_last_bit()
    {
        string show = Fit + """
            $again = New-GaussianMixtureSample $fit -Count 1000 -Seed 3 | Invoke-EmFit -ComponentCount 2 -Seed 3
            $fit, $again | Get-MixtureComponent | ForEach-Object { $_.psobject.Properties } | Where-Object { $_.Value -is [ValueType] } |
                ForEach-Object { '{0} {1}' -f $_.Name, $_.Value.ToString([cultureinfo]::InvariantCulture) }
            foreach ($number in $fit.LogLikelihood, $fit.Bic) { $number.ToString('R', [cultureinfo]::InvariantCulture) }
            """;
        ShellResult invariant = await ShellProcess.RunLocalizedAsync("C.UTF-8", show);
        ShellResult german = await ShellProcess.RunLocalizedAsync("de_DE.UTF-8", SetGerman + show);

        Assert.Contains("Weight 0.6441271", invariant.AssertClean().Output, StringComparison.Ordinal);
        Assert.StartsWith("-1130.26", invariant.Lines[^2], StringComparison.Ordinal);
        Assert.Equal(invariant.Lines, german.AssertClean().Lines);
    }

    [Fact]
    public async Task A_table_of_components_comes_back_without_loss_in_the_culture_that_wrote_it()
    {
        string table = SetGerman + Fit + "$rows = $fit | Get-MixtureComponent | ConvertTo-Csv | ConvertFrom-Csv; ";
        ShellResult named = await ShellProcess.RunLocalizedAsync(
            "de_DE.UTF-8",
            table + "$again = $rows | New-GaussianMixture -Culture de-DE; @(Compare-GaussianMixture $fit $again | Where-Object { $_.Deviation -ne 0 }).Count");
        ShellResult unnamed = await ShellProcess.RunLocalizedAsync("de_DE.UTF-8", table + "$rows | New-GaussianMixture");

        Assert.Equal(["0"], named.AssertClean().Lines);
        Assert.Equal(string.Empty, unnamed.Output);
        Assert.Contains("Add -Culture de-DE", unnamed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_is_shown_in_the_culture_of_the_user()
    {
        ShellResult result = await ShellProcess.RunLocalizedAsync("de_DE.UTF-8", SetGerman + Fit + "[cultureinfo]::CurrentCulture.Name; $fit");

        Assert.Equal("de-DE", result.AssertClean().Lines[0]);
        Assert.Contains("-1130,264", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_is_read_in_the_culture_that_is_named()
    {
        const string Rows = "'1,5', '2,5', '4', '4,5' | ForEach-Object { [pscustomobject]@{ x = $_ } } | ";
        const string Mean = "ForEach-Object { $_.Mixture.Components[0].Mean[0].ToString([cultureinfo]::InvariantCulture) }";
        ShellResult named = await ShellProcess.RunLocalizedAsync("C.UTF-8", $"{Rows} Invoke-EmFit -Property x -ComponentCount 1 -Culture de-DE | {Mean}");
        ShellResult unnamed = await ShellProcess.RunLocalizedAsync("de_DE.UTF-8", $"{SetGerman}{Rows} Invoke-EmFit -Property x -ComponentCount 1 | {Mean}");

        Assert.Equal(["3.125"], named.AssertClean().Lines);
        Assert.Equal(string.Empty, unnamed.Output);
        Assert.Contains("-Culture", unnamed.Error, StringComparison.Ordinal);
    }
}
