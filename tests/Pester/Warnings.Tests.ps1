BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
}

Describe 'Warnings of a command' {
    It 'are at most five, of which the last counts the rest (<Count>)' -ForEach @(
        @{ Count = 5; Last = '^.*5\.csv' }
        @{ Count = 6; Last = '^2 more warnings are not shown' }
        @{ Count = 8; Last = '^4 more warnings are not shown' }
    ) {
        # each file has a byte that is not valid in its encoding
        $files = foreach ($number in 1..$Count) {
            $file = Join-Path $TestDrive "$number.csv"
            [IO.File]::WriteAllBytes($file, [byte[]][char[]]"x,name`n$number,a`n$($number * $number),$([char] 0xE9)`n")
            $file
        }
        $null = Invoke-EmFit -Path $files -ComponentCount 1 -Property x -WarningVariable warnings 3> $null
        $warnings | Should -HaveCount 5
        0..3 | ForEach-Object { $warnings[$_].Message | Should -Match "$($_ + 1)\.csv" }
        $warnings[4].Message | Should -Match $Last
    }

    It 'of one kind are one sentence' {
        $rows = 1..60 | ForEach-Object { [pscustomobject]@{ x = [math]::Max(0, $_ - 40); y = [math]::Max(0, $_ * $_ - 1600); z = [math]::Max(5, [math]::Sin($_) * 100) } }
        $fit = $rows | Invoke-EmFit -ComponentCount 1 -WarningAction Ignore
        @($fit.Atoms) | Should -HaveCount 3
        $fit.Warnings | Should -HaveCount 1
        $fit.Warnings[0] | Should -MatchExactly "^Values repeat far more often than a normal density allows: 'x' is 0 in [0-9.]+ % of the rows, 'y' is 0 in [0-9.]+ % and 'z' is 5 in [0-9.]+ %\. Fit the other rows alone"

        $lines = 1..60 | ForEach-Object { [pscustomobject]@{ x = [math]::Sin($_); y = [math]::Cos(3 * $_); c = 'sound' } }
        $lines += foreach ($group in 1..2) {
            0..5 | ForEach-Object { [pscustomobject]@{ x = 50 * $group + $_ % 3; y = 30 * $group * $group + $_ % 3 + 1e-4 * $_ * $_; c = "line $group" } }
        }
        $fit = $lines | Invoke-EmFit x, y -InitialComponent c -CovarianceModel VVV -WarningAction Ignore
        @($fit.SpuriousComponents) | Should -HaveCount 2
        @($fit.Warnings) -match 'spurious' | Should -HaveCount 1
        @($fit.Warnings) -match '^Components 2 \(.*\) and 3 \(.*\) are spurious' | Should -HaveCount 1
    }

    It 'do not doubt a sound fit for what collapsed on the way; -Verbose tells it' {
        $rows = New-GaussianMixtureSample (New-GaussianMixture -Weight 0.5, 0.5 -Mean @(0), @(10) -Covariance 1, 1) 500 -Seed 1
        $far = New-GaussianMixture -Weight 0.5, 0.5 -Mean @(0), @(1e6) -Covariance 4, 1
        $fit = $rows | Invoke-EmFit -InitialModel $far -WarningVariable warnings -Verbose 4>&1
        $told = @($fit | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })
        $kept = @($fit | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] })[0]
        $kept.CollapseCount | Should -BeGreaterThan 0
        $kept.StopReason | Should -Be Converged
        $warnings | Should -BeNullOrEmpty
        $told.Message -match 'Converged; a component collapsed or ran out of rows [0-9]+ times? and was restarted elsewhere\.$' | Should -Not -BeNullOrEmpty
    }
}

Describe 'Words of a command' {
    It 'count one as one' {
        $one = [pscustomobject]@{ x = 1; y = 2 }, [pscustomobject]@{ x = 2; y = 5 }
        $told = $one | Invoke-EmFit -Property x -ComponentCount 1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $told[0].Message | Should -BeExactly 'Column x; 2 rows.'
        $told[1].Message | Should -BeLike 'Start 1 of 1 (*'

        $line = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
        $plane = New-GaussianMixture -Weight 1 -Mean @(0, 0) -Covariance @(@(1, 0), @(0, 1))
        Assert-Failure { Compare-GaussianMixture $line $plane } -ErrorId DimensionMismatch -Contains 'The reference has 1 column, but the other mixture has 2.'
        Assert-Failure { New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property a, b } -ErrorId PropertyCountMismatch -Contains 'The mixture has 1 column, but 2 names were given'
        Assert-Failure { ConvertTo-MixtureSql $plane -Property a } -ErrorId ColumnCountMismatch -Contains 'but 1 name was given'
    }

    It 'call the models of one column E and V' {
        $column = Import-Example 'faithful.csv' | Select-Object waiting
        $output = $column | Invoke-EmFit 6>&1
        "$($output[0])" | Should -BeExactly 'Of 1 to 9 components, 2 (V) has the smallest BIC. For others, add -ComponentCount.'
        $fits = $column | Invoke-EmFit -ComponentCount 1, 2 -CovarianceModel *
        $told = $fits | Select-MixtureFit -Verbose 3> $null 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $told[1].Message | Should -BeLike 'E,2: Bic *'
        "$($fits[1].Mixture)" | Should -BeExactly 'V K=1 (waiting)'
        [GmmTools.Output.FitSummary]::Format($fits[0]) | Should -Match '(?m)^E \(univariate\), 1 component, 272 rows of waiting'
    }

    It 'find a model by each of its names' {
        $fits = Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 1 -CovarianceModel *
        foreach ($pair in @('Full', 'VVV'), @('tied', 'EEE'), @('Diagonal', 'VVI'), @('Spherical', 'VII'), @('vvv', 'VVV')) {
            ($fits | Where-Object CovarianceModel -EQ $pair[0]).CovarianceModel | Should -BeExactly $pair[1]
        }
        $fits | Where-Object CovarianceModel -EQ 'none' | Should -BeNullOrEmpty
        ($fits[-1] | Select-Object CovarianceModel | ConvertTo-Csv)[1] | Should -BeExactly '"VVV"'
    }
}
