BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    function Copy-Serialized($Item) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Item)) }
    function Get-SqueezedLine([string] $Text) { $Text -split '\r?\n' | ForEach-Object { ($_ -replace ' +', ' ').Trim() } }
    function Get-LongestLine([string] $Text) { ($Text -split '\r?\n' | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum }
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $script:checks = @(Test-GmmTools -WarningVariable told)
    $script:seconds = $watch.Elapsed.TotalSeconds
    $script:warnings = $told
}

Describe 'Test-GmmTools' {
    It 'finds all published values, without a warning, in less than ten seconds' {
        $warnings | Should -BeNullOrEmpty
        $checks.Count | Should -BeGreaterThan 50
        $checks | Where-Object { -not $_.Passed } | Should -BeNullOrEmpty
        ($checks.Source | Select-Object -Unique) -join '; ' |
            Should -BeExactly 'NIST StRD; formula; mclust 6.0.0 vignette; mclust 6.0.0 converged; R 4.2.2 numDeriv'
        $seconds | Should -BeLessThan 10
    }

    It 'says of each what is published, what is found, and to how many digits they agree' {
        $check = $checks | Where-Object { $_.Data -eq 'NumAcc4' -and $_.Quantity -eq 'standard deviation' }
        $check.Published | Should -BeExactly 0.1
        Assert-Close $check.Here 0.1 1e-7
        $check.Digits | Should -BeGreaterOrEqual 6
        $check.StatedDigits | Should -BeExactly 15
        $check.RequiredDigits | Should -BeExactly 6
        [string]$check | Should -BeLike 'NIST StRD, NumAcc4, normal, standard deviation: 0.1, here 0.1* of 6 digits agree'
    }

    It 'tells of a value that is not found' {
        $value = [GmmTools.Validation.PublishedValues]::All | Where-Object { $_.Data -eq 'Lew' -and $_.Quantity -eq 'mean' }
        $field = $value.GetType().GetField('<Published>k__BackingField', [Reflection.BindingFlags]'Instance, NonPublic')
        $true_ = $value.Published
        try {
            $field.SetValue($value, -177.436)
            $altered = Test-GmmTools -WarningVariable told -WarningAction SilentlyContinue | Where-Object { -not $_.Passed }
            Test-GmmTools -Quiet -WarningAction SilentlyContinue | Should -BeFalse
        }
        finally {
            $field.SetValue($value, $true_)
        }

        @($altered) | Should -HaveCount 1
        $altered.Digits | Should -BeExactly 5
        $told | Should -BeExactly 'mean of normal for Lew is -177.435 here, but NIST StRD has -177.436: 5 of 14 digits agree.'
        Test-GmmTools -Quiet | Should -BeTrue
    }

    It 'adds the speed of the machine beside its floor' {
        $speeds = @(Test-GmmTools -Detailed | Where-Object { $_ -is [GmmTools.Validation.MachineSpeed] })
        $speeds.Count | Should -BeGreaterOrEqual 3
        foreach ($speed in $speeds) {
            $speed.Milliseconds | Should -BeGreaterThan 0
            Assert-Close $speed.TimesFloor ($speed.Milliseconds / $speed.FloorMilliseconds) 1e-9
        }
    }

    It 'shows tables and lists, of copies too' {
        $speed = @(Test-GmmTools -Detailed)[-1]
        foreach ($shown in $checks[0], (Copy-Serialized $checks[0])) {
            Get-SqueezedLine ($shown | Format-Screen) | Should -Contain 'Data Model Quantity Published Here Digits Passed'
            Get-LongestLine ($shown | Format-Screen) | Should -BeLessOrEqual 120
            ($shown | Format-List | Out-String) | Should -Match 'RequiredDigits\s*: 14'
        }

        foreach ($shown in $speed, (Copy-Serialized $speed)) {
            Get-SqueezedLine ($shown | Format-Screen) | Should -Contain 'Model Rows d K Threads Milliseconds Floor TimesFloor'
            ($shown | Format-List | Out-String) | Should -Match 'FloorMilliseconds : '
        }
    }
}
