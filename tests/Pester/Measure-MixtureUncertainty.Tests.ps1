BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Get-ExamplePath 'faithful.csv'
    $script:rows = Import-Example 'faithful.csv'
    $script:fit = Get-FaithfulFit
    $script:few = @{ ReplicateCount = 40; Seed = 1 }
}

Describe 'Measure-MixtureUncertainty' {
    It 'gives one flat row per parameter: <Call>' -ForEach @(
        @{ Call = { $rows | Measure-MixtureUncertainty $fit @few } }
        @{ Call = { Measure-MixtureUncertainty $fit -InputObject $rows @few } }
        @{ Call = { Measure-MixtureUncertainty $fit -Path $faithful @few } }
        @{ Call = { $fit | Measure-MixtureUncertainty -Path $faithful @few -ThrottleLimit 1 } }
        @{ Call = { $rows | Measure-MixtureUncertainty ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fit, 6))) @few } }
    ) {
        $given = & $Call
        $given | Should -HaveCount 12
        $given[0..5].Parameter | Should -BeExactly 'Weight', 'Mean', 'Mean', 'Variance', 'Covariance', 'Variance'
        $given.Component | Should -Be (@(1) * 6 + @(2) * 6)
        $given[1].Column | Should -BeExactly 'eruptions'
        $given[4].OtherColumn | Should -BeExactly 'waiting'
        $given[0].Estimate | Should -Be $fit.Mixture.Components[0].Weight
        $given | ForEach-Object { $_.Lower -lt $_.Upper -and $_.Level -eq 0.95 -and $_.Method -eq 'Bootstrap' -and $_.ReplicateCount + $_.CollapsedCount -eq 40 } | Should -Not -Contain $false

        # the same seed gives the same numbers, whichever way the rows come
        $given.StandardError | Should -Be ($rows | Measure-MixtureUncertainty $fit @few).StandardError
    }

    It 'chains into a file' {
        $rows | Measure-MixtureUncertainty $fit -Method Information | Export-Csv (Join-Path $TestDrive 'u.csv')
        $back = Import-Csv (Join-Path $TestDrive 'u.csv')
        $back | Should -HaveCount 12
        [double]$back[0].StandardError | Should -BeGreaterThan 0.029
        [double]$back[0].StandardError | Should -BeLessThan 0.0292
    }

    It 'knows the errors of a normal distribution: <_>' -ForEach 'Bootstrap', 'WeightedLikelihood', 'Parametric', 'Information' {
        $values = [double[]]$rows.waiting
        $one = $values | Invoke-EmFit -ComponentCount 1
        $given = $values | Measure-MixtureUncertainty $one -Method $_ -Seed 2 -Probability 0.5
        $expected = $one.Mixture.Components[0].StandardDeviation[0] / [math]::Sqrt(272)

        # 999 replicates: a relative standard error of 0.022, of which four are allowed
        ($given | Where-Object Parameter -EQ Mean).StandardError / $expected | Should -BeGreaterThan 0.91
        ($given | Where-Object Parameter -EQ Mean).StandardError / $expected | Should -BeLessThan 1.09
        $median = $given | Where-Object Parameter -EQ Quantile
        $median.Component | Should -BeNullOrEmpty
        $median.Probability | Should -Be 0.5
        $median.Estimate | Should -Be $one.Mixture.Components[0].Mean[0]
    }

    It 'moves the ends of intervals for bias and acceleration' {
        $waiting = [double[]]$rows.waiting
        $one = $waiting | Invoke-EmFit -ComponentCount 1
        $plain = $waiting | Measure-MixtureUncertainty $one -Seed 1
        $given = $waiting | Measure-MixtureUncertainty $one -Seed 1 -Interval BCa
        $given.StandardError | Should -Be $plain.StandardError
        $given.Interval | Should -Be (@('BCa') * 3)
        $plain.Interval | Should -Be (@('Percentile') * 3)

        # the replicates of a variance lie below it by 1/n on the average, and its standard error grows with it
        $given[2].Lower | Should -BeGreaterThan $plain[2].Lower
        $given[2].Upper | Should -BeGreaterThan $plain[2].Upper
        ($rows | Measure-MixtureUncertainty $fit -Method Information)[0].Interval | Should -BeNullOrEmpty
        $given | Format-List | Format-Screen | Should -Match 'Interval\s*: BCa'
    }

    It 'says where there is no BCa interval' {
        $given = $rows | Measure-MixtureUncertainty $fit -Interval BCa -ReplicateCount 2 -Seed 1 -WarningVariable said -WarningAction SilentlyContinue
        $given.Interval | Should -Contain 'Percentile'
        $given.Lower + $given.Upper | Should -Not -Contain ([double]::NaN)
        "$said" | Should -BeLike '*parameter* percentile interval*, as Interval says: all replicates lie on one side*'
    }

    It 'measures the density at points: <Points>' -ForEach @(
        @{ Points = @{ waiting = 65; eruptions = '3' }, [pscustomobject]@{ eruptions = 4.3; waiting = 80; other = 'x' } }
        @{ Points = (3, 65), (4.3, 80) }
    ) {
        $given = $rows | Measure-MixtureUncertainty $fit @few -DensityAt $Points
        $given | Should -HaveCount 14
        $found = $given | Where-Object Parameter -EQ Density
        $found.Point | Should -BeExactly 'eruptions = 3, waiting = 65', 'eruptions = 4.3, waiting = 80'
        $found.Component | Should -Be $null, $null
        $expected = @{ eruptions = 3; waiting = 65 }, @{ eruptions = 4.3; waiting = 80 } | Get-MixtureDensity $fit
        $found.Estimate | Should -Be $expected.Density
        $found | ForEach-Object { $_.Lower -gt 0 -and $_.Lower -lt $_.Upper } | Should -Not -Contain $false
        $found | Format-Screen | Should -Match 'Density eruptions=3 waiting=65'
    }

    It 'measures the density of one column: <_>' -ForEach 'Bootstrap', 'WeightedLikelihood', 'Parametric', 'Information' {
        $values = [double[]]$rows.waiting
        $one = $values | Invoke-EmFit -ComponentCount 2
        $found = $values | Measure-MixtureUncertainty $one -Method $_ @few -DensityAt 50, '65.5', 80 | Where-Object Parameter -EQ Density
        $found.Point | Should -BeExactly '50', '65.5', '80'
        $found.Column | Should -BeExactly 'x1', 'x1', 'x1'
        $found.Estimate | Should -Be (50, 65.5, 80 | Get-MixtureDensity $one).Density
        $found | ForEach-Object { $_.Lower -lt $_.Estimate -and $_.Estimate -lt $_.Upper } | Should -Not -Contain $false
    }

    It 'reads and writes points in any culture' {
        $values = [double[]]$rows.waiting
        $one = $values | Invoke-EmFit -ComponentCount 1
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $found = $values | Measure-MixtureUncertainty $one -Method Information -DensityAt '65.5', 70.25
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        ($found | Where-Object Parameter -EQ Density).Point | Should -BeExactly '65.5', '70.25'
    }

    It 'is drawn, from a file as well' {
        $found = $rows | Measure-MixtureUncertainty $fit @few -DensityAt (3, 65)
        $lines = $found | Show-MixturePlot -Color Never
        $lines -match 'Mean of eruptions, with intervals' | Should -HaveCount 1
        $lines -match 'Mean of waiting, with intervals' | Should -HaveCount 1
        $lines -match 'component 2┤' | Should -HaveCount 2
        $found | Export-Clixml $TestDrive/found.clixml
        $found | Export-Csv $TestDrive/found.csv
        foreach ($copy in (Import-Clixml $TestDrive/found.clixml), (Import-Csv $TestDrive/found.csv)) {
            $copy | Show-MixturePlot -Color Never | Should -Be $lines
        }

        $found | Where-Object Parameter -EQ Weight | Show-MixturePlot -Color Never | Select-Object -First 1 | Should -BeLike '*Weight, with intervals*'
        $found | Where-Object Parameter -EQ Density | Show-MixturePlot -Color Never | Out-String | Should -Match 'Density, with its interval'
        $found + ($rows | Measure-MixtureUncertainty $fit -Method Information) | Show-MixturePlot -Color Never -Property waiting | Out-String |
            Should -Match '(?s)component 1, Bootstrap.*component 1, Information'
    }

    It 'shows a table for each component' {
        $text = $rows | Measure-MixtureUncertainty $fit -Method Information | Format-Screen
        $text | Should -Match 'Component: 1'
        $text | Should -Match 'Covariance eruptions waiting'
        ($text -split '\r?\n' | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'warns of a mixture that is not the fit of the rows' {
        $null = $rows | Select-Object -First 150 | Measure-MixtureUncertainty $fit @few -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'The mixture is not the fit of these rows*'
    }

    It 'gives what there is when the time is up' {
        $given = $rows | Measure-MixtureUncertainty $fit -ReplicateCount 1000000 -TimeLimit 0.5 -WarningVariable said -WarningAction SilentlyContinue
        $given | Should -HaveCount 12
        $given[0].ReplicateCount | Should -BeLessThan 1000000
        "$said" | Should -BeLike 'The time limit ended the work after * of 1000000 replicates*'
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Call = { $rows | Measure-MixtureUncertainty -Model $nothing } }
        @{ ErrorId = 'InvalidConfidenceLevel'; Call = { $rows | Measure-MixtureUncertainty $fit -ConfidenceLevel 95 } }
        @{ ErrorId = 'IntervalNotSupported'; Call = { $rows | Measure-MixtureUncertainty $fit -Interval BCa -Method WeightedLikelihood } }
        @{ ErrorId = 'IntervalNotSupported'; Call = { $rows | Measure-MixtureUncertainty $fit -Interval BCa -Method Information } }
        @{ ErrorId = 'InvalidProbability'; Call = { $rows | Measure-MixtureUncertainty $fit -Probability 1 } }
        @{ ErrorId = 'InvalidPoint'; Call = { $rows | Measure-MixtureUncertainty $fit -DensityAt 3 } }
        @{ ErrorId = 'InvalidPoint'; Call = { $rows | Measure-MixtureUncertainty $fit -DensityAt @{ eruptions = 3 } } }
        @{ ErrorId = 'InvalidPoint'; Call = { $rows | Measure-MixtureUncertainty $fit -DensityAt @{ eruptions = 3; waiting = 'x' } } }
        @{ ErrorId = 'InvalidPoint'; Call = { $rows | Measure-MixtureUncertainty $fit -DensityAt @{ eruptions = 3; waiting = [double]::PositiveInfinity } } }
        @{ ErrorId = 'InvalidPoint'; Call = { $rows | Measure-MixtureUncertainty $fit -DensityAt @($null) } }
        @{ ErrorId = 'NotUnivariate'; Call = { $rows | Measure-MixtureUncertainty $fit -Probability 0.5 } }
        @{ ErrorId = 'InvalidTimeLimit'; Call = { $rows | Measure-MixtureUncertainty $fit -TimeLimit 0 } }
        @{ ErrorId = 'UnknownProperty'; Call = { 1, 2 | ForEach-Object { [pscustomobject]@{ y = $_ } } | Measure-MixtureUncertainty $fit } }
        @{ ErrorId = 'NoRows'; Call = { @() | Measure-MixtureUncertainty $fit } }
        @{ ErrorId = 'TrimmingNotSupported'; Call = { $rows | Measure-MixtureUncertainty ($rows | Invoke-EmFit -ComponentCount 2 -TrimFraction 0.05) } }
        @{ ErrorId = 'InformationNotSupported'; Call = { $rows | Measure-MixtureUncertainty ($rows | Invoke-EmFit -ComponentCount 2 -Noise -WarningAction Ignore) -Method Information } }
    ) {
        $Call | Should -Throw -ErrorId "$ErrorId,*"
    }
}
