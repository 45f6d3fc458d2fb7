BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Measure-MixtureLikelihood' {
    It 'agrees with the fit' {
        $summary = Import-Csv $faithful | Measure-MixtureLikelihood -Model $fit
        [math]::Abs($summary.Bic - $fit.Bic) | Should -BeLessThan 1e-6
        $summary.RowCount | Should -Be 272
    }

    It 'scores rows on their way to a file' {
        $file = Join-Path $TestDrive 'scored.csv'
        Import-Csv $faithful | Measure-MixtureLikelihood -Model $fit -PerObservation | Export-Csv $file -NoTypeInformation
        $scored = Import-Csv $file
        $scored | Should -HaveCount 272
        $scored[0].PSObject.Properties.Name | Should -Be 'eruptions', 'waiting', 'LogLikelihood', 'Component', 'Probability'
        $scored | Group-Object Component | Sort-Object Name | ForEach-Object Count | Should -Be 175, 97
    }

    It 'finds the strangest rows' {
        $strange = Import-Csv $faithful | Measure-MixtureLikelihood -Model $fit -PerObservation | Sort-Object LogLikelihood | Select-Object -First 3
        $strange | ForEach-Object { $_.LogLikelihood | Should -BeLessThan -7 }
    }

    It 'streams' {
        Import-Csv $faithful | Measure-MixtureLikelihood -Model $fit -PerObservation | Select-Object -First 1 | Should -HaveCount 1
    }
}
