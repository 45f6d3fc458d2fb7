BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $rows = Import-Example 'faithful.csv'
    $fit = $rows | Invoke-EmFit -ComponentCount 2
    $waiting = Get-MixtureMarginal $fit -Property waiting
    $normal = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
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
        $scored = $rows | Get-MixtureDensity $fit
        $scored | Should -HaveCount 272
        ($scored | ForEach-Object { $_.LogDensity } | Measure-Object -Sum).Sum | Should -BeGreaterThan ($fit.LogLikelihood - 1e-6)
    }

    It 'tells the distribution function of one column' {
        $row = @(0 | Get-MixtureDensity $normal)
        $row | Should -HaveCount 1
        $row[0].PSObject.Properties.Name | Should -BeExactly 'x1', 'Density', 'LogDensity', 'Cdf'
        Assert-Close $row[0].Density (1 / [math]::Sqrt(2 * [math]::PI)) 1e-16
        Assert-Close $row[0].LogDensity (-0.5 * [math]::Log(2 * [math]::PI)) 1e-16
        $row[0].Cdf | Should -Be 0.5
    }

    It 'gives a line of points: <Call>' -ForEach @(
        @{ Call = { Get-MixtureDensity $normal -From -1 -To 1 -Count 5 } }
        @{ Call = { $normal | Get-MixtureDensity -From -1 -To 1 -Count 5 } }
    ) {
        $line = & $Call
        $line.x1 | Should -Be -1, -0.5, 0, 0.5, 1
        Assert-Close $line[4].Cdf 0.8413447460685429 1e-15
    }

    It 'gives a rectangle of points, and has a default for it' {
        $plane = New-GaussianMixture -Weight 1 -Mean @(0, 0) -Covariance @(1, 0, 0, 1) -Property a, b
        $points = Get-MixtureDensity $plane -From 0 -To 1, 2 -Count 2 -Prefix My
        $points[0].PSObject.Properties.Name | Should -BeExactly 'a', 'b', 'MyDensity', 'MyLogDensity'
        $points.b | Should -Be 0, 2, 0, 2
        $plane | Get-MixtureDensity -From -4 | Should -HaveCount (51 * 51)
        Get-MixtureDensity $normal -To 4 | Should -HaveCount 101
    }

    It 'gives quantiles' {
        $quantiles = $normal | Get-MixtureDensity -Probability 0.5, 0.975, 1
        $quantiles[0].PSObject.Properties.Name | Should -BeExactly 'Probability', 'x1'
        Assert-Close $quantiles[0].x1 0 1e-15
        Assert-Close $quantiles[1].x1 1.959963984540054 1e-14
        $quantiles[2].x1 | Should -Be ([double]::PositiveInfinity)
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{
            ErrorId = 'GridDimension'; Part = 'Get-MixtureMarginal'
            Call    = { Get-MixtureDensity (New-GaussianMixture -Random -ComponentCount 1 -Dimension 3 -Seed 1) -Count 3 }
        }
        @{ ErrorId = 'InvalidGrid'; Part = '-From less than -To'; Call = { Get-MixtureDensity $normal -From 2 -To 1 -Count 3 } }
        @{ ErrorId = 'InvalidGrid'; Part = 'Give -Count one number, or one per column'; Call = { Get-MixtureDensity $normal -Count 3, 4 } }
        @{
            ErrorId = 'NotUnivariate'; Part = 'Get-MixtureMarginal'
            Call    = { Get-MixtureDensity (New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1) -Probability 0.5 }
        }
        @{ ErrorId = 'InvalidProbability'; Part = 'from 0 to 1'; Call = { Get-MixtureDensity $normal -Probability 2 } }
        @{
            ErrorId = 'ColumnNameClash'; Part = "'Probability'"
            Call    = { Get-MixtureDensity (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property probability) -Probability 0.5 }
        }
        @{
            ErrorId = 'ColumnNameClash'; Part = "'Density'"
            Call    = { Get-MixtureDensity (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property density) -Count 5 }
        }
        @{ ErrorId = 'NoModel'; Part = '-Model is empty'; Call = { Get-MixtureDensity $nothing -Count 5 } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}
