# Fits by group: what each group gets is what it would get alone, and the other commands judge each row by the fit of its group.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:rows = foreach ($name in 'web1', 'WEB2', 'db') {
        $mixture = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(0), @(6 + $name.Length) -Covariance 1, 2 -Property ms
        $sample = New-GaussianMixtureSample $mixture 120 -Seed $name.Length
        foreach ($row in $sample) { [pscustomobject]@{ host = $name; kind = $name.Length; ms = $row.ms } }
    }
    $script:lone = [pscustomobject]@{ host = 'lone'; kind = 9; ms = 1.0 }
    $script:fits = $rows | Invoke-EmFit ms 2 -GroupProperty host
    $script:folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([guid]::NewGuid()))).FullName
}

AfterAll { Remove-Item -Recurse $folder }

Describe 'Invoke-EmFit -GroupProperty' {
    It 'fits each group as it is fitted alone' {
        $fits.host | Should -Be 'web1', 'WEB2', 'db'
        foreach ($fit in $fits) {
            $alone = $rows | Where-Object host -eq $fit.host | Invoke-EmFit ms 2
            $fit.LogLikelihood | Should -Be $alone.LogLikelihood
            $fit.RowCount | Should -Be 120
            $fit.ReadRowCount | Should -Be 120
            "$($fit.Mixture.Components)" | Should -Be "$($alone.Mixture.Components)"
        }
    }

    It 'gives the same with one thread, from a file, and with weights and gaps' {
        $one = $rows | Invoke-EmFit ms 2 -GroupProperty host -ThrottleLimit 1
        $one.LogLikelihood | Should -Be $fits.LogLikelihood
        $file = Join-Path $folder 'rows.csv'
        $rows | ForEach-Object { [pscustomobject]@{ host = $_.host; kind = $_.kind; ms = $_.ms.ToString('R', [cultureinfo]::InvariantCulture) } } | Export-Csv $file -NoTypeInformation
        (Invoke-EmFit ms 2 -Path $file -GroupProperty host).LogLikelihood | Should -Be $fits.LogLikelihood
        $weighted = $rows | Select-Object *, @{ n = 'n'; e = { 2 } } | Invoke-EmFit ms 2 -GroupProperty host -WeightProperty n
        $weighted.TotalWeight | Should -Be 240, 240, 240
        $gap = [pscustomobject]@{ host = 'db'; kind = 2; ms = '' }
        $omitted = @($gap) + $rows + $gap | Invoke-EmFit ms 2 -GroupProperty host -MissingValue Omit -WarningVariable told -WarningAction SilentlyContinue
        ($omitted | Where-Object host -eq db).LogLikelihood | Should -Be $fits[2].LogLikelihood
        $told | Should -BeLike '2 of 362 rows were left out*'
    }

    It 'takes several columns, calculated ones too, and values that differ in case as one group' {
        $both = $rows | Invoke-EmFit ms 1 -GroupProperty host, kind
        "$($both[0].Group)" | Should -Be 'host=web1, kind=4'
        $both[1].kind | Should -Be 4
        $kinds = $rows | Invoke-EmFit ms 1 -GroupProperty @{ n = 'family'; e = { $_.host -replace '\d' } }
        $kinds.family | Should -Be 'web', 'db'
        $kinds[0].RowCount | Should -Be 240
    }

    It 'passes <Name> on to the fits of all groups' -ForEach @(
        @{ Name = 'noise'; Arguments = @{ Noise = $true } }
        @{ Name = 'tails'; Arguments = @{ Tail = 'Student'; DegreesOfFreedom = 5 } }
        @{ Name = 'trimming'; Arguments = @{ TrimFraction = 0.05 } }
    ) {
        $together = $rows | Invoke-EmFit ms 2 -GroupProperty host @Arguments -WarningAction SilentlyContinue
        $alone = foreach ($fit in $fits) { $rows | Where-Object host -eq $fit.host | Invoke-EmFit ms 2 @Arguments -WarningAction SilentlyContinue }
        $together.LogLikelihood | Should -Be $alone.LogLikelihood
        $expected = foreach ($i in 0..2) { $rows | Where-Object host -eq $fits[$i].host | Get-MixtureMembership $alone[$i] }
        ($rows | Get-MixtureMembership $together).Component | Should -Be $expected.Component
    }

    It 'leaves the columns of the groups out of the default columns' {
        ($rows | Invoke-EmFit -ComponentCount 1 -GroupProperty kind)[0].Property | Should -Be 'ms'
    }

    It 'gives a failure for a group that cannot be fitted, and the others' {
        $outcomes = $rows + $lone | Invoke-EmFit ms 2 -GroupProperty host -WarningVariable told -WarningAction SilentlyContinue
        $outcomes[3].StopReason | Should -Be 'NotFitted'
        $outcomes[3].host | Should -Be 'lone'
        $outcomes[0].LogLikelihood | Should -Be $fits[0].LogLikelihood
        $told | Should -BeLike '1 of 4 fits could not be fitted*(host=lone; V,2)*'
    }

    It 'chooses the number of components for each group where none is given' {
        $best = $rows + $lone | Invoke-EmFit ms -GroupProperty host -InformationVariable told -WarningAction SilentlyContinue 6> $null
        $best[0..2].ComponentCount | Should -Be 2, 2, 2
        $best[3].StopReason | Should -Be 'NotFitted'
        "$told" | Should -BeLike '*2 in 3 groups*'
    }

    It 'says what does not go with groups' {
        { $rows | Invoke-EmFit ms 2 -GroupProperty host -InitialComponent kind } | Should -Throw -ErrorId 'GroupsNotSupported*'
        { $rows | Invoke-EmFit ms 2 -GroupProperty host -TrimFraction 0, 0.1 } | Should -Throw -ErrorId 'GroupsNotSupported*'
        { $rows | Invoke-EmFit ms 2 -GroupProperty ho* } | Should -Throw -ErrorId 'AmbiguousGroup*'
        { $rows | Invoke-EmFit ms 2 -GroupProperty hots } | Should -Throw -ErrorId 'UnknownProperty*'
    }
}

Describe 'Fits of groups' {
    It 'are selected within their groups' {
        $many = $rows + $lone | Invoke-EmFit ms (1..3) -GroupProperty host -WarningAction SilentlyContinue
        $best = $many | Select-MixtureFit -WarningVariable told -WarningAction SilentlyContinue
        $best.host | Should -Be 'web1', 'WEB2', 'db'
        $best.ComponentCount | Should -Be 2, 2, 2
        $told | Should -BeLike '1 of 4 groups has no fit to choose. The first (host=lone)*'
        ($many | Select-MixtureFit -First 2 -WarningAction SilentlyContinue).Count | Should -Be 6
    }

    It 'give components with their groups' {
        $components = $fits | Get-MixtureComponent
        $components.host | Should -Be 'web1', 'web1', 'WEB2', 'WEB2', 'db', 'db'
        ($components[4..5] | New-GaussianMixture).Components[0].Weight | Should -Be $fits[2].Mixture.Components[0].Weight
    }

    It 'judge each row by the fit of its group: <Command>' -ForEach @(
        @{ Command = 'Get-MixtureMembership'; Arguments = @{ IncludeResponsibility = $true } }
        @{ Command = 'Get-MixtureDensity'; Arguments = @{} }
        @{ Command = 'Find-MixtureOutlier'; Arguments = @{ FalseAlarmRate = 0.05 } }
        @{ Command = 'Measure-MixtureLikelihood'; Arguments = @{ PerObservation = $true } }
    ) {
        $together = $rows | & $Command -Model $fits @Arguments
        $expected = foreach ($fit in $fits) { $rows | Where-Object host -eq $fit.host | & $Command -Model $fit.Mixture @Arguments }
        $together.Count | Should -Be @($expected).Count
        $names = $expected[0].PSObject.Properties.Name -ne 'Row'
        foreach ($name in $names) { $together.$name | Should -Be $expected.$name }
    }

    It 'judge rows in files, piped as models, and with columns of their own' {
        $file = Join-Path $folder 'scored.csv'
        $wide = $rows + $lone | ForEach-Object { [pscustomobject]@{ host = $_.host; ms = $_.ms.ToString('R', [cultureinfo]::InvariantCulture) } }
        $wide | Export-Csv $file -NoTypeInformation
        $third = $rows | Where-Object host -eq db | Invoke-EmFit ms 3 -GroupProperty host
        $models = $fits[0..1] + $third
        $scored = $models | Get-MixtureMembership -Path $file -IncludeResponsibility -WarningVariable told -WarningAction SilentlyContinue
        $scored.Count | Should -Be 361
        $scored[0].PSObject.Properties.Name | Should -Be 'ms', 'host', 'Component', 'Probability', 'Uncertainty', 'Responsibility_1', 'Responsibility_2', 'Responsibility_3'
        $scored[0].Responsibility_3 | Should -BeNullOrEmpty
        $scored[300].Responsibility_3 | Should -BeGreaterOrEqual 0
        $scored[360].Component | Should -BeNullOrEmpty
        $told | Should -BeLike '1 of 361 rows belongs to 1 group without a model*host=lone*'
    }

    It 'measure the likelihood of each group' {
        $summaries = $rows + $lone | Measure-MixtureLikelihood $fits -WarningVariable told -WarningAction SilentlyContinue
        $summaries.host | Should -Be 'web1', 'WEB2', 'db'
        for ($i = 0; $i -lt 3; $i++) { [math]::Abs($summaries[$i].LogLikelihood - $fits[$i].LogLikelihood) | Should -BeLessThan 1e-9 }
        $told | Should -BeLike '1 of 361 rows belongs to*'
    }

    It 'find the levels of all groups' {
        (Find-MixtureOutlier $fits 0.01 -LevelOnly).host | Should -Be 'web1', 'WEB2', 'db'
        { $rows | Find-MixtureOutlier $fits -Training $rows } | Should -Throw -ErrorId 'GroupsNotSupported*'
    }

    It 'survive files, copies and updates' {
        $file = Join-Path $folder 'fit.json'
        $fits[1] | Export-GaussianMixture $file
        $back = Import-GaussianMixture $file
        $back.host | Should -Be 'WEB2'
        "$($back.Group)" | Should -Be 'host=WEB2'
        $copies = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fits, 5))
        ($rows | Get-MixtureMembership $copies).Component | Should -Be ($rows | Get-MixtureMembership $fits).Component
        "$(($rows | Where-Object host -eq WEB2 | Update-EmFit $fits[1]).Group)" | Should -Be 'host=WEB2'
    }

    It 'are drawn one after the other, with the rows of their groups' {
        $text = ($rows | Show-MixturePlot -Model $fits -Width 60 -Height 10) -join "`n"
        foreach ($name in 'web1', 'WEB2', 'db') { $text | Should -BeLike "*Density: host=$name; V, 2 components*" }
    }

    It 'are drawn in files of their own' -Tag FastEngine {
        { $fits | Export-MixturePlot (Join-Path $folder 'all.png') } | Should -Throw -ErrorId 'GroupsNotSupported*'
        $fits[0] | Export-MixturePlot (Join-Path $folder 'one.png')
        (Get-Item (Join-Path $folder 'one.png')).Length | Should -BeGreaterThan 1000
    }

    It 'are shown with their groups in 80 columns' {
        $lines = ($fits | Format-Table | Out-String -Width 80) -split '\r?\n'
        $lines | Where-Object { $_ -match '^Group +K Model +Rows +LogLik +BIC +Iter Status$' } | Should -Not -BeNullOrEmpty
        $lines | Where-Object { $_ -match '^WEB2 +2 V +120 .*Converged' } | Should -Not -BeNullOrEmpty
    }

    It 'do not mix with other models' {
        $other = $rows | Invoke-EmFit ms 1 -GroupProperty kind
        { $rows | Get-MixtureMembership ($fits + $other) } | Should -Throw -ErrorId 'DifferentGroups*'
        { $rows | Get-MixtureMembership ($fits + $fits[0]) } | Should -Throw -ErrorId 'SeveralModels*'
        { 1, 2 | Get-MixtureMembership $fits } | Should -Throw -ErrorId 'UnknownProperty*'
    }
}
