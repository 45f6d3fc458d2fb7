BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:iris = Join-Path $PSScriptRoot '../../src/Examples/iris.csv'
    $script:fit = Invoke-EmFit -Path $iris -ComponentCount 3
}

Describe 'Measure-PartitionAgreement' {
    It 'compares components with the species' {
        $flowers = Import-Csv $iris | Get-MixtureMembership $fit
        $agreement = $flowers | Measure-PartitionAgreement class Component
        $agreement.RowCount | Should -Be 150
        $agreement.AdjustedRandIndex | Should -BeGreaterThan 0.9
        $table = $flowers | Measure-PartitionAgreement class Component -ConfusionTable
        $table | Should -HaveCount 3
        $table | ForEach-Object { $_.Component_1 + $_.Component_2 + $_.Component_3 | Should -Be 50 }
    }
}
