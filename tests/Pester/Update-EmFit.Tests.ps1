BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
}

Describe 'Update-EmFit' {
    It 'goes on tomorrow from a file, without the rows of today' {
        $rows = Import-Csv $faithful
        $state = Join-Path $TestDrive 'state.json'
        $rows | Select-Object -First 200 | Invoke-EmFit -ComponentCount 2 | Export-GaussianMixture -Path $state
        $fit = $rows | Select-Object -Skip 200 | Update-EmFit (Import-GaussianMixture $state)
        $fit.RowCount | Should -Be 272
        $whole = $rows | Invoke-EmFit -ComponentCount 2
        ($whole.LogLikelihood - ($rows | Measure-MixtureLikelihood $fit).LogLikelihood) | Should -BeLessThan 0.05
    }

    It 'follows a stream in batches' {
        $truth = New-GaussianMixture -Weight 0.6, 0.4 -Mean 0, 5 -Covariance 1, 2
        $start = New-GaussianMixtureSample $truth -Count 500 -Seed 1 | Invoke-EmFit -ComponentCount 2
        $fits = New-GaussianMixtureSample $truth -Count 20000 -Seed 2 | Update-EmFit $start -BatchSize 1000 -StepExponent 0.6 -EmitAll
        $fits.Count | Should -Be 20
        $fits[-1].RowCount | Should -Be 20500
        $fits[-1] | Get-MixtureComponent | Select-Object -First 1 -ExpandProperty Weight | Should -BeGreaterThan 0.57
    }
}
