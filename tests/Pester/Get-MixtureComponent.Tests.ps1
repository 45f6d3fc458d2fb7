BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
}

Describe 'Get-MixtureComponent' {
    It 'goes to a file and comes back without loss' {
        $file = Join-Path $TestDrive 'components.csv'
        $fit = Import-Csv $faithful | Invoke-EmFit -ComponentCount 2
        $fit | Get-MixtureComponent | Export-Csv $file -NoTypeInformation
        $mixture = Import-Csv $file | New-GaussianMixture -Culture (Get-Culture)
        Compare-GaussianMixture $fit $mixture | Where-Object Deviation -NE 0 | Should -BeNullOrEmpty
    }

    It 'gives numbers that can be sorted and computed with' {
        $rows = Import-Csv $faithful | Invoke-EmFit -ComponentCount 2 | Get-MixtureComponent
        ($rows | Sort-Object Mean_waiting)[0].Component | Should -Be 2
        ($rows | Measure-Object Weight -Sum).Sum | Should -BeGreaterThan 0.999999
    }

    It 'is shown with means and standard deviations' {
        $text = Import-Csv $faithful | Invoke-EmFit -ComponentCount 2 | Get-MixtureComponent | Out-String -Width 100
        $text | Should -Match 'eruptions 4[.,]2897 . 0[.,]4123'
    }
}
