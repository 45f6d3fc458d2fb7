# Fits with noise, through every command that takes a mixture: each is right, or says that noise is not for it.
BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    # Old Faithful and 28 points of a grid, which belong to none of the two kinds of eruption
    $script:rows = @(Import-Csv (Get-ExamplePath faithful.csv) | ForEach-Object { [pscustomobject]@{ eruptions = [double]$_.eruptions; waiting = [double]$_.waiting; grid = 0 } })
    foreach ($i in 0..6) {
        $script:rows += 0..3 | ForEach-Object { [pscustomobject]@{ eruptions = 1 + $i * 5 / 6; waiting = 30 + $_ * 80 / 3; grid = 1 } }
    }

    $script:fit = $rows | Invoke-EmFit eruptions, waiting 2 -Noise
    $script:noise = $fit.Mixture.Noise
}

Describe 'Invoke-EmFit -Noise' -Tag FastEngine {
    It 'finds the noise by itself' {
        $fit.LogLikelihood | Should -BeGreaterThan (-1361.77125)
        $fit.LogLikelihood | Should -BeLessThan (-1361.77123)
        [math]::Round($noise.Weight, 4) | Should -Be 0.1237
        [math]::Round($noise.Volume, 6) | Should -Be 400
        $fit.ParameterCount | Should -Be 12
        [math]::Round(($fit.Mixture.Components | Measure-Object Weight -Sum).Sum + $noise.Weight, 12) | Should -Be 1
        $fit.Options.Noise | Should -BeTrue
    }

    It 'takes a volume' {
        $wide = $rows | Invoke-EmFit eruptions, waiting 2 -Noise -NoiseVolume 1000
        [math]::Round($wide.Mixture.Noise.Volume, 6) | Should -Be 1000
        $wide.Options.NoiseVolume | Should -Be 1000
        $wide.LogLikelihood | Should -BeLessThan $fit.LogLikelihood
    }

    It 'is searched over numbers of components and models' {
        $fits = $rows | Invoke-EmFit eruptions, waiting (1..4) -CovarianceModel EEE, VVV -Noise
        $fits | Should -HaveCount 8
        $fits.Mixture.Noise | Should -HaveCount 8
        $best = $fits | Select-MixtureFit
        $best.Bic | Should -Be ($fits.Bic | Measure-Object -Minimum).Minimum
        $best.CovarianceModel, $best.ComponentCount | Should -Be 'EEE', 3
    }

    It 'is chosen against fits without noise' {
        $plain = $rows | Invoke-EmFit eruptions, waiting 2
        ($plain, $fit | Select-MixtureFit).Mixture.Noise | Should -Not -BeNullOrEmpty
    }

    It 'reads files, however little memory there is' {
        $rows | Export-Csv "$TestDrive/rows.csv"
        foreach ($limit in 1GB, 0) {
            $same = Invoke-EmFit eruptions, waiting 2 -Path "$TestDrive/rows.csv" -Noise -MemoryLimit $limit
            $same.LogLikelihood | Should -Be $fit.LogLikelihood
            $same.Mixture.Noise.Weight | Should -Be $noise.Weight
        }
    }

    It 'starts from what is given' {
        ($rows | Invoke-EmFit eruptions, waiting -InitialModel $fit -Noise).LogLikelihood | Should -BeGreaterThan (-1361.7713)
        $labelled = $rows | Select-Object eruptions, waiting, @{ n = 'long'; e = { $_.waiting -gt 68 } }
        ($labelled | Invoke-EmFit eruptions, waiting -InitialComponent long -Noise).LogLikelihood | Should -BeGreaterThan (-1361.7713)
        ($rows | Invoke-EmFit eruptions, waiting -InitialModel $fit).Mixture.Noise | Should -BeNullOrEmpty
    }

    It 'uses rows with missing values and weights' {
        $gaps = $rows | ForEach-Object { $_.PSObject.Copy() }
        $gaps[3].waiting = $gaps[70].eruptions = $gaps[280].waiting = ''
        $gapped = $gaps | Invoke-EmFit eruptions, waiting 2 -Noise -MissingValue Marginalize
        $gapped.Mixture.Noise.Weight | Should -BeGreaterThan 0.1
        $gapped.Mixture.Noise.Weight | Should -BeLessThan 0.15
        $doubled = $rows | Select-Object eruptions, waiting, @{ n = 'n'; e = { 2 } } | Invoke-EmFit eruptions, waiting 2 -WeightProperty n -Noise
        [math]::Round($doubled.LogLikelihood / 2, 4) | Should -Be ([math]::Round($fit.LogLikelihood, 4))
    }

    It 'resumes from a checkpoint' {
        $null = $rows | Invoke-EmFit eruptions, waiting 2 -Noise -TimeLimit 1 -Tolerance 0 -MaxIteration 300000000 -Checkpoint "$TestDrive/a.state" -WarningAction Ignore
        { $rows | Invoke-EmFit eruptions, waiting 2 -Tolerance 0 -MaxIteration 300000000 -Checkpoint "$TestDrive/a.state" } |
            Should -Throw -ErrorId 'CheckpointMismatch,*' -ExpectedMessage '*Noise was True and is False*'
    }

    It 'warns where there is no noise' {
        $clean = Import-Csv (Get-ExamplePath iris.csv) | Invoke-EmFit -ExcludeProperty class -ComponentCount 3 -Noise -WarningVariable told -WarningAction SilentlyContinue
        $clean.Warnings -match '^The noise holds less than one row' | Should -HaveCount 1
        "$told" | Should -Match 'The noise holds less than one row'
    }

    It 'is refused with <_>' -ForEach 'Prior', 'FixedWeight' {
        $options = if ($_ -eq 'Prior') { @{ Prior = $true } } else { @{ FixedWeight = 0.5, 0.5 } }
        { $rows | Invoke-EmFit eruptions, waiting 2 -Noise @options } | Should -Throw -ErrorId "NoiseWith$_,*"
    }
}

Describe 'A mixture with noise' {
    It 'gives rows of noise component 0' {
        $members = $rows | Get-MixtureMembership $fit -IncludeResponsibility
        @($members | Where-Object { $_.grid -eq 1 -and $_.Component -eq 0 }) | Should -HaveCount 23
        @($members | Where-Object { $_.grid -eq 0 -and $_.Component -eq 0 }) | Should -HaveCount 6
        foreach ($member in $members[0], $members[271], $members[299]) {
            [math]::Round($member.Responsibility_0 + $member.Responsibility_1 + $member.Responsibility_2, 12) | Should -Be 1
            [math]::Round($member."Responsibility_$($member.Component)" - $member.Probability, 12) | Should -Be 0
        }

        # those that the fit counts
        [math]::Round(($members | Measure-Object Responsibility_0 -Sum).Sum / 300, 4) | Should -Be ([math]::Round($noise.Weight, 4))
    }

    It 'is judged without its noise where outliers are found' {
        $found = $rows | Find-MixtureOutlier $fit -FalseAlarmRate 0.001
        @($found | Where-Object grid -EQ 1) | Should -HaveCount 23
        @($found | Where-Object grid -EQ 0).Count | Should -BeLessOrEqual 3
        $found.Component | Where-Object { $_ -lt 1 } | Should -BeNullOrEmpty
        $alone = $rows | Find-MixtureOutlier $fit.Mixture.WithoutNoise -FalseAlarmRate 0.001
        $alone.Row | Should -Be $found.Row
        (Find-MixtureOutlier $fit -FalseAlarmRate 0.001 -LevelOnly).LogDensity | Should -Be (Find-MixtureOutlier $fit.Mixture.WithoutNoise -FalseAlarmRate 0.001 -LevelOnly).LogDensity

        # a fit without noise finds none of them
        $rows | Invoke-EmFit eruptions, waiting (1..9) -CovarianceModel * -WarningAction Ignore | Select-MixtureFit -WarningAction Ignore |
            ForEach-Object { $rows | Find-MixtureOutlier $_ -FalseAlarmRate 0.001 } | Where-Object grid -EQ 1 | Should -BeNullOrEmpty
    }

    It 'is measured as it was fitted' {
        $measured = $rows | Measure-MixtureLikelihood $fit
        [math]::Round($measured.LogLikelihood, 8) | Should -Be ([math]::Round($fit.LogLikelihood, 8))
        $measured.ParameterCount | Should -Be 12
        $each = $rows | Measure-MixtureLikelihood $fit -PerObservation
        [math]::Round(($each | Measure-Object LogLikelihood -Sum).Sum, 6) | Should -Be ([math]::Round($fit.LogLikelihood, 6))
        ($each | Where-Object Component -EQ 0) | Should -HaveCount 29
        [math]::Round(($rows | Get-MixtureDensity $fit | Measure-Object LogDensity -Sum).Sum, 6) | Should -Be ([math]::Round($fit.LogLikelihood, 6))
    }

    It 'is sampled with its noise' {
        $drawn = New-GaussianMixtureSample $fit 5000 -Seed 4 -IncludeComponent
        @($drawn | Where-Object Component -EQ 0).Count / 5000 | Should -BeGreaterThan 0.11
        @($drawn | Where-Object Component -EQ 0).Count / 5000 | Should -BeLessThan 0.14
        $extent = $drawn | Where-Object Component -EQ 0 | Measure-Object waiting -Minimum -Maximum
        $extent.Minimum | Should -BeGreaterOrEqual 30
        $extent.Maximum | Should -BeLessOrEqual 110
    }

    It 'has a distribution function in one column' {
        $marginal = Get-MixtureMarginal $fit -Property waiting
        $marginal.Noise.Weight | Should -Be $noise.Weight
        [math]::Round($marginal.Noise.Volume, 10) | Should -Be 80
        $quantiles = Get-MixtureDensity $marginal -Probability 0.01, 0.5, 0.99
        $cdf = $quantiles | Select-Object waiting | Get-MixtureDensity $marginal
        $cdf.Cdf | ForEach-Object { [math]::Round($_, 10) } | Should -Be 0.01, 0.5, 0.99
        (Get-MixtureConditional $fit -Given @{ waiting = 110 }).Noise.Weight | Should -BeGreaterThan 0.99
    }

    It 'comes back from <Way>' -ForEach @(
        @{ Way = 'a file'; Copy = { Export-GaussianMixture $args[0] -Path "$TestDrive/fit.json" -Force; Import-GaussianMixture "$TestDrive/fit.json" } }
        @{ Way = 'a copy'; Copy = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($args[0])) } }
        @{ Way = 'JSON of PowerShell'; Copy = { $args[0] | ConvertTo-Json -Depth 7 | ConvertFrom-Json } }
    ) {
        $copy = & $Copy $fit
        ($rows | Measure-MixtureLikelihood $copy).LogLikelihood | Should -Be ($rows | Measure-MixtureLikelihood $fit).LogLikelihood
        ($rows | Find-MixtureOutlier $copy -FalseAlarmRate 0.01).Row | Should -Be ($rows | Find-MixtureOutlier $fit -FalseAlarmRate 0.01).Row
        ($rows | Find-MixtureOutlier $copy.Mixture.WithoutNoise -FalseAlarmRate 0.01).Row | Should -Be ($rows | Find-MixtureOutlier $fit -FalseAlarmRate 0.01).Row
        $updated = $rows[0..99] | Update-EmFit $copy
        $updated.Mixture.Noise.Volume | Should -Be $noise.Volume
        $updated.RowCount | Should -Be 400
        $copy, $fit | Select-MixtureFit | Should -Not -BeNullOrEmpty
        if ($Way -ne 'JSON of PowerShell') { ($copy | Format-Custom -View Summary | Out-String) | Should -Match 'Noise: weight 0.1237, expected rows 37.1, volume 400' }
    }

    It 'is updated in batches' {
        $updated = $rows | Update-EmFit $fit -BatchSize 50
        $updated.RowCount | Should -Be 600
        $updated.Mixture.Noise.Weight | Should -BeGreaterThan 0.05
        $updated.Mixture.Noise.Weight | Should -BeLessThan 0.2
    }

    It 'shows its noise' {
        ($fit | Out-String) | Should -Match '2 VVV\+N '
        ($fit | Format-List | Out-String) | Should -Match 'Noise +: (\e\[0m)?weight 0.1237, volume 400'
        ($fit.Mixture | Out-String) | Should -Match '2 VVV\+N '
        "$($fit.Mixture)" | Should -Be 'VVV K=2 + noise (eruptions, waiting)'
        ($fit.Mixture.WithoutNoise | Format-List | Out-String) | Should -Not -Match 'Noise'
    }

    It 'is drawn as <_>' -ForEach 'Classification', 'Density', 'Uncertainty', 'Outlier' {
        $drawn = ($rows | Show-MixturePlot $fit -Kind $_ -Width 100) -join "`n"
        $drawn | Should -Match 'VVV, 2 components and noise'
        if ($_ -eq 'Classification') { $drawn | Should -Match '0: 12.4 % noise' }
        if ($_ -eq 'Density') { $drawn | Should -Match 'without the noise' }
        ($rows | Show-MixturePlot $fit -Kind $_ -Width 100 -Property waiting) | Should -Not -BeNullOrEmpty
    }

    It 'becomes SQL' {
        ConvertTo-MixtureSql $fit -As Component | Should -Match 'THEN 0 END'
        @(ConvertTo-MixtureSql $fit -As Responsibility) | Should -HaveCount 3
        ConvertTo-MixtureSql $fit -As Outlier -Level -9 | Should -Be (ConvertTo-MixtureSql $fit.Mixture.WithoutNoise -As Outlier -Level -9)
    }

    It 'lists its components, which are no whole mixture' {
        $components = $fit | Get-MixtureComponent
        $components.Component | Should -Be 1, 2
        { $components | New-GaussianMixture } | Should -Throw -ErrorId 'WeightSum,*'
    }

    It 'is refused by <Command>, which says what to do' -ForEach @(
        @{ Command = 'Compare-GaussianMixture'; Run = { Compare-GaussianMixture $fit $fit } }
        @{ Command = 'Compare-GaussianMixture -Divergence'; Run = { Compare-GaussianMixture $fit $fit -Divergence } }
        @{ Command = 'Merge-MixtureComponent'; Run = { $rows | Merge-MixtureComponent $fit } }
        @{ Command = 'Get-MixtureConditional -Predict'; Run = { $rows | Get-MixtureConditional $fit -Predict eruptions } }
        @{ Command = 'Show-MixturePlot -Kind Comparison'; Run = { Show-MixturePlot $fit -ReferenceModel $fit -Kind Comparison } }
    ) {
        $Run | Should -Throw -ErrorId 'NoiseNotSupported,*' -ExpectedMessage '*$fit.Mixture.WithoutNoise*'
    }

    It 'is compared without its noise' {
        (Compare-GaussianMixture $fit.Mixture.WithoutNoise $fit.Mixture.WithoutNoise | Where-Object Parameter -EQ Weight).Distance | Should -Be 0, 0
    }
}

Describe 'Find-MixtureOutlier without a model' -Tag FastEngine {
    BeforeAll {
        $script:log = Import-Csv (Get-ExamplePath latency.csv) | ForEach-Object {
            [pscustomobject]@{ time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb); affected = [int]$_.affected }
        }
        $script:found = $log | Find-MixtureOutlier -Property latency, size -FalseAlarmRate 0.001
    }

    It 'finds the incident of a log in one step' {
        @($found | Where-Object affected) | Should -HaveCount 12
        @($found | Where-Object { -not $_.affected }).Count | Should -BeLessOrEqual 5
        $found[0].PSObject.Properties.Name | Should -Be 'time', 'latency', 'size', 'affected', 'Row', 'LogDensity', 'TailProbability', 'Component', 'Distance', 'Contributor'
        $found | ForEach-Object { $log[$_.Row - 1].time | Should -Be $_.time }
    }

    It 'finds scattered rows, which a fit of all rows explains' {
        $grid = $rows | Find-MixtureOutlier -Property eruptions, waiting -FalseAlarmRate 0.001
        @($grid | Where-Object grid -EQ 1).Count | Should -BeGreaterOrEqual 22
        @($grid | Where-Object grid -EQ 0).Count | Should -BeLessOrEqual 3
    }

    It 'says by what it judges' {
        $said = $log | Find-MixtureOutlier -Property latency, size -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$said" | Should -Match 'Fitted to the rows: VVV K=4 \+ noise \(latency, size\), noise 0.07 ?%; not taken to be sound, since they hold few rows: component 4\.'
    }

    It 'takes components of any size for sound if it is told to' {
        $log | Find-MixtureOutlier -Property latency, size -FalseAlarmRate 0.001 -SmallestShare 0 | Where-Object affected | Should -HaveCount 1
        @($log | Find-MixtureOutlier -Property latency, size -FalseAlarmRate 0.001 -SmallestShare 0 -ComponentCount 3 | Where-Object affected) | Should -HaveCount 12
    }

    It 'reads files twice' {
        $log | Export-Csv "$TestDrive/log.csv"
        $same = Find-MixtureOutlier -Path "$TestDrive/log.csv" -Property latency, size -FalseAlarmRate 0.001 -IncludeProperty time
        $same.time | Should -Be $found.time
        $same.TailProbability | Should -Be $found.TailProbability
    }

    It 'gives the level alone' {
        $level = $log | Find-MixtureOutlier -Property latency, size -FalseAlarmRate 0.001 -LevelOnly
        @($level) | Should -HaveCount 1
        ($found.LogDensity | Measure-Object -Maximum).Maximum | Should -BeLessThan $level.LogDensity
    }

    It 'takes lists, single numbers, objects that are used again, and gaps' {
        @(1..200 | ForEach-Object { , @(($_ * 7919 % 1000), ($_ * 104729 % 1000)) }) + , @(9e4, -9e4) | Find-MixtureOutlier -ComponentCount 1 | Where-Object Row -EQ 201 | Should -HaveCount 1
        (1..200 | ForEach-Object { $_ * 7919 % 1000 }) + 1e6 | Find-MixtureOutlier -ComponentCount 1, 2 | Where-Object Row -EQ 201 | Should -HaveCount 1
        $again = [pscustomobject]@{ x = 0 }
        1..200 + 5000 | ForEach-Object { $again.x = $_ * 7919 % 1000 + ($_ -eq 5000 ? 1e6 : 0); $again } | Find-MixtureOutlier -Property x -ComponentCount 1 | Where-Object Row -EQ 201 | Should -HaveCount 1
        $gaps = $rows | ForEach-Object { $_.PSObject.Copy() }
        $gaps[5].waiting = ''
        { $gaps | Find-MixtureOutlier -Property eruptions, waiting } | Should -Throw -ErrorId 'MissingValue,*'
        @($gaps | Find-MixtureOutlier -Property eruptions, waiting -MissingValue Marginalize).Count | Should -BeGreaterThan 20
        $omitted = $gaps | Find-MixtureOutlier -Property eruptions, waiting -MissingValue Omit -WarningVariable told -WarningAction SilentlyContinue
        $omitted.Count | Should -BeGreaterThan 20
        $told | Should -HaveCount 1
    }

    It 'needs rows, and columns that they have' {
        { @() | Find-MixtureOutlier } | Should -Throw -ErrorId 'NoRows,*'
        { $rows | Find-MixtureOutlier -Property nowhere } | Should -Throw -ErrorId 'UnknownProperty,*'
        { $rows | Find-MixtureOutlier $null } | Should -Throw -ErrorId 'NoModel,*'
    }

    It 'is stopped at once' {
        $many = 1..50 | ForEach-Object { $log } | Find-MixtureOutlier -Property latency, size -FalseAlarmRate 0.001 | Select-Object -First 1
        @($many) | Should -HaveCount 1
    }
}
