BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
    $script:waiting = Get-MixtureMarginal $fit -Property waiting
}

Describe 'Get-MixtureDensity' {
    It 'draws the two peaks of the waits' {
        $line = Get-MixtureDensity $waiting -From 40 -To 100 -Count 61
        $peaks = 1..59 | Where-Object { $line[$_].Density -gt $line[$_ - 1].Density -and $line[$_].Density -gt $line[$_ + 1].Density }
        $peaks | ForEach-Object { $line[$_].waiting } | Should -Be 54, 80
    }

    It 'inverts its own distribution function' {
        $quantiles = $waiting | Get-MixtureDensity -Probability 0.1, 0.5, 0.9
        ($quantiles | Get-MixtureDensity $waiting -Prefix At).AtCdf | ForEach-Object { [math]::Round($_, 10) } | Should -Be 0.1, 0.5, 0.9
    }

    It 'scores rows' {
        $rows = Import-Csv $faithful | Get-MixtureDensity $fit
        $rows | Should -HaveCount 272
        ($rows | ForEach-Object { $_.LogDensity } | Measure-Object -Sum).Sum | Should -BeGreaterThan ($fit.LogLikelihood - 1e-6)
    }
}
