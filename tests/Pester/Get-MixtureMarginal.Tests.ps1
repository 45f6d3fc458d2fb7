BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Get-MixtureMarginal' {
    It 'gives a model like any other' {
        $eruptions = $fit | Get-MixtureMarginal -Property eruptions
        $eruptions.Components[0].Mean[0] | Should -Be $fit.Mixture.Components[0].Mean[0]
        Import-Csv $faithful | Get-MixtureMembership $eruptions | Group-Object Component | Should -HaveCount 2
    }
}
