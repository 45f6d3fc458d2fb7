BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $log = Import-Example 'latency.csv' | ForEach-Object {
        [pscustomobject]@{ time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb) }
    }
    $baseline = $log | Where-Object time -LT '2026-03-02T09' | Invoke-EmFit -Property latency, size -ComponentCount 3
    function Get-Hour([string] $Hour) { $log | Where-Object { $_.time.Substring(11, 2) -eq $Hour } }
}

Describe 'Test-MixtureFit' {
    It 'passes the sound hours of a log, and says what differs in that of the incident' {
        foreach ($hour in '09', '11', '12', '13', '14') {
            (Get-Hour $hour | Test-MixtureFit $baseline).Causes | Should -BeNullOrEmpty
        }

        $verdict = Get-Hour '10' | Test-MixtureFit $baseline
        $verdict.Passed | Should -BeFalse
        $verdict.PValue | Should -Be 0.001
        $verdict.RowCount | Should -Be 180
        $verdict.Causes[0].Kind | Should -Be 'NewMass'
        $verdict.Difference | Should -BeLike '6.67 % of the rows lie where the baseline has 0.01 %*'
        $verdict.Causes | Where-Object Kind -EQ Weight | Should -Not -BeNullOrEmpty
        [string]$verdict | Should -BeLike '180 rows unlike the baseline (p = 0.001): *'
    }

    It 'names the column and the component whose mean is another' {
        $slower = Get-Hour '09' | ForEach-Object { [pscustomobject]@{ latency = $_.latency + 0.05; size = $_.size } }
        $cause = ($slower | Test-MixtureFit $baseline).Causes[0]
        "$($cause.Kind) $($cause.Property)" | Should -Be 'Mean latency'
        $cause.Expected | Should -Be $baseline.Mixture.Components[$cause.Component - 1].Mean[0]
        $cause.Observed - $cause.Expected | Should -BeGreaterThan 0.02
    }

    It 'answers True or False with -Quiet, which a test asserts' {
        Get-Hour '09' | Test-MixtureFit $baseline -Quiet | Should -BeTrue
        Get-Hour '10' | Test-MixtureFit $baseline -Quiet | Should -BeFalse
    }

    It 'makes a test fail with a message that names the cause' {
        $failure = { (Get-Hour '10' | Test-MixtureFit $baseline).Difference | Should -BeNullOrEmpty } | Should -Throw -PassThru
        "$failure" | Should -BeLike '*where the baseline has 0.01 %*'
    }

    It 'takes the baseline from a file, from the pipeline and as a copy, and rows from files' {
        $json = Join-Path $TestDrive 'baseline.json'
        $window = Join-Path $TestDrive 'window.csv'
        $baseline | Export-GaussianMixture -Path $json
        Get-Hour '10' | Export-Csv $window
        $expected = [string](Get-Hour '10' | Test-MixtureFit $baseline)
        [string](Test-MixtureFit $json -Path $window) | Should -Be $expected
        [string]($baseline | Test-MixtureFit -Path $window) | Should -Be $expected
        $copy = Join-Path $TestDrive 'baseline.clixml'
        $baseline | Export-Clixml $copy
        [string](Get-Hour '10' | Test-MixtureFit (Import-Clixml $copy)) | Should -Be $expected
    }

    It 'counts as chance what a baseline of few rows cannot know' {
        $known = Get-Hour '10' | Test-MixtureFit $baseline.Mixture
        $few = Get-Hour '10' | Test-MixtureFit $baseline.Mixture -BaselineRowCount 50 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike 'The baseline has 17 parameters from 50 rows: *Fit at least 255 rows*'
        $few.Statistic | Should -BeLessThan $known.Statistic
        (Get-Hour '10' | Test-MixtureFit $baseline.Mixture -BaselineRowCount 540).Statistic | Should -Be (Get-Hour '10' | Test-MixtureFit $baseline).Statistic
    }

    It 'raises the number of windows where the rate needs more' {
        (Get-Hour '09' | Test-MixtureFit $baseline 0.0005).ReplicateCount | Should -Be 1999
        (Get-Hour '09' | Test-MixtureFit $baseline).ReplicateCount | Should -Be 999
    }

    It 'uses what rows with gaps have when asked to' {
        $rows = @(Get-Hour '09' | Select-Object latency, size)
        $rows[3].size = $null
        { $rows | Test-MixtureFit $baseline } | Should -Throw -ErrorId 'MissingValue*'
        ($rows | Test-MixtureFit $baseline -MissingValue Marginalize).RowCount | Should -Be 180
        ($rows | Test-MixtureFit $baseline -MissingValue Omit -WarningAction Ignore).RowCount | Should -Be 179
    }

    It 'says how to test the rows of a group' {
        $groups = $log | ForEach-Object { [pscustomobject]@{ latency = $_.latency; part = $_.time.Substring(11, 1) } } | Invoke-EmFit latency 1 -GroupProperty part
        { $log | Test-MixtureFit $groups[0] } | Should -Throw -ErrorId 'GroupsNotSupported*'
    }

    It 'shows a verdict in one row' {
        $text = Get-Hour '09' | Test-MixtureFit $baseline | Out-String
        $text | Should -Match '(?m)^True +\S+ +180'
        (Get-Hour '10' | Test-MixtureFit $baseline).Cause | Should -BeLike '6.67 %* (and * more)'
    }

    It 'tells a trimmed baseline from one of all rows' {
        $trimmed = Get-Hour '09' | Invoke-EmFit -Property latency, size -ComponentCount 2 -TrimFraction 0.05 -WarningAction Ignore
        { Get-Hour '09' | Test-MixtureFit $trimmed } | Should -Throw -ErrorId 'TrimmingNotSupported*'
    }

    It 'is a service-level test that passes in a sound hour and names the cause in another' {
        $script = (Get-ExamplePath 'LatencyBaseline.Tests.ps1') -replace "'", "''"
        $pester = (Get-Module Pester).Path -replace "'", "''"
        $part = "Import-Module '$pester'; `$c = New-PesterConfiguration; `$c.Output.Verbosity = 'None'; `$c.Run.PassThru = `$true
            foreach (`$hour in '09', '10') {
                `$c.Run.Container = New-PesterContainer -Path '$script' -Data @{ Hour = `"2026-03-02T`$hour`" }
                `$run = Invoke-Pester -Configuration `$c
                `"`$(`$run.PassedCount) passed, `$(`$run.FailedCount) failed `$(`$run.Failed.ErrorRecord)`"
            }"
        $session = Invoke-Session @{ Folder = "$TestDrive"; Parts = @($part) }
        $session.Failure | Should -BeExactly ''
        $lines = $session.Printed[0].Trim() -split '\n'
        $lines[0].Trim() | Should -BeExactly '1 passed, 0 failed'
        $lines[1] | Should -BeLike '0 passed, 1 failed *6.67 % of the rows lie where the baseline has 0.01 %; *component 2 holds *'
    }
}

Describe 'Test-MixtureFit -Refit' {
    BeforeAll {
        $faithful = Import-Example 'faithful.csv'
    }

    It 'finds that one component is too few for its own rows, and that two are not' {
        $one = $faithful | Test-MixtureFit ($faithful | Invoke-EmFit -ComponentCount 1) -Refit
        $one.Passed, $one.PValue, $one.ReplicateCount, $one.RowCount | Should -Be $false, 0.005, 199, 272
        $cause = $one.Causes | Where-Object Kind -EQ Distribution | Select-Object -First 1
        [string]$cause | Should -BeLike "*% of the rows have $($cause.Property[0]) up to *"
        $share = @($faithful | Where-Object { [double]::Parse($_.($cause.Property[0]), [cultureinfo]::InvariantCulture) -le $cause.Value }).Count / 272
        [math]::Min([math]::Abs($share - $cause.Observed), [math]::Abs($share - 1 / 272 - $cause.Observed)) | Should -BeLessThan 0.02

        # minutes are whole: what is drawn is recorded likewise, and the steps are no difference
        $two = $faithful | Test-MixtureFit ($faithful | Invoke-EmFit waiting 2) -Refit
        $two.Passed | Should -BeTrue
        $two.PValue | Should -BeGreaterThan 0.4
    }

    It 'takes rows from files and with gaps, and models from files' {
        $fit = $faithful | Invoke-EmFit -ComponentCount 1 -CovarianceModel EEE
        $json = Join-Path $TestDrive 'one.json'
        $fit | Export-GaussianMixture -Path $json
        $expected = [string]($faithful | Test-MixtureFit $fit -Refit)
        [string](Test-MixtureFit $json -Path (Get-ExamplePath 'faithful.csv') -Refit) | Should -Be $expected
        $rows = @($faithful | Select-Object *)
        $rows[5].waiting = ''
        $gaps = $rows | Invoke-EmFit -ComponentCount 3 -CovarianceModel VVV -MissingValue Marginalize
        $rows | Test-MixtureFit $gaps -Refit -MissingValue Marginalize -Quiet | Should -BeTrue
    }

    It 'says so where the mixture is not the fit of the rows, and where the question makes no sense' {
        $fit = $faithful | Select-Object -First 100 | Invoke-EmFit -ComponentCount 2
        $null = $faithful | Test-MixtureFit $fit -Refit -ReplicateCount 99 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike 'The mixture is not the fit of these rows*'
        { $faithful | Test-MixtureFit $fit -Refit -BaselineRowCount 100 } | Should -Throw -ErrorId 'RefitAlone*'
        $noise = $faithful | Invoke-EmFit -ComponentCount 2 -Noise
        { $faithful | Test-MixtureFit $noise -Refit } | Should -Throw -ErrorId 'NoiseNotSupported*'
        { $faithful | Test-MixtureFit $fit 0.001 -Refit -ReplicateCount 99 } | Should -Throw -ErrorId 'FalseAlarmRateTooSmall*'
    }
}
