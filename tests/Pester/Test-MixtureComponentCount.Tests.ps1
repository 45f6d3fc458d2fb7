BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Get-ExamplePath 'faithful.csv'
    $script:rows = Import-Example 'faithful.csv'
    $script:few = @{ ReplicateCount = 19; Seed = 1 }
}

Describe 'Test-MixtureComponentCount' -Tag FastEngine {
    It 'goes on until a number is not rejected: <Call>' -ForEach @(
        @{ Call = { $rows | Test-MixtureComponentCount eruptions, waiting @few } }
        @{ Call = { Test-MixtureComponentCount -InputObject $rows @few } }
        @{ Call = { Test-MixtureComponentCount -Path $faithful @few -ThrottleLimit 1 } }
    ) {
        $tests = @(& $Call)
        $tests.Count | Should -BeGreaterThan 1
        $tests.ComponentCount | Should -Be (1..$tests.Count)
        $tests.AgainstComponentCount | Should -Be (2..($tests.Count + 1))
        $tests[0..($tests.Count - 2)].IsRejected | Should -Not -Contain $false
        $tests[-1].IsRejected | Should -BeFalse
        $tests[0].PValue | Should -Be 0.05
        $tests[0].Statistic | Should -Be (2 * ($tests[0].AgainstLogLikelihood - $tests[0].LogLikelihood))

        # the same seed gives the same numbers, whichever way the rows come
        $tests.Statistic | Should -Be ($rows | Test-MixtureComponentCount @few).Statistic
        $tests.PValue | Should -Be ($rows | Test-MixtureComponentCount @few).PValue
    }

    It 'stops at the largest number' {
        $tests = @($rows | Test-MixtureComponentCount -MaximumComponentCount 2 @few)
        $tests | Should -HaveCount 1
        $tests[0].IsRejected | Should -BeTrue
    }

    It 'makes all replicates where that is asked for' {
        $normal = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
        $data = New-GaussianMixtureSample $normal -Count 100 -Seed 3
        $early = $data | Test-MixtureComponentCount -ReplicateCount 99 -Seed 1
        $all = $data | Test-MixtureComponentCount -ReplicateCount 99 -Seed 1 -AllReplicates
        $early.IsEarly | Should -BeTrue
        $early.ReplicateCount | Should -BeLessThan 99
        $early.ExceedingCount | Should -Be 5
        $all.IsEarly | Should -BeFalse
        $all.ReplicateCount | Should -Be 99
        $all.PValue | Should -Be (($all.ExceedingCount + 1) / 100)
        $all.IsRejected | Should -Be $early.IsRejected
    }

    It 'tests covariance models' {
        $test = $rows | Test-MixtureComponentCount -ComponentCount 2 -CovarianceModel EEE -Against VVV @few
        $test.AgainstComponentCount | Should -Be 2
        "$($test.CovarianceModel) $($test.AgainstCovarianceModel)" | Should -BeExactly 'EEE VVV'
        [math]::Round($test.Statistic, 3) | Should -Be 19.846
        $test.IsRejected | Should -BeTrue
    }

    It 'shows a table' {
        $text = $rows | Test-MixtureComponentCount -MaximumComponentCount 2 @few | Format-Screen
        $text | Should -Match 'K Model Against Model\s+Statistic\s+P Rejected Replicates Exceeding'
        ($text -split '\r?\n' | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'gives what there is when the time is up' {
        $test = $rows | Test-MixtureComponentCount -ReplicateCount 1000000 -MaximumComponentCount 2 -TimeLimit 1 -WarningVariable said -WarningAction SilentlyContinue
        $test.ReplicateCount | Should -BeLessThan 1000000
        "$said" | Should -BeLike 'The time limit ended the work after * of 1000000 replicates*'
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'InvalidSignificance'; Call = { $rows | Test-MixtureComponentCount -Significance 5 } }
        @{ ErrorId = 'InvalidReplicateCount'; Call = { $rows | Test-MixtureComponentCount -ReplicateCount 18 } }
        @{ ErrorId = 'InvalidComponentCount'; Call = { $rows | Test-MixtureComponentCount -ComponentCount 3 -MaximumComponentCount 3 } }
        @{ ErrorId = 'ModelsNotNested'; Call = { $rows | Test-MixtureComponentCount -CovarianceModel VVV -Against EEE } }
        @{ ErrorId = 'UnknownCovarianceModel'; Call = { $rows | Test-MixtureComponentCount -CovarianceModel XYZ } }
        @{ ErrorId = 'InvalidTimeLimit'; Call = { $rows | Test-MixtureComponentCount -TimeLimit 0 } }
        @{ ErrorId = 'NoRows'; Call = { @() | Test-MixtureComponentCount } }
    ) {
        $Call | Should -Throw -ErrorId "$ErrorId,*"
    }
}
