BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Show-MixturePlot' {
    It 'draws a histogram with its density' {
        $lines = Import-Csv $faithful | Show-MixturePlot -Model $fit -Property waiting -Width 80 -Height 24
        $lines | Should -HaveCount 24
        $lines[-1] | Should -BeLike '*rows*mixture*'
    }

    It 'writes to a file what it draws' {
        $file = Join-Path $TestDrive 'plot.txt'
        $fit | Show-MixturePlot -Ascii -Width 60 -Height 20 > $file
        Get-Content $file | Should -HaveCount 20
    }

    It 'knows a criterion from a trace' {
        Invoke-EmFit -Path $faithful -ComponentCount (1..3) | Show-MixturePlot | Select-Object -Last 1 | Should -BeLike 'Best: VVV with 2 components*'
        $fit | Show-MixturePlot -Kind Trace | Select-Object -Last 1 | Should -BeLike '*-1130.264*'
    }
}
