# The culture of the user changes how numbers are shown, never what they are.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:fit = "`$fit = Import-Csv '$(Get-ExamplePath 'faithful.csv')' | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2; "

    # A session in the locale of a process; Windows has no locale variables, so the script sets the culture there.
    function Invoke-Localized([string] $Locale, [string] $Command) {
        $set = $IsWindows -and $Locale.StartsWith('de') ? "[cultureinfo]::CurrentCulture = 'de-DE'; " : ''
        Invoke-Pwsh ($set + $Command) -Environment @{ LC_ALL = $Locale; LANG = $Locale }
    }

    function Assert-Clean($Child) {
        $Child.ExitCode | Should -Be 0
        $Child.Errors | Should -BeExactly ''
    }
}

Describe 'Culture' -Tag FastEngine {
    It 'leaves a fit the same to the last bit' {
        $show = $fit + @'
            $again = New-GaussianMixtureSample $fit -Count 1000 -Seed 3 | Invoke-EmFit -ComponentCount 2 -Seed 3
            $fit, $again | Get-MixtureComponent | ForEach-Object { $_.psobject.Properties } | Where-Object { $_.Value -is [ValueType] } |
                ForEach-Object { '{0} {1}' -f $_.Name, $_.Value.ToString([cultureinfo]::InvariantCulture) }
            foreach ($number in $fit.LogLikelihood, $fit.Bic) { $number.ToString('R', [cultureinfo]::InvariantCulture) }
'@
        $invariant = Invoke-Localized 'C.UTF-8' $show
        $german = Invoke-Localized 'de_DE.UTF-8' $show
        Assert-Clean $invariant
        Assert-Clean $german
        $invariant.Output | Should -Match 'Weight 0\.6441271'
        $invariant.Lines[-2] | Should -Match '^-1130\.26'
        $german.Lines | Should -BeExactly $invariant.Lines
    }

    It 'of the one who wrote a table of components brings it back without loss, and no other does' {
        $child = Invoke-Localized 'de_DE.UTF-8' ($fit + @'
            $rows = $fit | Get-MixtureComponent | ConvertTo-Csv | ConvertFrom-Csv
            $again = $rows | New-GaussianMixture -Culture de-DE
            @(Compare-GaussianMixture $fit $again | Where-Object { $_.Deviation -ne 0 }).Count
            $rows | New-GaussianMixture
'@)
        $child.Lines | Should -BeExactly '0'
        $child.Errors | Should -Match 'Add -Culture de-DE'
    }

    It 'of the user is that of a view' {
        $child = Invoke-Localized 'de_DE.UTF-8' ($fit + '(Get-Culture).Name; $fit')
        Assert-Clean $child
        $child.Lines[0] | Should -BeExactly 'de-DE'
        $child.Output | Should -Match '-1130,264'
    }

    It 'of a text is the one that is named, and must be named' {
        $rows = "'1,5', '2,5', '4', '4,5' | ForEach-Object { [pscustomobject]@{ x = `$_ } } | "
        $mean = 'ForEach-Object { $_.Mixture.Components[0].Mean[0].ToString([cultureinfo]::InvariantCulture) }'
        $named = Invoke-Localized 'C.UTF-8' "$rows Invoke-EmFit -Property x -ComponentCount 1 -Culture de-DE | $mean"
        $unnamed = Invoke-Localized 'de_DE.UTF-8' "$rows Invoke-EmFit -Property x -ComponentCount 1 | $mean"
        Assert-Clean $named
        $named.Lines | Should -BeExactly '3.125'
        $unnamed.Output | Should -BeExactly ''
        $unnamed.Errors | Should -Match '-Culture'
    }
}
