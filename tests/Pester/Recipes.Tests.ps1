# The recipes of the site run without preparation and find what their made data hides.
BeforeDiscovery {
    $scripts = @(Get-ChildItem (Join-Path $PSScriptRoot '../../src/Examples') -Filter Recipe-*.ps1).BaseName
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $script:elsewhere = (New-Item -ItemType Directory (Join-Path $TestDrive 'elsewhere')).FullName
    $folder = Split-Path (Get-ExamplePath 'faithful.csv')
    $names = @(Get-ChildItem (Join-Path $folder 'Recipe-*.ps1')).BaseName
    $import = "Import-Module '$((Get-Module Pester).Path -replace "'", "''")'"
    $sessions = $names | ForEach-Object {
        $picture = $_ -eq 'Recipe-DiskSizes' ? ' -Picture sizes.png' : ''
        @{ Folder = $elsewhere; Parts = @($_ -like '*Pester' ? $import : "''"), "& '$folder/$_.ps1'$picture" }
    }
    # the same for data of the reader, who has more or less than what is made
    $own = [ordered]@{
        DiskSizes         = '-File (Get-ChildItem $PSHOME -File)'
        EventLogRates     = '-Time ((0..2999 | ForEach-Object { $start.AddMinutes(3 * $_) }) + (0..299 | ForEach-Object { $start.AddMinutes(3002 + $_ / 30) }))'
        ProcessMemory     = '-Learn 30 -Snapshot (1..40 | ForEach-Object { [pscustomobject]@{ Name = "a"; Minute = $_; WorkingSet64 = 1e8 + 1e5 * ($_ % 7) + 2e8 * [int]($_ -eq 40); HandleCount = 300 + $_ % 5 } })'
        PrometheusBuckets = '-Name wait -Metrics (("# HELP wait", "wait_bucket{job=`"a`",le=`"0.01`"} 90", "wait_bucket{job=`"a`",le=`"0.1`"} 4000", "wait_bucket{job=`"a`",le=`"1.0`"} 9900", "wait_bucket{job=`"a`",le=`"+Inf`"} 10000") -join "`n")'
        QueryStore        = '-Before (0..59 | ForEach-Object { $row = @{ query_id = $_ % 2; ms = 10 + $_ % 7; executions = 5 }; [pscustomobject]$row }) -After (0..59 | ForEach-Object { [pscustomobject]@{ query_id = $_ % 2; ms = 10 + $_ % 7 + 5 * ($_ % 2); executions = 5 } })'
    }
    $ownNames = @($own.Keys | ForEach-Object { "Recipe-$_ -Own" })
    $sessions += @($own.Keys | ForEach-Object { @{ Folder = $elsewhere; Parts = "`$start = [datetime]'2026-03-02'", "& '$folder/Recipe-$_.ps1' $($own[$_])" } })
    $names += $ownNames
    $results = @(Invoke-Session $sessions)
    $script:printed = @{}
    for ($i = 0; $i -lt $names.Count; $i++) {
        $results[$i].Failure + $results[$i].Errors | Should -BeExactly '' -Because $names[$i]
        $printed[$names[$i]] = @((Format-Printed $results[$i].Printed[1]) -split '\n' | ForEach-Object { ($_ -replace ' +', ' ').Trim() } | Where-Object { $_ })
    }
}

Describe 'A recipe' -Tag FastEngine {
    It '<_> runs in any folder, and leaves nothing there' -ForEach $scripts {
        $printed[$_].Count | Should -BeGreaterOrEqual 3
        (Get-ChildItem $elsewhere).Name | Should -Be 'sizes.png'
    }

    It 'takes rows of the reader' {
        $printed['Recipe-DiskSizes -Own'] | Should -Contain 'Kind Typical Files Bytes'
        $printed['Recipe-EventLogRates -Own'][-1] | Should -Match '^2026-03-04 02:00 30\d$'
        $printed['Recipe-ProcessMemory -Own'][-1] | Should -Be 'a 1 40 memory'
        @($printed['Recipe-PrometheusBuckets -Own'] -match '^\d\d\.00 [\d.]+ [\d.]+$') | Should -HaveCount 3
        $printed['Recipe-QueryStore -Own'][-1] | Should -Match '^query 1: 12\.9 ms before, 17\.9 ms after; all executions together took 0\.[78] s longer$'
    }

    It 'LatencyByHour has a line for each hour and finds that of the incident' {
        $lines = $printed['Recipe-LatencyByHour']
        @($lines -match '^\d\d \d+\.\d \d{3,4} ').Count | Should -Be 12
        @($lines -match '^\d\dh: ') | Should -HaveCount 1
        @($lines -match '^10h: ') | Should -HaveCount 1
    }

    It 'ProcessMemory finds the process that leaks, after the leak began' {
        $found = @($printed['Recipe-ProcessMemory'] -match '^\w+ \d+ \d+ \w+$')
        $found | Should -HaveCount 1
        $found[0] | Should -Match '^cache \d+ (9\d|1[01]\d) memory$'
    }

    It 'WebServerLog finds the ten minutes in which a page was slow' {
        $counts = @($printed['Recipe-WebServerLog'] -match '^/\w*, \d\d:\d0 \d+$')
        @($counts -match '^/search, 12:30 (9|1\d)$') | Should -HaveCount 1
        @($counts -notmatch '^/search, 12:30' -replace '.* ' | ForEach-Object { [int]$_ } | Measure-Object -Sum).Sum | Should -BeLessThan 5
        @($printed['Recipe-WebServerLog'] -match '^12:3\d:\d\d /search \d+ \d+ took$') | Should -HaveCount 3
    }

    It 'EventLogRates finds the burst and the silence, and not the backup' {
        $found = @($printed['Recipe-EventLogRates'] -match '^2026-')
        $found | Should -HaveCount 8
        $found[0..3] -match '^2026-03-06 15:\d\d 1[12]\d\d$' | Should -HaveCount 4
        $found[4..7] -match '^2026-03-10 11:\d\d 0$' | Should -HaveCount 4
    }

    It 'DiskSizes finds the three kinds, of which the rarest fills the disk' {
        $lines = $printed['Recipe-DiskSizes']
        $lines[0] | Should -BeExactly 'Kinds of files among the 2000: 3'
        $lines[-1] | Should -Match '^3 [\d,]+,\d{3} kB 5\.\d % 99\.\d %$'
        (Get-Item (Join-Path $elsewhere 'sizes.png')).Length | Should -BeGreaterThan 1000
    }

    It 'QueryStore finds the query that got slower, and no other' {
        $lines = @($printed['Recipe-QueryStore'] -match '^query ')
        $lines | Should -HaveCount 1
        $lines[0] | Should -Match '^query 7: 12\.\d ms before, 16\.\d ms after; '
    }

    It 'PrometheusBuckets is nearer to the truth than a straight line' {
        $rows = @($printed['Recipe-PrometheusBuckets'] -match '^\d\d\.00 ' | ForEach-Object { , [double[]]($_ -split ' ') })
        $rows | Should -HaveCount 3
        foreach ($row in $rows) { [math]::Abs($row[1] - $row[3]) | Should -BeLessThan ([math]::Abs($row[2] - $row[3])) -Because "the percentile is $($row[0])" }
    }

    It 'BaselineInPester passes the sound hour, and says what differs in the other' {
        $lines = $printed['Recipe-BaselineInPester']
        $lines[0] | Should -Match '^2026-03-02T09 .*: Passed$'
        $lines[1] | Should -Match '^2026-03-02T10 .*: Failed$'
        $lines[2] | Should -Match '6\.67 % of the rows lie where the baseline has 0\.01 %'
    }

    It 'ManyServers shows which server is unlike the others' {
        $rows = @($printed['Recipe-ManyServers'] -match '^web\d ' | ForEach-Object { [pscustomobject]@{ Server = $_.Substring(0, 4); Distance = [double]($_ -split ' ')[-1] } })
        $rows | Should -HaveCount 5
        ($rows | Sort-Object Distance)[-1].Server | Should -Be 'web4'
        ($rows | Sort-Object Distance)[-2].Distance | Should -BeLessThan (($rows | Sort-Object Distance)[-1].Distance / 5)
    }

    It 'TableOutliers finds the four slips, and at most one row that is sound' {
        $found = @($printed['Recipe-TableOutliers'] -match '^\d+ [\d.]+ ' -replace ' .*')
        10, 40, 80, 120 | ForEach-Object { $found | Should -Contain $_ }
        $found.Count | Should -BeLessOrEqual 5
    }
}
