# Components of multivariate t, through every command that takes a mixture: each is right, or says that they are not for it.
BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    $script:rows = @(Import-Csv (Get-ExamplePath faithful.csv))
    $script:fit = $rows | Invoke-EmFit eruptions, waiting 2 -Tail Student -CommonDegreesOfFreedom
    $script:four = $rows | Invoke-EmFit eruptions, waiting 2 -Tail Student -DegreesOfFreedom 4
}

Describe 'Invoke-EmFit -Tail Student' {
    It 'estimates degrees of freedom in common' {
        [math]::Round($fit.LogLikelihood, 3) | Should -Be (-1130.179)
        $fit.Mixture.Components.DegreesOfFreedom | ForEach-Object { [math]::Round($_, 1) } | Should -Be 59.7, 59.7
        $fit.ParameterCount | Should -Be 12
        $fit.Mixture.Tail, $fit.Options.Tail | Should -Be 'Student', 'Student'
        $fit.Options.CommonDegreesOfFreedom | Should -BeTrue
    }

    It 'estimates those of each component by default' {
        $own = $rows | Invoke-EmFit eruptions, waiting 2 -Tail Student
        $own.ParameterCount | Should -Be 13
        $own.LogLikelihood | Should -BeGreaterThan ($fit.LogLikelihood - 0.001)
        $own.Mixture.Components.DegreesOfFreedom | Select-Object -Unique | Should -HaveCount 2
    }

    It 'keeps degrees of freedom that are given' {
        [math]::Round($four.LogLikelihood, 4) | Should -Be (-1140.533)
        $four.Mixture.Components.DegreesOfFreedom | Should -Be 4, 4
        $four.ParameterCount | Should -Be 11
        $each = $rows | Invoke-EmFit eruptions, waiting -InitialModel $fit -Tail Student -DegreesOfFreedom 3, 20
        $each.Mixture.Components.DegreesOfFreedom | Should -Be 3, 20
    }

    It 'is searched over numbers of components and models, and chosen against normal components' {
        $fits = @($rows | Invoke-EmFit eruptions, waiting (1..3) -CovarianceModel EEE, VVV -Tail Student -CommonDegreesOfFreedom) +
            @($rows | Invoke-EmFit eruptions, waiting (1..3) -CovarianceModel EEE, VVV)
        $fits.Mixture.Tail | Select-Object -Unique | Should -Be 'Student', 'Normal'
        $best = $fits | Select-MixtureFit -WarningAction Ignore
        $best.Bic | Should -Be ($fits.Bic | Measure-Object -Minimum).Minimum
    }

    It 'reads files, however little memory there is, and takes weights' {
        $rows | Export-Csv "$TestDrive/rows.csv"
        foreach ($limit in 1GB, 0) {
            (Invoke-EmFit eruptions, waiting 2 -Path "$TestDrive/rows.csv" -Tail Student -DegreesOfFreedom 4 -MemoryLimit $limit).LogLikelihood | Should -Be $four.LogLikelihood
        }

        $doubled = $rows | Select-Object eruptions, waiting, @{ n = 'n'; e = { 2 } } | Invoke-EmFit eruptions, waiting 2 -WeightProperty n -Tail Student -DegreesOfFreedom 4
        [math]::Round($doubled.LogLikelihood / 2, 3) | Should -Be ([math]::Round($four.LogLikelihood, 3))
    }

    It 'resumes from a checkpoint of the same tails only' {
        $null = $rows | Invoke-EmFit eruptions, waiting 2 -Tail Student -TimeLimit 1 -Tolerance 0 -MaxIteration 300000000 -Checkpoint "$TestDrive/a.state" -WarningAction Ignore
        { $rows | Invoke-EmFit eruptions, waiting 2 -Tolerance 0 -MaxIteration 300000000 -Checkpoint "$TestDrive/a.state" } |
            Should -Throw -ErrorId 'CheckpointMismatch,*' -ExpectedMessage '*Tail was Student and is Normal*'
    }
}

Describe 'A mixture with Student tails' {
    It 'is measured as it was fitted' {
        $measured = $rows | Measure-MixtureLikelihood $fit
        [math]::Round($measured.LogLikelihood, 8) | Should -Be ([math]::Round($fit.LogLikelihood, 8))
        $measured.ParameterCount | Should -Be 12
        [math]::Round(($rows | Measure-MixtureLikelihood $fit -PerObservation | Measure-Object LogLikelihood -Sum).Sum, 6) | Should -Be ([math]::Round($fit.LogLikelihood, 6))
        [math]::Round(($rows | Get-MixtureDensity $fit | Measure-Object LogDensity -Sum).Sum, 6) | Should -Be ([math]::Round($fit.LogLikelihood, 6))
    }

    It 'gives rows their components' {
        $members = $rows | Get-MixtureMembership $fit -IncludeResponsibility
        [math]::Round(($members | Measure-Object Responsibility_1 -Sum).Sum / 272, 4) | Should -Be ([math]::Round($fit.Mixture.Components[0].Weight, 4))
    }

    It 'judges outliers at the rate of its own tails' {
        $level = Find-MixtureOutlier $four -FalseAlarmRate 0.01 -LevelOnly
        $level.Method | Should -Be 'Sampling'
        $drawn = New-GaussianMixtureSample $four 20000 -Seed 4
        $share = @($drawn | Find-MixtureOutlier $four -FalseAlarmRate 0.01).Count / 20000
        $share | Should -BeGreaterThan 0.007
        $share | Should -BeLessThan 0.013
        $one = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -DegreesOfFreedom 3
        $exact = Find-MixtureOutlier $one -FalseAlarmRate 0.05 -LevelOnly
        $exact.Method | Should -Be 'FisherF'

        # the quantile of t with 3 degrees of freedom
        [math]::Round(([pscustomobject]@{ x1 = 3.182446305 } | Get-MixtureDensity $one).LogDensity - $exact.LogDensity, 7) | Should -Be 0
    }

    It 'has a distribution function and quantiles in one column' {
        $one = New-GaussianMixture -Weight 1 -Mean 2 -Covariance 9 -DegreesOfFreedom 3
        [math]::Round((Get-MixtureDensity $one -Probability 0.975).x1, 6) | Should -Be ([math]::Round(2 + 3 * 3.182446305, 6))
        $marginal = Get-MixtureMarginal $fit -Property waiting
        $marginal.Components.DegreesOfFreedom | Should -Be $fit.Mixture.Components.DegreesOfFreedom
        $given = Get-MixtureConditional $fit -Given @{ waiting = 70 }
        [math]::Round($given.Components[0].DegreesOfFreedom - $fit.Mixture.Components[0].DegreesOfFreedom, 9) | Should -Be 1
    }

    It 'lists its components, and comes back from them' {
        $components = $fit | Get-MixtureComponent
        $components.DegreesOfFreedom | Should -HaveCount 2
        $components | Export-Csv "$TestDrive/components.csv"
        $again = Import-Csv "$TestDrive/components.csv" | New-GaussianMixture -Culture ([cultureinfo]::CurrentCulture)
        ($rows | Measure-MixtureLikelihood $again).LogLikelihood | Should -Be ($rows | Measure-MixtureLikelihood $fit).LogLikelihood
        ($rows | Invoke-EmFit eruptions, waiting 2 | Get-MixtureComponent)[0].psobject.Properties.Name | Should -Not -Contain 'DegreesOfFreedom'
    }

    It 'comes back from <Way>' -ForEach @(
        @{ Way = 'a file'; Copy = { Export-GaussianMixture $args[0] -Path "$TestDrive/fit.json" -Force; Import-GaussianMixture "$TestDrive/fit.json" } }
        @{ Way = 'a copy'; Copy = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($args[0])) } }
        @{ Way = 'JSON of PowerShell'; Copy = { $args[0] | ConvertTo-Json -Depth 7 | ConvertFrom-Json } }
    ) {
        foreach ($one in $fit, $four) {
            $again = & $Copy $one
            ($rows | Measure-MixtureLikelihood $again).LogLikelihood | Should -Be ($rows | Measure-MixtureLikelihood $one).LogLikelihood
            $again, $one | Select-MixtureFit | Should -Not -BeNullOrEmpty
            if ($Way -ne 'JSON of PowerShell') { ($again | Format-Custom -View Summary | Out-String) | Should -Match 'Student\s+tails' }
            if ($Way -eq 'a file') {
                ($rows[0..49] | Update-EmFit $again).LogLikelihood | Should -Be ($rows[0..49] | Update-EmFit $one).LogLikelihood
            } else {
                { $rows | Update-EmFit $again } | Should -Throw -ErrorId 'TailNotSupported,*' -ExpectedMessage '*without the statistics of the earlier rows*'
            }
        }
    }

    It 'shows its tails' {
        ($fit | Out-String) | Should -Match '2 VVV\+t '
        ($fit | Format-List | Out-String) | Should -Match 'DegreesOfFreedom +: (\e\[0m)?59\.7'
        ($fit | Format-Custom -View Summary | Out-String) | Should -Match '2 components with\s+Student\s+tails'
        ($fit | Format-Custom -View Summary | Out-String) | Should -Match 'Degrees of freedom +59\.7'
        ($fit.Mixture | Out-String) | Should -Match '2 VVV\+t '
        "$($fit.Mixture)" | Should -Be 'VVV K=2 t (eruptions, waiting)'
        ($rows | Invoke-EmFit eruptions, waiting 2 | Format-List | Out-String) | Should -Not -Match 'DegreesOfFreedom'
    }

    It 'is drawn as <_>' -ForEach 'Classification', 'Density', 'Uncertainty', 'Outlier' {
        ($rows | Show-MixturePlot $fit -Kind $_ -Width 100) | Should -Not -BeNullOrEmpty
        ($rows | Show-MixturePlot $fit -Kind $_ -Width 100 -Property waiting) | Should -Not -BeNullOrEmpty
    }

    It 'becomes SQL' {
        ConvertTo-MixtureSql $four -As LogDensity | Should -Match '4'
        ConvertTo-MixtureSql $four -As LogDensity | Should -Match 'LN\(1E0\+'
    }

    It 'is refused by <Command>, which says what to do' -ForEach @(
        @{ Command = 'Update-EmFit -ModelWeight'; Run = { $rows | Update-EmFit $fit.Mixture -ModelWeight 272 } }
    ) {
        $Run | Should -Throw -ErrorId 'TailNotSupported,*' -ExpectedMessage '*-Tail Student*'
    }

    It 'is compared with itself, with other tails and with normal components' {
        $same = Compare-GaussianMixture $fit $fit
        $same | Where-Object Deviation -ne 0 | Should -BeNullOrEmpty
        $same.Distance + $same.DistanceError | Select-Object -Unique | Should -Be 0
        @($same | Where-Object Parameter -eq 'DegreesOfFreedom') | Should -HaveCount 2
        $other = Compare-GaussianMixture $fit $four -SampleCount 20000
        ($other | Where-Object Parameter -eq 'DegreesOfFreedom').Difference | Should -Be 4, 4
        $other[0].DistanceError | Should -BeGreaterThan 0
        $other[0].DistanceError | Should -BeLessThan 0.02
        $other[0].Wasserstein | Should -BeNullOrEmpty
        $normal = $rows | Invoke-EmFit eruptions, waiting 2
        (Compare-GaussianMixture $fit $normal -SampleCount 20000 | Where-Object Parameter -eq 'DegreesOfFreedom').Difference |
            Should -Be ([double]::PositiveInfinity), ([double]::PositiveInfinity)
        Compare-GaussianMixture $normal $normal | Where-Object Parameter -eq 'DegreesOfFreedom' | Should -BeNullOrEmpty
        $divergence = Compare-GaussianMixture $fit $normal -Divergence
        $divergence.KullbackLeibler | Should -BeGreaterThan 0
        $divergence.JensenShannon | Should -BeLessThan 0.01
        [double]::IsNaN($divergence.KullbackLeiblerUpper) | Should -BeTrue
        ($divergence | Format-List | Out-String) | Should -Match 'L2DistanceError'
        (Show-MixturePlot $fit -ReferenceModel $normal -Kind Comparison -Width 100) | Should -Not -BeNullOrEmpty
    }

    It 'is merged by the probabilities of its rows' {
        $three = $rows | Invoke-EmFit eruptions, waiting 3 -Tail Student -DegreesOfFreedom 10
        $steps = @($rows | Merge-MixtureComponent $three)
        $steps.ClusterCount | Should -Be 3, 2, 1
        $shares = $rows | Get-MixtureMembership $three -IncludeResponsibility
        $entropy = 0
        foreach ($row in $shares) { foreach ($r in $row.Responsibility_1, $row.Responsibility_2, $row.Responsibility_3) { if ($r -gt 0) { $entropy -= $r * [math]::Log($r) } } }
        [math]::Abs($steps[0].Entropy - $entropy) | Should -BeLessThan 1e-6
        @(Merge-MixtureComponent -Model $three -SampleCount 500) | Should -HaveCount 3
    }

    It 'predicts what its conditional mixture is' {
        $row = $rows[0..0] | Get-MixtureConditional $four -Predict eruptions
        $conditional = Get-MixtureConditional $four -Given @{ waiting = [double]$rows[0].waiting }
        $conditional.Components.DegreesOfFreedom | Should -Be 5, 5
        $mean = ($conditional.Components | ForEach-Object { $_.Weight * $_.Mean[0] } | Measure-Object -Sum).Sum
        $variance = ($conditional.Components | ForEach-Object { $_.Weight * ($_.Covariance[0, 0] * 5 / 3 + [math]::Pow($_.Mean[0] - $mean, 2)) } | Measure-Object -Sum).Sum
        [math]::Abs($row.Predicted_eruptions - $mean) | Should -BeLessThan 1e-9
        [math]::Abs($row.StandardError_eruptions - [math]::Sqrt($variance)) | Should -BeLessThan 1e-9
    }

    It 'goes on with new rows' {
        $first = $rows[0..199] | Invoke-EmFit eruptions, waiting 2 -Tail Student -CommonDegreesOfFreedom
        foreach ($updated in ($rows[200..271] | Update-EmFit $first), ($rows[200..271] | Update-EmFit $first -BatchSize 36)) {
            $updated.RowCount | Should -Be 272
            $updated.Mixture.Tail, $updated.Options.Tail | Should -Be 'Student', 'Student'
            $updated.Mixture.Components.DegreesOfFreedom | Select-Object -Unique | Should -HaveCount 1
            $now = ($rows | Measure-MixtureLikelihood $updated).LogLikelihood
            $now | Should -BeGreaterThan ($rows | Measure-MixtureLikelihood $first).LogLikelihood
            $now | Should -BeLessThan ($fit.LogLikelihood + 1e-6)
        }

        $given = $rows[200..271] | Update-EmFit ($rows[0..199] | Invoke-EmFit eruptions, waiting 2 -Tail Student -DegreesOfFreedom 4) -ForgettingFactor 0.5
        $given.Mixture.Components.DegreesOfFreedom | Should -Be 4, 4
        $given.TotalWeight | Should -Be 172
    }

    It 'is fitted to rows with missing values by what they have' {
        $gaps = $rows | ForEach-Object { $_.PSObject.Copy() }
        0..19 | ForEach-Object { $gaps[12 * $_].waiting = ''; $gaps[12 * $_ + 5].eruptions = '' }
        $gappy = $gaps | Invoke-EmFit eruptions, waiting 2 -Tail Student -CommonDegreesOfFreedom -MissingValue Marginalize
        $gappy.IncompleteRowCount | Should -Be 40
        $summed = $gaps | Measure-MixtureLikelihood $gappy -PerObservation -MissingValue Marginalize | Measure-Object LogLikelihood -Sum
        [math]::Round($summed.Sum - $gappy.LogLikelihood, 8) | Should -Be 0
        $gappy.LogLikelihood | Should -BeGreaterThan ($gaps | Measure-MixtureLikelihood $fit -MissingValue Marginalize).LogLikelihood
        $gappy.Mixture.Components.DegreesOfFreedom | Select-Object -Unique | Should -HaveCount 1
    }

    It 'scores rows with missing values by what they have' {
        $gap = [pscustomobject]@{ eruptions = ''; waiting = 60 }
        $marginal = Get-MixtureMarginal $fit -Property waiting
        $scored = $gap | Measure-MixtureLikelihood $fit -PerObservation -MissingValue Marginalize
        [math]::Round($scored.LogLikelihood - ($gap | Get-MixtureDensity $marginal).LogDensity, 10) | Should -Be 0
    }
}
