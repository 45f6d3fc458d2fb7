# Trimmed fits, through every command that takes a mixture: each is right, or says that trimming is not for it.
BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    # Old Faithful and 28 points of a grid, which belong to none of the two kinds of eruption
    $script:rows = @(Import-Csv (Get-ExamplePath faithful.csv) | ForEach-Object { [pscustomobject]@{ eruptions = [double]$_.eruptions; waiting = [double]$_.waiting; grid = 0 } })
    foreach ($i in 0..6) {
        $script:rows += 0..3 | ForEach-Object { [pscustomobject]@{ eruptions = 1 + $i * 5 / 6; waiting = 30 + $_ * 80 / 3; grid = 1 } }
    }

    $script:fit = $rows | Invoke-EmFit eruptions, waiting 2 -TrimFraction 0.1
}

Describe 'Invoke-EmFit -TrimFraction' {
    It 'leaves out the rows that belong to nothing' {
        $fit.RowCount, $fit.TotalWeight | Should -Be 300, 270
        $fit.Options.TrimFraction, $fit.Options.EigenvalueRatio | Should -Be 0.1, 100
        $fit.Mixture.Trimming.Fraction | Should -Be 0.1
        $fit.IsTrimmed, $fit.Converged | Should -Be $true, $true
        $members = $rows | Get-MixtureMembership $fit -IncludeResponsibility
        @($members | Where-Object Component -EQ 0) | Should -HaveCount 30
        @($members | Where-Object { $_.Component -eq 0 -and $_.grid -eq 1 }) | Should -HaveCount 23
        foreach ($member in $members[0], $members[299]) {
            [math]::Round($member.Responsibility_0 + $member.Responsibility_1 + $member.Responsibility_2, 12) | Should -Be 1
        }

        $members[299].Probability, $members[299].Responsibility_0 | Should -Be 1, 1
        $members[0].Responsibility_0 | Should -Be 0
        # the plain rows that are left give the same
        $kept = $members | Where-Object Component -NE 0
        $same = $kept | Invoke-EmFit eruptions, waiting -InitialModel $fit
        [math]::Round($same.LogLikelihood, 4) | Should -Be ([math]::Round($fit.LogLikelihood, 4))
    }

    It 'has no criteria' {
        $fit.Bic, $fit.Aic, $fit.Aicc, $fit.Icl | ForEach-Object { [double]::IsNaN($_) | Should -BeTrue }
    }

    It 'makes a curve whose steps tell how many rows belong to nothing' {
        $curve = $rows | Invoke-EmFit eruptions, waiting 2 -TrimFraction 0, 0.05, 0.1, 0.15, 0.2
        $curve.Options.TrimFraction | Should -Be 0, 0.05, 0.1, 0.15, 0.2
        $steps = 1..4 | ForEach-Object { ($curve[$_].LogLikelihood - $curve[$_ - 1].LogLikelihood) / 15 }
        $steps[0], $steps[1] | ForEach-Object { $_ | Should -BeGreaterThan 10 }
        $steps[2], $steps[3] | ForEach-Object { $_ | Should -BeLessThan 7.5 }
        $all = $rows | Invoke-EmFit eruptions, waiting 1, 2 -TrimFraction 0, 0.1 -CovarianceModel VVV, EEE
        $all | Should -HaveCount 8
    }

    It 'reads files, however little memory there is' {
        $rows | Export-Csv "$TestDrive/rows.csv"
        foreach ($limit in 1GB, 0) {
            $same = Invoke-EmFit eruptions, waiting 2 -Path "$TestDrive/rows.csv" -TrimFraction 0.1 -MemoryLimit $limit
            $same.LogLikelihood | Should -Be $fit.LogLikelihood
            $same.Mixture.Trimming.LogDensity | Should -Be $fit.Mixture.Trimming.LogDensity
        }
    }

    It 'starts from what is given' {
        $again = $rows | Invoke-EmFit eruptions, waiting -InitialModel $fit -TrimFraction 0.1
        [math]::Round($again.LogLikelihood, 4) | Should -Be ([math]::Round($fit.LogLikelihood, 4))
        $labelled = $rows | Select-Object eruptions, waiting, @{ n = 'long'; e = { $_.waiting -gt 68 } }
        ($labelled | Invoke-EmFit eruptions, waiting -InitialComponent long -TrimFraction 0.1).LogLikelihood | Should -BeLessOrEqual ($fit.LogLikelihood + 1e-6)
        ($rows | Invoke-EmFit eruptions, waiting -InitialModel $fit).Mixture.Trimming | Should -BeNullOrEmpty
    }

    It 'is refused with <Name>' -ForEach @(
        @{ Name = 'noise'; Options = @{ Noise = $true } }
        @{ Name = 'a prior'; Options = @{ Prior = $true } }
        @{ Name = 'heavy tails'; Options = @{ Tail = 'Student' } }
        @{ Name = 'fixed weights'; Options = @{ FixedWeight = 0.5, 0.5 } }
        @{ Name = 'a model whose eigenvalues are not free'; Options = @{ CovarianceModel = 'VEV' } }
        @{ Name = 'missing values'; Options = @{ MissingValue = 'Marginalize' } }
    ) {
        $given = $rows | ForEach-Object { $_.PSObject.Copy() }
        if ($Options.MissingValue) { $given[3].waiting = '' }
        { $given | Invoke-EmFit eruptions, waiting 2 -TrimFraction 0.1 @Options } | Should -Throw -ErrorId 'TrimmingNotSupported,*'
    }

    It 'says why rows with gaps cannot be trimmed, and fits the others' {
        $given = $rows | ForEach-Object { $_.PSObject.Copy() }
        $given[3].waiting = ''
        { $given | Invoke-EmFit eruptions, waiting 2 -TrimFraction 0.1 -MissingValue Marginalize } |
            Should -Throw -ExpectedMessage '*do not compare*-MissingValue Omit*'
        ($given | Invoke-EmFit eruptions, waiting 2 -TrimFraction 0.1 -MissingValue Omit -WarningAction Ignore).RowCount | Should -Be ($rows.Count - 1)
    }

    It 'goes on from a checkpoint' {
        $file = "$TestDrive/curve.state"
        $shares = 0.05, 0.1
        $expected = $rows | Invoke-EmFit eruptions, waiting 2 -TrimFraction $shares
        $cut = $rows | Invoke-EmFit eruptions, waiting 2 -TrimFraction $shares -Checkpoint $file -CheckpointIteration 1 -TimeLimit 0.05 -WarningAction Ignore
        if ($cut.StopReason -contains 'TimeLimit') { $file | Should -Exist }
        $again = $rows | Invoke-EmFit eruptions, waiting 2 -TrimFraction $shares -Checkpoint $file
        $again.LogLikelihood | Should -Be $expected.LogLikelihood
        $file | Should -Not -Exist
    }

    It 'needs a number of components, since no criterion chooses one' {
        { $rows | Invoke-EmFit eruptions, waiting -TrimFraction 0.1 } | Should -Throw -ErrorId 'TrimmingNotSupported,*' -ExpectedMessage '*-ComponentCount*'
    }
}

Describe 'A trimmed mixture' {
    It 'is judged as its components where outliers are found' {
        $found = $rows | Find-MixtureOutlier $fit -FalseAlarmRate 0.001
        @($found | Where-Object grid -EQ 1) | Should -HaveCount 23
        @($found | Where-Object grid -EQ 0).Count | Should -BeLessOrEqual 3
        ($rows | Find-MixtureOutlier $fit.Mixture.WithoutTrimming -FalseAlarmRate 0.001).Row | Should -Be $found.Row
    }

    It 'has the density of its components' {
        $densities = ($rows | Get-MixtureDensity $fit).LogDensity
        $densities | Should -Be ($rows | Get-MixtureDensity $fit.Mixture.WithoutTrimming).LogDensity
        $sum = ($densities | Where-Object { $_ -ge $fit.Mixture.Trimming.LogDensity } | Measure-Object -Sum).Sum
        [math]::Round($sum, 6) | Should -Be ([math]::Round($fit.LogLikelihood, 6))
        @($rows | Measure-MixtureLikelihood $fit -PerObservation | Where-Object Component -EQ 0) | Should -HaveCount 30
        @(New-GaussianMixtureSample $fit 100 -Seed 4 -IncludeComponent | Where-Object Component -EQ 0) | Should -HaveCount 0
        (Get-MixtureMarginal $fit -Property waiting).Trimming | Should -BeNullOrEmpty
        (Compare-GaussianMixture $fit $fit | Where-Object Parameter -EQ Weight).Distance | Should -Be 0, 0
    }

    It 'comes back from <Way>' -ForEach @(
        @{ Way = 'a file'; Copy = { Export-GaussianMixture $args[0] -Path "$TestDrive/fit.json"; Import-GaussianMixture "$TestDrive/fit.json" } }
        @{ Way = 'a copy'; Copy = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($args[0])) } }
        @{ Way = 'JSON of PowerShell'; Copy = { $args[0] | ConvertTo-Json -Depth 7 -WarningAction Ignore | ConvertFrom-Json } }
    ) {
        $copy = & $Copy $fit
        ($rows | Get-MixtureMembership $copy).Component | Should -Be ($rows | Get-MixtureMembership $fit).Component
        { $copy | Select-MixtureFit } | Should -Throw -ErrorId 'TrimmingNotSupported,*'
        { $rows | Update-EmFit $copy } | Should -Throw -ErrorId 'TrimmingNotSupported,*'
        if ($Way -ne 'JSON of PowerShell') { ($copy | Format-Custom -View Summary | Out-String) | Should -Match 'Trimmed: 10 % of the rows, those with a log-density below -7\.69' }
    }

    It 'comes back without a level where nothing was trimmed' {
        $none = $rows | Invoke-EmFit eruptions, waiting 2 -TrimFraction 0
        $none | Export-GaussianMixture -Path "$TestDrive/none.json"
        $none.Mixture.Trimming.LogDensity, (Import-GaussianMixture "$TestDrive/none.json").Mixture.Trimming.LogDensity | Should -Be (@([double]::NegativeInfinity) * 2)
        @($rows | Get-MixtureMembership "$TestDrive/none.json" | Where-Object Component -EQ 0) | Should -HaveCount 0
    }

    It 'takes its columns in any order' {
        $turned = $rows | Select-Object waiting, eruptions | Get-MixtureMembership $fit
        $turned.Component | Should -Be ($rows | Get-MixtureMembership $fit).Component
    }

    It 'shows what was trimmed' {
        ($fit | Out-String) | Should -Match '2 VVV-T '
        ($fit | Format-List | Out-String) | Should -Match 'Trimming +: (\e\[0m)?10 % of the rows, log-density below -7\.69'
        "$($fit.Mixture)" | Should -Be 'VVV K=2, trimmed (eruptions, waiting)'
    }

    It 'is drawn as <_>' -ForEach 'Classification', 'Density', 'Uncertainty', 'Outlier' {
        $drawn = ($rows | Show-MixturePlot $fit -Kind $_ -Width 100) -join "`n"
        $drawn | Should -Match 'VVV, 2 components, trimmed'
        if ($_ -eq 'Classification') { $drawn | Should -Match '0: 10 % trimmed' }
        ($rows | Show-MixturePlot $fit -Kind $_ -Width 100 -Property waiting) | Should -Not -BeNullOrEmpty
    }

    It 'is SQL where no component is asked for' {
        ConvertTo-MixtureSql $fit -As LogDensity | Should -Be (ConvertTo-MixtureSql $fit.Mixture.WithoutTrimming -As LogDensity)
        ConvertTo-MixtureSql $fit -As Outlier -Level -9 | Should -Be (ConvertTo-MixtureSql $fit.Mixture.WithoutTrimming -As Outlier -Level -9)
    }

    It 'is refused by <Command>, which says what to do' -ForEach @(
        @{ Command = 'Update-EmFit'; Run = { $rows | Update-EmFit $fit } }
        @{ Command = 'Update-EmFit -BatchSize'; Run = { $rows | Update-EmFit $fit -BatchSize 50 } }
        @{ Command = 'Merge-MixtureComponent'; Run = { $rows | Merge-MixtureComponent $fit } }
        @{ Command = 'Measure-MixtureLikelihood'; Run = { $rows | Measure-MixtureLikelihood $fit } }
        @{ Command = 'ConvertTo-MixtureSql -As Component'; Run = { ConvertTo-MixtureSql $fit -As Component } }
        @{ Command = 'ConvertTo-MixtureSql -As Probability'; Run = { ConvertTo-MixtureSql $fit -As Probability } }
        @{ Command = 'ConvertTo-MixtureSql -As Responsibility'; Run = { ConvertTo-MixtureSql $fit -As Responsibility } }
        @{ Command = 'Get-MixtureMembership with missing values'; Run = { [pscustomobject]@{ eruptions = 2; waiting = '' } | Get-MixtureMembership $fit -MissingValue Marginalize } }
    ) {
        $Run | Should -Throw -ErrorId 'TrimmingNotSupported,*' -ExpectedMessage '*$fit.Mixture.WithoutTrimming*'
    }

    It 'is no candidate of Select-MixtureFit' {
        { $fit, ($rows | Invoke-EmFit eruptions, waiting 2) | Select-MixtureFit } | Should -Throw -ErrorId 'TrimmingNotSupported,*' -ExpectedMessage '*-TrimFraction*'
    }
}
