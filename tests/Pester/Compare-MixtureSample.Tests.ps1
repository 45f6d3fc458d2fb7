BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:sound = New-GaussianMixture -Weight 0.9, 0.1 -Mean 20, 60 -Covariance 16, 100 -Property ms
    $script:slow = New-GaussianMixture -Weight 0.6, 0.4 -Mean 20, 60 -Covariance 16, 100 -Property ms

    function Get-Call($Mixture, [string] $Query, [int] $Count, [ulong] $Seed) {
        New-GaussianMixtureSample $Mixture -Count $Count -Seed $Seed | ForEach-Object { [pscustomobject]@{ ms = $_.ms; query = $Query; host = 'web' } }
    }

    $script:before = @(foreach ($query in 'login', 'report', 'search') { Get-Call $sound $query 100 $query.Length })
    $script:after = @(
        Get-Call $sound 'LOGIN' 80 21
        Get-Call $slow 'search' 120 22
        Get-Call $sound 'upload' 50 23
    )

    function ConvertTo-Text($Differences) { $Differences | ForEach-Object { '{0:R} {1:R} {2:R}' -f $_.TotalHarm, $_.PValue, $_.AdjustedPValue } }
}

Describe 'Compare-MixtureSample' {
    It 'ranks groups by total harm, and keeps those of one side' {
        $found = @($after | Compare-MixtureSample $before ms -GroupProperty query)
        $found.query | Should -Be 'search', 'LOGIN', 'upload', 'report'
        $found.Note | Should -Be '', '', 'no reference', 'no rows'
        $found.Differs | Should -Be $true, $false, $false, $false
        $found.ReferenceRowCount | Should -Be 100, 100, 0, 100
        $found.RowCount | Should -Be 120, 80, 50, 0
        $mean = { param($Rows, $Query) ($Rows | Where-Object query -eq $Query | Measure-Object ms -Average).Average }
        $expected = 120 * ((& $mean $after 'search') - (& $mean $before 'search'))
        [math]::Abs($found[0].TotalHarm / $expected - 1) | Should -BeLessThan 1e-12
        $found[0].Difference | Should -BeGreaterThan $found[0].Lower
        $found[0].Difference | Should -BeLessThan $found[0].Upper
        $found[0].PValue | Should -Be 0.001
        $found[0].AdjustedPValue | Should -Be 0.002
        [double]::IsNaN($found[2].PValue) | Should -BeTrue
        [double]::IsNaN($found[3].TotalHarm) | Should -BeTrue
    }

    It 'gives the same however the rows come: <Call>' -ForEach @(
        @{ Call = { Compare-MixtureSample -InputObject $after -ReferenceObject $before -Property ms -GroupProperty query } }
        @{ Call = { Compare-MixtureSample -Path $TestDrive/after.csv -ReferencePath $TestDrive/be*.csv -Property ms -GroupProperty query } }
        @{ Call = { Compare-MixtureSample -LiteralPath $TestDrive/after.csv -ReferenceLiteralPath $TestDrive/before.csv -Property ms -GroupProperty query } }
        @{ Call = { $after | Compare-MixtureSample -ReferencePath $TestDrive/before.csv -GroupProperty query -ThrottleLimit 1 } }
        @{ Call = { Compare-MixtureSample $before -Path $TestDrive/after.csv -GroupProperty query, host -ThrottleLimit 3 } }
        @{ Call = { $after | Compare-MixtureSample $before @{ n = 'time'; e = { $_.ms } } -GroupProperty @{ n = 'what'; e = { $_.query } } } }
    ) {
        $before | Export-Csv $TestDrive/before.csv
        $after | Export-Csv $TestDrive/after.csv
        ConvertTo-Text (& $Call) | Should -Be (ConvertTo-Text ($after | Compare-MixtureSample $before ms -GroupProperty query))
    }

    It 'gives other p-values with another seed, and no other numbers' {
        $one, $two = 1, 2 | ForEach-Object { , @($after | Compare-MixtureSample $before ms -GroupProperty query -Seed $_) }
        $one.Difference[0..1] | Should -Be $two.Difference[0..1]
        $one[1].PValue | Should -Not -Be $two[1].PValue
    }

    It 'compares all rows where there are no groups, each column by itself' {
        $found = @(1..30 | ForEach-Object { [pscustomobject]@{ a = $_ % 7; b = 100 + $_; c = 'x' } } |
                Compare-MixtureSample (1..30 | ForEach-Object { [pscustomobject]@{ b = $_; a = $_ % 7 } }))
        $found.Column | Should -Be 'b', 'a'
        $found.Difference | Should -Be 100, 0
        $found.TotalHarm | Should -Be 3000, 0
        $found.Differs | Should -Be $true, $false
        $found[0].Group | Should -BeNullOrEmpty
        (1, 2, 3 | Compare-MixtureSample (1, 2, 3)).PValue | Should -Be 1
    }

    It 'leaves columns out' {
        ($after | Select-Object *, @{ n = 'size'; e = { 1 } } | Compare-MixtureSample ($before | Select-Object *, @{ n = 'size'; e = { 1 } }) -ExcludeProperty s*).Column | Should -Be 'ms'
    }

    It 'reads the numbers of another culture' -Tag Culture {
        $expected = ConvertTo-Text ($after | Compare-MixtureSample $before ms -GroupProperty query)
        $german = { $_ | Select-Object @{ n = 'ms'; e = { $_.ms.ToString('R', [cultureinfo]'de-DE') } }, query }
        $given = @($after | ForEach-Object $german)
        $reference = @($before | ForEach-Object $german)
        ConvertTo-Text ($given | Compare-MixtureSample $reference ms -GroupProperty query -Culture de-DE) | Should -Be $expected
        $reference | Export-Csv $TestDrive/german.csv -Delimiter ';'
        ConvertTo-Text ($given | Compare-MixtureSample -ReferencePath $TestDrive/german.csv -Property ms -GroupProperty query -Culture de-DE) | Should -Be $expected
        { $given | Compare-MixtureSample $before ms } | Should -Throw -ErrorId 'TextInNumericColumn,*'
        { $after | Compare-MixtureSample $reference ms } | Should -Throw 'In the reference: Row 1, *-Culture*'
    }

    It 'tests neither one row nor ties' {
        $few = @([pscustomobject]@{ x = 1; g = 'a' }, [pscustomobject]@{ x = 5; g = 'b' }, [pscustomobject]@{ x = 5; g = 'b' })
        $more = @([pscustomobject]@{ x = 2; g = 'a' }, [pscustomobject]@{ x = 3; g = 'a' }, [pscustomobject]@{ x = 5; g = 'b' }, [pscustomobject]@{ x = 5; g = 'b' })
        $found = @($few | Compare-MixtureSample $more -GroupProperty g)
        $found.g | Should -Be 'b', 'a'
        $found[0].PValue | Should -Be 1
        $found[1].Note | Should -BeExactly 'too few rows'
        $found[1].Difference | Should -Be -1.5
        [double]::IsNaN($found[1].PValue) | Should -BeTrue
    }

    It 'treats gaps as it is told' {
        $gaps = @($after | ForEach-Object { [pscustomobject]@{ ms = $_.ms; kb = 1; query = $_.query } })
        $gaps[3].ms = ''
        $reference = $before | Select-Object ms, @{ n = 'kb'; e = { 2 } }, query
        { $gaps | Compare-MixtureSample $reference ms, kb } | Should -Throw -ErrorId 'MissingValue,*'
        { $reference | Compare-MixtureSample $gaps ms, kb } | Should -Throw 'In the reference: Row 4, *'
        $omitted = $gaps | Compare-MixtureSample $reference ms, kb -MissingValue Omit -WarningVariable said -WarningAction SilentlyContinue
        $omitted.RowCount | Should -Be 249, 249
        "$said" | Should -BeLike '1 of 250 rows*'
        $null = $reference | Compare-MixtureSample $gaps ms, kb -MissingValue Omit -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'In the reference: 1 of 250 rows*'
        $used = $gaps | Compare-MixtureSample $reference ms, kb -MissingValue Marginalize -WarningAction SilentlyContinue
        ($used | Where-Object Column -eq ms).RowCount | Should -Be 249
        ($used | Where-Object Column -eq kb).RowCount | Should -Be 250
    }

    It 'counts rows by their weights' {
        $weighted = @([pscustomobject]@{ x = 1; n = 3 }, [pscustomobject]@{ x = 5; n = 1 }, [pscustomobject]@{ x = 7; n = 0 })
        $found = $weighted | Compare-MixtureSample $weighted -WeightProperty n -WarningAction SilentlyContinue
        $found.Column | Should -Be 'x'
        $found.RowCount | Should -Be 4
        $found.Mean | Should -Be 2
        $found.Median | Should -Be 1
    }

    It 'does not know a group by a number that is written in another way, nor mix two columns' {
        $rows = foreach ($pair in ('a', 'bc'), ('ab', 'c')) { 1..3 | ForEach-Object { [pscustomobject]@{ x = $_; p = $pair[0]; q = $pair[1] } } }
        @($rows | Compare-MixtureSample $rows x -GroupProperty p, q).Group.ForEach{ "$_" } | Should -Be 'p=a, q=bc', 'p=ab, q=c'
    }

    It 'goes through Export-Csv' {
        $after | Compare-MixtureSample $before ms -GroupProperty query | Export-Csv $TestDrive/found.csv
        $read = @(Import-Csv $TestDrive/found.csv)
        $read.query | Should -Be 'search', 'LOGIN', 'upload', 'report'
        $read.Differs | Should -Be 'True', 'False', 'False', 'False'
        $read[0].Group | Should -BeExactly 'query=search'
    }

    It 'shows a table, of copies as well' {
        $found = $after | Compare-MixtureSample $before ms -GroupProperty query
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($found))
        foreach ($shown in $found, $copy) {
            $text = $shown | Format-Screen
            $text | Should -Match 'Group\s+Column\s+Before\s+After\s+TotalHarm\s+AdjP Verdict'
            $text | Should -Match 'search\s+ms\s.*differs'
            $text | Should -Match 'upload\s+ms\s.*no reference'
            ($text -split '\r?\n' | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 80
        }
        $found | Format-List | Format-Screen | Should -Match 'ReferenceMedian\s*:'
    }

    It 'is drawn, from a file as well' {
        $found = $after | Compare-MixtureSample $before ms -GroupProperty query
        $lines = $found | Show-MixturePlot -Color Never
        $lines -match 'search┤' | Should -HaveCount 1
        $lines[-1] | Should -BeLike '*2 comparisons without rows on both sides are left out.'
        $found | Export-Clixml $TestDrive/found.clixml
        $found | Export-Csv $TestDrive/found.csv
        foreach ($copy in (Import-Clixml $TestDrive/found.clixml), (Import-Csv $TestDrive/found.csv)) {
            $copy | Show-MixturePlot -Color Never | Select-Object -Last 1 | Should -BeExactly $lines[-1]
        }
    }

    It 'needs more replicates for more comparisons' {
        $null = $after | Compare-MixtureSample $before ms -GroupProperty query -ReplicateCount 38 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'With 38 replicates, *among 2 comparisons. That takes at least 39.'
        $null = $after | Compare-MixtureSample $before ms -GroupProperty query -ReplicateCount 39 -WarningVariable said
        $said | Should -BeNullOrEmpty
    }

    It 'gives what there is when the time is up' {
        $found = $after | Compare-MixtureSample $before ms -GroupProperty query -ReplicateCount 1000000000 -TimeLimit 0.5 -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike 'The time limit ended the work when * of 2 comparisons *'
        $found[0].PValue | Should -BeLessThan 0.1
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'ReferenceMissing'; Call = { $after | Compare-MixtureSample } }
        @{ ErrorId = 'ReferenceMissing'; Call = { $after | Compare-MixtureSample before.csv } }
        @{ ErrorId = 'SeveralReferences'; Call = { $after | Compare-MixtureSample ms -ReferencePath before.csv } }
        @{ ErrorId = 'PathNotFound'; Call = { $after | Compare-MixtureSample -ReferencePath none.csv } }
        @{ ErrorId = 'InvalidPathPattern'; Call = { $after | Compare-MixtureSample -ReferencePath 'a[.csv' } }
        @{ ErrorId = 'FileNotFound'; Call = { $after | Compare-MixtureSample -ReferenceLiteralPath none.csv } }
        @{ ErrorId = 'CalculatedInFile'; Call = { $after | Compare-MixtureSample -ReferencePath none.csv -Property { $_.ms } } }
        @{ ErrorId = 'CalculatedInFile'; Call = { $after | Compare-MixtureSample -ReferencePath none.csv -Property ms -GroupProperty { $_.query } } }
        @{ ErrorId = 'AmbiguousGroup'; Call = { $after | Compare-MixtureSample $before ms -GroupProperty q* } }
        @{ ErrorId = 'UnknownProperty'; Call = { $after | Compare-MixtureSample ($before | Select-Object query) ms } }
        @{ ErrorId = 'UnknownProperty'; Call = { $after | Compare-MixtureSample ($before | Select-Object ms) ms -GroupProperty query } }
        @{ ErrorId = 'TimeWithoutOrigin'; Call = { $times = 1..3 | ForEach-Object { [pscustomobject]@{ t = [datetime]::new(2026, 1, $_) } }; $times | Compare-MixtureSample $times t } }
        @{ ErrorId = 'NoRows'; Call = { @() | Compare-MixtureSample $before } }
        @{ ErrorId = 'NoRows'; Call = { $after | Compare-MixtureSample @() ms } }
        @{ ErrorId = 'NoRows'; Call = { $after | Compare-MixtureSample $null ms } }
        @{ ErrorId = 'EmptyRow'; Call = { $after | Compare-MixtureSample @($before[0], $null) ms } }
        @{ ErrorId = 'InvalidFalseDiscoveryRate'; Call = { $after | Compare-MixtureSample $before -FalseDiscoveryRate 1 } }
        @{ ErrorId = 'InvalidReplicateCount'; Call = { $after | Compare-MixtureSample $before -ReplicateCount 18 } }
        @{ ErrorId = 'InvalidTimeLimit'; Call = { $after | Compare-MixtureSample $before -TimeLimit 0 } }
    ) {
        $Call | Should -Throw -ErrorId "$ErrorId,*"
    }
}
