BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Get-MixtureConditional' {
    It 'tells how long the wait will be after an eruption' {
        $short = Get-MixtureConditional $fit -Given @{ eruptions = 2 }
        $long = Get-MixtureConditional $fit -Given @{ eruptions = 4.5 }
        $short.Components[0].Mean[0] | Should -BeLessThan 60
        $long.Components[0].Mean[0] | Should -BeGreaterThan 75
    }

    It 'predicts rows, and its errors hold' {
        $predicted = Import-Csv $faithful | Get-MixtureConditional $fit -Predict waiting
        $predicted | Should -HaveCount 272
        $within = $predicted | Where-Object { [math]::Abs([double]$_.waiting - $_.Predicted_waiting) -lt 2 * $_.StandardError_waiting }
        $within.Count / 272 | Should -BeGreaterThan 0.9
    }
}
