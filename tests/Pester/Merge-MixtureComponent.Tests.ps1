BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
}

Describe 'Merge-MixtureComponent' {
    It 'finds two clusters behind four components' {
        $fit = Invoke-EmFit -Path $faithful -ComponentCount 4 -WarningAction SilentlyContinue
        $steps = Import-Csv $faithful | Merge-MixtureComponent $fit
        $steps | Should -HaveCount 4
        $two = $steps | Where-Object ClusterCount -EQ 2
        $two.Entropy | Should -BeLessThan 5
        $members = Import-Csv $faithful | Get-MixtureMembership $fit
        $members | Group-Object { $two.ClusterOfComponent[$_.Component - 1] } | Sort-Object Count | ForEach-Object Count | Should -Be 97, 175
    }
}
