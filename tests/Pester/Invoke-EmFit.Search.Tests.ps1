# Several numbers of components and several covariance models in one call.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:rows = Import-Example 'faithful.csv'
    $script:few = $rows[0..5]
}

Describe 'A search by Invoke-EmFit' {
    It 'fits each combination once, in the order asked for: <Arguments>' -ForEach @(
        @{ Arguments = '-ComponentCount 2 -CovarianceModel VVV, full, vvv'; Expected = 'VVV,2' }
        @{ Arguments = '-ComponentCount 2, 1, 2 -CovarianceModel eee'; Expected = 'EEE,2 EEE,1' }
        @{ Arguments = '-ComponentCount (1..2) -CovarianceModel Tied, ??I'; Expected = 'EEE,1 EII,1 VII,1 EEI,1 VEI,1 EVI,1 VVI,1 EEE,2 EII,2 VII,2 EEI,2 VEI,2 EVI,2 VVI,2' }
        @{ Arguments = '-ComponentCount 1 -CovarianceModel v*'; Expected = 'VII,1 VEI,1 VVI,1 VEE,1 VVE,1 VEV,1 VVV,1' }
        @{ Arguments = '-ComponentCount 1 -CovarianceModel *'; Expected = 'EII,1 VII,1 EEI,1 VEI,1 EVI,1 VVI,1 EEE,1 VEE,1 EVE,1 VVE,1 EEV,1 VEV,1 EVV,1 VVV,1' }
        @{ Arguments = '-ComponentCount 1, 2 -CovarianceModel * -Property waiting'; Expected = 'EEE,1 VVV,1 EEE,2 VVV,2' }
        @{ Arguments = '-ComponentCount 2 -CovarianceModel V, E, VII -Property waiting'; Expected = 'VVV,2 EEE,2' }
        @{ Arguments = '-ComponentCount 2 -CovarianceModel VII -Property waiting'; Expected = 'VII,2' }
        @{ Arguments = '-ComponentCount 2 -CovarianceModel [EV]EE'; Expected = 'EEE,2 VEE,2' }
    ) {
        $fits = @(. ([scriptblock]::Create("`$rows | Invoke-EmFit -WarningAction SilentlyContinue $Arguments")))
        @($fits | ForEach-Object { "$($_.CovarianceModel),$($_.ComponentCount)" }) -join ' ' | Should -BeExactly $Expected
    }

    It 'ends each fit as high as a fit alone' {
        $fits = $rows | Invoke-EmFit -ComponentCount 2, 3 -CovarianceModel EEE, VVV
        Assert-Close $fits[1].LogLikelihood -1130.264 1e-3
        Assert-Close $fits[2].LogLikelihood -1126.316 1e-3
    }

    It 'gives a row with a reason, and one warning, for what cannot be fitted' {
        $fits = @($few | Invoke-EmFit -ComponentCount 1, 8, 9 -WarningVariable told -WarningAction SilentlyContinue -ErrorVariable failed)
        $failed | Should -BeNullOrEmpty
        $fits.Count | Should -Be 3
        $fits[0].Failure | Should -BeNullOrEmpty
        $fits[2].Mixture | Should -BeNullOrEmpty
        "$($fits[2].StopReason)" | Should -BeExactly 'NotFitted'
        $fits[2].Failure | Should -BeLike '*6 rows cannot determine 9 components*'
        { 5 | Invoke-EmFit -ComponentCount 2 } | Should -Throw -ErrorId 'TooFewRows,*' -ExpectedMessage '1 row cannot determine 2 components.*'
        $warning = @($told | Where-Object Message -Match 'could not be fitted')
        $warning.Count | Should -Be 1
        $warning[0].Message | Should -BeLike '2 of 3 combinations*(VVV,8): 6 rows cannot determine 8 components*'
    }

    It 'is an error where the only combination cannot be fitted' {
        $null = Assert-Failure { $few | Invoke-EmFit -ComponentCount 9, 9 -CovarianceModel VVV, Full } -ErrorId TooFewRows -Contains '6 rows'
    }

    It 'gives failures that no command takes for a model: <_>' -ForEach 'as it is', 'serialized' {
        $failed = @($few | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue)[1]
        if ($_ -eq 'serialized') {
            $failed = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($failed))
        }
        $parts = 'VVV with 9 components', '6 rows cannot determine', 'Select-MixtureFit'
        $null = Assert-Failure { $failed | Get-MixtureComponent } -ErrorId NotFitted -Contains $parts
        $null = Assert-Failure { 1, 2 | Measure-MixtureLikelihood -Model $failed } -ErrorId NotFitted -Contains $parts
        $null = Assert-Failure { 1, 2 | Invoke-EmFit -InitialModel $failed } -ErrorId NotFitted -Contains $parts
    }

    It 'tells wrong combinations before the rows are read: <ErrorId> after <Arguments>' -ForEach @(
        @{ ErrorId = 'UnknownCovarianceModel'; Part = '''VVX'' is not a covariance model. Use one of VVI, VVE, VVV,'; Arguments = '-ComponentCount 2 -CovarianceModel VVV, VVX' }
        @{ ErrorId = 'UnknownCovarianceModel'; Part = 'Use one of Diagonal,'; Arguments = '-ComponentCount 2 -CovarianceModel diagnoal' }
        @{ ErrorId = 'UnknownCovarianceModel'; Part = '''X*'' matches no covariance model'; Arguments = '-ComponentCount 2 -CovarianceModel X*' }
        @{ ErrorId = 'SeveralComponentCounts'; Part = '-FixedWeight is for one number of components, but -ComponentCount asks for 2, 3'; Arguments = '-ComponentCount 2, 3 -FixedWeight 0.5, 0.5' }
        @{ ErrorId = 'SeveralComponentCounts'; Part = '-InitialModel is for one number of components'; Arguments = '-ComponentCount 1, 2 -InitialModel (New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 1)' }
        @{ ErrorId = 'FixedWeightCount'; Part = '2 fixed weights'; Arguments = '-ComponentCount 3 -CovarianceModel * -FixedWeight 0.5, 0.5' }
        @{ ErrorId = 'ParameterArgumentValidationError'; Part = 'ComponentCount'; Arguments = '-ComponentCount 1, 0' }
        @{ ErrorId = 'ParameterArgumentValidationError'; Part = 'ComponentCount'; Arguments = '-ComponentCount @()' }
    ) {
        $null = Assert-Failure { . ([scriptblock]::Create("`$null, 'text' | Invoke-EmFit $Arguments")) } -ErrorId $ErrorId -Contains $Part
    }

    It 'starts several models from one that is given' {
        $start = $rows | Invoke-EmFit -ComponentCount 2
        $fits = $rows | Invoke-EmFit -InitialModel $start -CovarianceModel VVV, VVI
        Assert-Close $fits[0].LogLikelihood -1130.264 1e-3
        Assert-Close $fits[1].LogLikelihood -1147.806 1e-3
    }

    It 'tells each fit in a line of -Verbose' {
        $messages = @($few | Invoke-EmFit -ComponentCount 1, 9 -CovarianceModel EEE, VVV -Verbose -WarningAction SilentlyContinue 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
        $messages.Count | Should -Be 5
        $messages[1] | Should -BeLike 'EEE,1: 1 start, *'
        $messages[4] | Should -BeLike 'VVV,9: not fitted. 6 rows*'
    }

    It 'has tails and noise as axes' {
        $dirty = $rows + @(0..27 | ForEach-Object { [pscustomobject]@{ eruptions = 1 + $_ % 7 * 5 / 6; waiting = 30 + [math]::Floor($_ / 7) * 80 / 3 } })
        $fits = $dirty | Invoke-EmFit eruptions, waiting 1, 2 -Tail Normal, Student -NoiseOptional
        ($fits | ForEach-Object { "$($_.Mixture)" -replace ' \(.*' }) -join ';' |
            Should -BeExactly 'VVV K=1;VVV K=1 + noise;VVV K=1 t;VVV K=2;VVV K=2 + noise;VVV K=2 t'
        $table = $fits | Out-String
        $table | Should -Match '(?m)^ +2 VVV +300 '
        $table | Should -Match '(?m)^ +2 VVV\+N +300 '
        $table | Should -Match '(?m)^ +2 VVV\+t +300 '
        $best = $fits | Select-MixtureFit
        $best.Bic | Should -Be ($fits.Bic | Measure-Object -Minimum).Minimum
        $best.Mixture.Noise | Should -Not -BeNullOrEmpty
        # the order in which tails are given is that of the fits, and degrees of freedom are those of t
        $two = $rows | Invoke-EmFit eruptions, waiting 2 -Tail Student, Normal -DegreesOfFreedom 4
        $two.Mixture.Tail | Should -Be 'Student', 'Normal'
        $two[0].Mixture.Components.DegreesOfFreedom | Should -Be 4, 4
        ($two | Select-MixtureFit).Mixture.Tail | Should -Be 'Normal'
    }

    It 'chooses among tails where it chooses the number of components' {
        $best = $rows | Invoke-EmFit waiting -Tail Normal, Student -CommonDegreesOfFreedom -InformationVariable said 6> $null
        $best | Should -HaveCount 1
        "$said" | Should -Match "Of 1 to 9 components, $($best.ComponentCount) \(V(\+t)?\) has the smallest BIC"
    }

    It 'keeps the axes for each group' {
        $flowers = Import-Example 'iris.csv'
        $fits = $flowers | Invoke-EmFit petal* 1 -GroupProperty class -Tail Normal, Student -WarningAction Ignore
        ($fits | ForEach-Object { "$($_.class) $($_.Mixture.Tail)" }) | Should -HaveCount 6
        ($fits | Where-Object class -like '*virginica').Mixture.Tail | Should -Be 'Normal', 'Student'
        @($fits | Select-MixtureFit) | Should -HaveCount 3
    }

    It 'shows what a failure was to be, also of a copy' {
        $failed = $few | Invoke-EmFit eruptions, waiting 7 -Tail Normal, Student -NoiseOptional -WarningAction Ignore
        foreach ($one in $failed, ([Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failed)))) {
            $table = $one | Out-String
            $table | Should -Match '7 VVV '
            $table | Should -Match '7 VVV\+N '
            $table | Should -Match '7 VVV\+t '
            { $one[2] | Select-MixtureFit } | Should -Throw -ExpectedMessage '*VVV,7 t: *'
        }
    }

    It 'refuses what goes with no combination before the rows are read: <ErrorId> after <Arguments>' -ForEach @(
        @{ ErrorId = 'TailWithNoise'; Arguments = '-Tail Normal, Student -Noise' }
        @{ ErrorId = 'TailWithNoise'; Arguments = '-Tail Student -NoiseOptional' }
        @{ ErrorId = 'TailWithPrior'; Arguments = '-Tail Student, Normal -Prior' }
        @{ ErrorId = 'NoiseWithPrior'; Arguments = '-NoiseOptional -Prior' }
        @{ ErrorId = 'TrimmingNotSupported'; Arguments = '-Tail Normal, Student -TrimFraction 0.1' }
        @{ ErrorId = 'TrimmingNotSupported'; Arguments = '-NoiseOptional -TrimFraction 0.1' }
    ) {
        { . ([scriptblock]::Create("`$null, 'text' | Invoke-EmFit -ComponentCount 2 $Arguments")) } | Should -Throw -ErrorId "$ErrorId,*"
    }
}
