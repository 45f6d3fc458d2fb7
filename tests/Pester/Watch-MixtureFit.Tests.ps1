BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:log = Import-Example 'latency.csv' | ForEach-Object {
        [pscustomobject]@{ time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb) }
    }
    $script:baseline = $log | Where-Object time -LT '2026-03-02T09' | Invoke-EmFit -Property latency, size -ComponentCount 3
    $script:nine = $log | Where-Object { $_.time.Substring(11, 2) -eq '09' }
    $script:ten = $log | Where-Object { $_.time.Substring(11, 2) -eq '10' }
    $script:slower = $nine | ForEach-Object { [pscustomobject]@{ latency = $_.latency + 0.2; size = $_.size } }
}

Describe 'Watch-MixtureFit' {
    It 'raises no alarm in a sound hour, and one in that of the incident, whose beginning it dates' {
        $sound = @($nine | Watch-MixtureFit $baseline)
        $sound | Should -HaveCount 1
        $sound[0].Alarm | Should -BeFalse
        $sound[0].RowCount | Should -Be 180
        $sound[0].Causes | Should -BeNullOrEmpty
        $sound[0].ChangeRow | Should -BeNullOrEmpty
        [string]$sound[0] | Should -Match '^180 rows, no alarm \([0-9]+ % of the way to one\)$'

        $both = @($nine + $ten | Watch-MixtureFit $baseline)
        $both.Count | Should -BeGreaterThan 1
        $alarm = $both[0]
        $alarm.Alarm | Should -BeTrue
        $alarm.RowCount | Should -BeGreaterThan 180
        $alarm.ChangeRow | Should -BeGreaterThan 170
        $alarm.Causes[0].Kind | Should -Be 'NewMass'
        [string]$alarm | Should -BeLike "alarm at row $($alarm.RowCount), since row $($alarm.ChangeRow): * % of the rows lie where the baseline has few*"
        $both[-1].Alarm | Should -BeFalse
        $both[-1].AlarmCount | Should -Be ($both.Count - 1)
    }

    It 'names the column and the component' {
        $alarm = $nine + $slower | Watch-MixtureFit $baseline | Where-Object Alarm | Select-Object -First 1
        "$($alarm.Causes[0].Kind) $($alarm.Causes[0].Property)" | Should -Be 'Mean latency'
        $alarm.Causes[0].Observed | Should -BeGreaterThan $alarm.Causes[0].Expected
        $alarm.Cause | Should -BeLike 'the mean of latency in component *'
    }

    It 'emits an alarm when it happens, not at the end' {
        $taken = [Collections.Generic.List[int]]::new()
        $alarm = $slower | ForEach-Object { $taken.Add(1); $_ } | Watch-MixtureFit $baseline | Select-Object -First 1
        $alarm.RowCount | Should -BeLessThan 180
        $taken.Count | Should -Be $alarm.RowCount
    }

    It 'answers True or False with -Quiet' {
        $nine | Watch-MixtureFit $baseline -Quiet | Should -BeTrue
        $ten | Watch-MixtureFit $baseline -Quiet | Should -BeFalse
    }

    It 'takes rows from files and the baseline from a file, the pipeline or a copy' {
        $csv = Join-Path $TestDrive 'ten.csv'
        $json = Join-Path $TestDrive 'baseline.json'
        $ten | Export-Csv $csv
        $baseline | Export-GaussianMixture -Path $json
        $expected = [string[]]@($ten | Watch-MixtureFit $baseline)
        [string[]]@(Watch-MixtureFit $json -Path $csv) | Should -Be $expected
        [string[]]@($baseline | Watch-MixtureFit -LiteralPath $csv) | Should -Be $expected
        $copy = Join-Path $TestDrive 'baseline.clixml'
        $baseline | Export-Clixml $copy
        [string[]]@($ten | Watch-MixtureFit (Import-Clixml $copy)) | Should -Be $expected
    }

    It 'begins anew after an alarm, or keeps it' {
        $state = Join-Path $TestDrive 'kept.json'
        $kept = @($ten | Watch-MixtureFit $baseline -KeepAlarm -StatePath $state)
        $kept | Should -HaveCount 1
        $kept[0].Alarm | Should -BeTrue
        $later = $nine | Watch-MixtureFit $baseline -KeepAlarm -StatePath $state
        $later.Alarm | Should -BeTrue
        $later.RowCount | Should -Be 360
        $later.Difference | Should -Be $kept[0].Difference
        $nine | Watch-MixtureFit $baseline -KeepAlarm -StatePath $state -Quiet | Should -BeFalse
        ($nine | Watch-MixtureFit $baseline -StatePath $state).Alarm | Should -BeFalse
    }

    It 'says that a baseline of few rows is uncertain' {
        $null = $nine | Watch-MixtureFit $baseline.Mixture -BaselineRowCount 50 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike 'The baseline has 17 parameters from 50 rows: *Fit at least 255 rows*'
        $null = $nine | Watch-MixtureFit $baseline -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
    }

    It 'uses what rows with gaps have when asked to' {
        $rows = @($nine | Select-Object latency, size)
        $rows[3].size = $null
        { $rows | Watch-MixtureFit $baseline } | Should -Throw -ErrorId 'MissingValue*'
        ($rows | Watch-MixtureFit $baseline -MissingValue Marginalize).RowCount | Should -Be 180
        ($rows | Watch-MixtureFit $baseline -MissingValue Omit -WarningVariable warnings -WarningAction SilentlyContinue).RowCount | Should -Be 179
        $warnings | Should -HaveCount 1
    }

    It 'refuses what has no order, groups, and what is no baseline of all rows' {
        { $nine | Watch-MixtureFit $baseline -WeightProperty size } | Should -Throw -ErrorId 'WeightsNotSupported*'
        $groups = $log | ForEach-Object { [pscustomobject]@{ latency = $_.latency; part = $_.time.Substring(11, 1) } } | Invoke-EmFit latency 1 -GroupProperty part
        { $log | Watch-MixtureFit $groups[0] } | Should -Throw -ErrorId 'GroupsNotSupported*'
        $trimmed = $nine | Invoke-EmFit -Property latency, size -ComponentCount 2 -TrimFraction 0.05 -WarningAction Ignore
        { $nine | Watch-MixtureFit $trimmed } | Should -Throw -ErrorId 'TrimmingNotSupported*'
        { $nine | Watch-MixtureFit $baseline 1 } | Should -Throw -ErrorId 'InvalidFalseAlarmInterval*'
    }

    It 'watches a baseline with noise, and one of t' {
        $noisy = $nine | Invoke-EmFit -Property latency, size -ComponentCount 2 -Noise -WarningAction Ignore
        ($nine | Watch-MixtureFit $noisy -WarningAction Ignore).RowCount | Should -Be 180
        $student = $nine | Invoke-EmFit -Property latency, size -ComponentCount 2 -Tail Student -WarningAction Ignore
        ($nine | Watch-MixtureFit $student -WarningAction Ignore).RowCount | Should -Be 180
    }

    It 'shows a state and its causes in tables' {
        $text = $nine + $slower | Watch-MixtureFit $baseline | Format-Screen
        $text | Should -Match '(?m)^Alarm +Rows +Level +Since row +Cause'
        $text | Should -Match '(?m)^True +[0-9]+ +1\S+ +[0-9]+ +the mean of latency'
        $alarm = $slower | Watch-MixtureFit $baseline | Select-Object -First 1
        $alarm.Causes | Format-Screen | Should -Match '(?m)^Kind +Comp +Property +Expected +Observed +Share +Since row'
    }
}

Describe 'The state of Watch-MixtureFit' -Tag Culture {
    It 'goes on in other processes, and ends as one run does' {
        $json = Join-Path $TestDrive 'task.json'
        $baseline | Export-GaussianMixture -Path $json
        $parts = ($nine + $ten)[0..99], ($nine + $ten)[100..219], ($nine + $ten)[220..359]
        for ($i = 0; $i -lt 3; $i++) {
            $lines = @('latency,size') + ($parts[$i] | ForEach-Object { [string]::Format([cultureinfo]::InvariantCulture, '{0:R},{1:R}', $_.latency, $_.size) })
            [IO.File]::WriteAllLines((Join-Path $TestDrive "part$i.csv"), [string[]]$lines)
        }

        # as a scheduled task runs it: each part in a session of its own
        $told = foreach ($i in 0..2) {
            $session = Invoke-Session @{ Folder = "$TestDrive"; Parts = @("Watch-MixtureFit task.json 20000 -Path part$i.csv -StatePath task.state | ForEach-Object { `"`$_`" }") }
            $session.Failure | Should -BeExactly ''
            ($session.Printed[0].Trim() -split '\r?\n').ForEach{ $_.Trim() }
        }

        $once = [string[]]@(Watch-MixtureFit $json 20000 -Path (0..2 | ForEach-Object { Join-Path $TestDrive "part$_.csv" }) -StatePath (Join-Path $TestDrive 'once.state'))
        $once.Count | Should -BeGreaterThan 1
        @($told -like 'alarm at*') | Should -Be @($once -like 'alarm at*')
        Get-Content (Join-Path $TestDrive 'task.state') -Raw | Should -BeExactly (Get-Content (Join-Path $TestDrive 'once.state') -Raw)
    }

    It 'has the rows that came before the pipeline was ended' {
        $state = Join-Path $TestDrive 'ended.state'
        $alarm = $slower | Watch-MixtureFit $baseline -StatePath $state | Select-Object -First 1
        $saved = Get-Content $state -Raw | ConvertFrom-Json
        $saved.row_count | Should -Be $alarm.RowCount
        $saved.alarm_count | Should -Be 1
        ($nine | Watch-MixtureFit $baseline -StatePath $state).RowCount | Should -Be ($alarm.RowCount + 180)
    }

    It 'stays as it was where a file has a row that cannot be read' {
        $state = Join-Path $TestDrive 'whole.state'
        $null = $nine | Watch-MixtureFit $baseline -StatePath $state
        $before = Get-Content $state -Raw
        $csv = Join-Path $TestDrive 'bad.csv'
        'latency,size', '1,2', '1,x' | Set-Content $csv
        { Watch-MixtureFit $baseline -Path $csv -StatePath $state } | Should -Throw
        Get-Content $state -Raw | Should -BeExactly $before
    }

    It 'is one clear error where it is <Id>' -ForEach @(
        @{ Id = 'WatchStateUnreadable'; Part = 'not valid JSON'; Change = { param($text) $text.Substring(0, 500) } }
        @{ Id = 'WatchStateUnreadable'; Part = '$.row_count is missing'; Change = { param($text) $text -replace '"row_count"', '"rows"' } }
        @{ Id = 'WatchStateMismatch'; Part = 'its baseline has other numbers'; Change = { param($text) $text -replace '"baseline": "#.', '"baseline": "#-' } }
        @{ Id = 'WatchStateMismatch'; Part = 'is 100000 and not 5000'; Change = { param($text) $text }; Interval = 5000 }
    ) {
        $state = Join-Path $TestDrive 'wrong.state'
        Remove-Item $state -ErrorAction Ignore
        $null = $nine | Watch-MixtureFit $baseline -StatePath $state
        & $Change (Get-Content $state -Raw) | Set-Content $state -NoNewline
        $given = $Interval ? @{ FalseAlarmInterval = $Interval } : @{}
        $failure = { $nine | Watch-MixtureFit $baseline -StatePath $state @given } | Should -Throw -ErrorId "$Id,*" -PassThru
        "$failure".Contains($Part) | Should -BeTrue -Because "$failure"
        "$failure".Contains($state) | Should -BeTrue -Because "$failure"
    }
}
