# Columns as Select-Object has them: script blocks, names with expressions, paths; and cells that are numbers only where they are asked for.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $start = [datetime]::new(2026, 3, 1, 8, 0, 0, [DateTimeKind]::Utc)
    $rows = foreach ($i in 1..60) {
        [pscustomobject]@{
            Name = "n$i"
            Took = [timespan]::FromMilliseconds(($i * $i) % 97 + 3)
            Length = ($i * 7) % 31
            Inner = @{ a = ($i * 5) % 13; b = [pscustomobject]@{ c = $i * 1.5 } }
            Ok = $i % 3 -gt 0
            Day = [DayOfWeek]($i % 7)
            When = $start.AddSeconds(90 * $i + $i % 4)
        }
    }
    $ms = @{ n = 'ms'; e = { $_.Took.TotalMilliseconds } }
    $plain = foreach ($row in $rows) { [pscustomobject]@{ ms = $row.Took.TotalMilliseconds; Length = $row.Length } }
    $expected = $plain | Invoke-EmFit ms, Length -ComponentCount 2 -WarningAction SilentlyContinue
}

Describe 'A calculated column' {
    It 'is <Name>' -ForEach @(
        @{ Name = 'a name and an expression'; Column = { $ms } }
        @{ Name = 'a label and an expression'; Column = { @{ Label = 'ms'; Expression = { $_.Took.TotalMilliseconds } } } }
        @{ Name = 'a name and a path'; Column = { @{ n = 'ms'; e = 'Took.TotalMilliseconds' } } }
        @{ Name = 'a script block'; Column = { { $PSItem.Took.TotalMilliseconds } } }
        @{ Name = 'a path'; Column = { 'took.totalmilliseconds' } }
    ) {
        $fit = $rows | Invoke-EmFit (& $Column), Length -ComponentCount 2 -WarningAction SilentlyContinue
        $fit.LogLikelihood | Should -Be $expected.LogLikelihood
        $fit.Property[1] | Should -Be 'Length'
    }

    It 'is named by its script where it has no name' {
        ($rows | Invoke-EmFit { $_.Length * 2 }, Inner.a, Inner.b.c -ComponentCount 1).Property | Should -Be '$_.Length * 2', 'Inner.a', 'Inner.b.c'
    }

    It 'hides a column of its name' {
        $fit = $rows | Invoke-EmFit @{ n = 'Length'; e = { 100 * $_.Length } } -ComponentCount 1
        $mean = 100 * ($rows | Measure-Object Length -Average).Average
        [math]::Abs($fit.Mixture.Components[0].Mean[0] - $mean) | Should -BeLessThan 1e-9
    }

    It 'may be made of single numbers' {
        $fit = 1..40 | Invoke-EmFit @{ n = 'log'; e = { [math]::Log($_) } } -ComponentCount 1
        $fit.Property | Should -Be 'log'
        $fit.LogLikelihood | Should -Be (1..40 | ForEach-Object { [math]::Log($_) } | Invoke-EmFit -ComponentCount 1).LogLikelihood
    }

    It 'is a column like others: of weights, left out, missing' {
        $weighted = $rows | Invoke-EmFit $ms, @{ n = 'w'; e = { 1 + $_.Inner.a } } -ExcludeProperty w -ComponentCount 1
        $weighted.Property | Should -Be 'ms'
        $fit = $rows | Invoke-EmFit Length, $ms -WeightProperty Inner.a -ComponentCount 1
        $fit.TotalWeight | Should -Be ($rows.Inner.a | Measure-Object -Sum).Sum
        { $rows | Invoke-EmFit { if ($_.Length -gt 3) { $_.Length } } -ComponentCount 1 } |
            Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage 'Row 9, column *'
    }

    It 'sees each row, where the script fills the same object anew' {
        $one = [pscustomobject]@{ x = 0 }
        $fit = 1..150 | ForEach-Object { $one.x = $_; $one } | Invoke-EmFit @{ n = 'y'; e = { 2 * $_.x } } -ComponentCount 1
        $fit.Mixture.Components[0].Mean[0] | Should -Be 151
    }

    It 'is given to <Name>' -ForEach @(
        @{ Name = 'Get-MixtureMembership'; Call = { param($in, $p) $in | Get-MixtureMembership $expected @p }; Column = 'Probability' }
        @{ Name = 'Get-MixtureDensity'; Call = { param($in, $p) $in | Get-MixtureDensity $expected @p }; Column = 'LogDensity' }
        @{ Name = 'Measure-MixtureLikelihood'; Call = { param($in, $p) $in | Measure-MixtureLikelihood $expected @p }; Column = 'LogLikelihood' }
        @{ Name = 'Measure-MixtureLikelihood -PerObservation'; Call = { param($in, $p) $in | Measure-MixtureLikelihood $expected -PerObservation @p }; Column = 'LogLikelihood' }
        @{ Name = 'Find-MixtureOutlier'; Call = { param($in, $p) $in | Find-MixtureOutlier $expected 0.2 -Training $in @p }; Column = 'TailProbability' }
        @{ Name = 'Get-MixtureConditional'; Call = { param($in, $p) $in | Get-MixtureConditional $expected -Predict Length @p }; Column = 'Predicted_Length' }
        @{ Name = 'Update-EmFit'; Call = { param($in, $p) $in | Update-EmFit $expected @p }; Column = 'LogLikelihood' }
        @{ Name = 'Merge-MixtureComponent'; Call = { param($in, $p) $in | Merge-MixtureComponent $expected @p }; Column = 'Entropy' }
        @{ Name = 'Show-MixturePlot'; Call = { param($in, $p) $in | Show-MixturePlot $expected -Property $(if ($p.Count) { $ms } else { 'ms' }) -Color Never -Width 60 | ForEach-Object { @{ Text = $_ } } }; Column = 'Text' }
    ) {
        $found = & $Call $rows @{ Property = $ms }
        $found.$Column | Should -Be (& $Call $plain @{}).$Column
        $found.$Column | Should -Not -BeNullOrEmpty
    }

    It 'may stand beside names of columns of the mixture' {
        ($rows | Get-MixtureMembership $expected -Property $ms, Length).Component | Should -Be ($plain | Get-MixtureMembership $expected).Component
        { $rows | Get-MixtureMembership $expected -Property $ms, Lenght } | Should -Throw -ErrorId 'UnknownProperty,*' -ExpectedMessage "*Did you mean 'Length'*"
    }

    It 'that a mixture has by a path is found in the rows' {
        $fit = $rows | Invoke-EmFit Took.TotalMilliseconds, Length -ComponentCount 2 -WarningAction SilentlyContinue
        ($rows | Get-MixtureMembership $fit).Probability | Should -Be ($plain | Get-MixtureMembership $expected).Probability
    }

    It 'that is missing in scored rows is asked for' {
        { $rows | Get-MixtureMembership $expected } | Should -Throw -ErrorId 'UnknownProperty,*' -ExpectedMessage '*with the same -Property.'
    }

    It 'is an error where <Name>' -ForEach @(
        @{ Name = 'the script fails'; Id = 'CalculatedPropertyFailed'; Text = "Row 1, column '`$_.Took.Foo()': the script block failed: *"; Call = { $rows | Invoke-EmFit { $_.Took.Foo() } -ComponentCount 1 } }
        @{ Name = 'the script fails late'; Id = 'CalculatedPropertyFailed'; Text = "Row 7, column 'x': *"; Call = { $rows | Invoke-EmFit @{ n = 'x'; e = { if ($_.Name -eq 'n7') { throw 'no' } 1 } } -ComponentCount 1 } }
        @{ Name = 'there are two values'; Id = 'CalculatedPropertyFailed'; Text = '* gave 2 values instead of one.*'; Call = { $rows | Invoke-EmFit { 1, 2 } -ComponentCount 1 } }
        @{ Name = 'the value is text'; Id = 'TextInNumericColumn'; Text = "Row 1, column 'x': 'n1' is not a number.*"; Call = { $rows | Invoke-EmFit @{ n = 'x'; e = { $_.Name } } -ComponentCount 1 } }
        @{ Name = 'a path leads nowhere'; Id = 'UnknownProperty'; Text = "*no property 'TotalMiliseconds' in 'Took' (TimeSpan). Did you mean 'TotalMilliseconds'?"; Call = { $rows | Invoke-EmFit Took.TotalMiliseconds -ComponentCount 1 } }
        @{ Name = 'the hashtable has other keys'; Id = 'InvalidProperty'; Text = '*a name and an expression*'; Call = { $rows | Invoke-EmFit @{ n = 'x'; y = 1 } -ComponentCount 1 } }
        @{ Name = 'rows are in a file'; Id = 'CalculatedInFile'; Text = '*Pipe the rows*'; Call = { Invoke-EmFit -Path (Join-Path $PSScriptRoot '../../src/Examples/faithful.csv') -Property { $_.eruptions } -ComponentCount 1 } }
        @{ Name = 'two have one name'; Id = 'DuplicateProperty'; Text = '*'; Call = { $rows | Invoke-EmFit $ms, @{ n = 'MS'; e = { 1 } } -ComponentCount 1 } }
    ) {
        $Call | Should -Throw -ErrorId "$Id,*" -ExpectedMessage $Text
    }
}

Describe 'A script block that fails in every row' {
    It 'is one error where nothing catches it' {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$((Get-Module GmmTools).ModuleBase)/GmmTools.psd1'; 1..30 | Invoke-EmFit { [math]::NoSuch(`$_) } -ComponentCount 1").Invoke()
            @($shell.Streams.Error) | Should -HaveCount 1
            $shell.Streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'CalculatedPropertyFailed,*'
        } finally {
            $shell.Dispose()
        }
    }
}

Describe 'Truth values and enumerations' {
    It 'are numbers where they are named' {
        $fit = $rows | Invoke-EmFit Length, Ok, Day -ComponentCount 1
        $fit.Mixture.Components[0].Mean[1] | Should -Be (40 / 60)
        $fit.Mixture.Components[0].Mean[2] | Should -Be (($rows.Day | ForEach-Object { [int]$_ } | Measure-Object -Average).Average)
        @($rows | Get-MixtureMembership $fit) | Should -HaveCount 60
    }

    It 'are left out by default' {
        ($rows | Select-Object Length, Ok, Day, When | Invoke-EmFit -ComponentCount 1).Property | Should -Be 'Length'
    }
}

Describe 'A point in time' {
    BeforeAll {
        $seconds = $rows | ForEach-Object { ($_.When - $start).TotalSeconds - 91 }
    }

    It 'is the seconds since the first, with a warning that says how to score others: <Name>' -ForEach @(
        @{ Name = 'UTC'; Convert = { $_ }; Said = "When (2026-03-01T08:01:31Z)*{ (?datetimeoffset?`$_.When - ?datetimeoffset?'2026-03-01T08:01:31Z').TotalSeconds }*" }
        @{ Name = 'local'; Convert = { $_.ToLocalTime() }; Said = "When (2026-03-01T08:01:31Z)*" }
        @{ Name = 'with an offset'; Convert = { [datetimeoffset]::new($_).ToOffset([timespan]::FromHours(5)) }; Said = "When (2026-03-01T08:01:31Z)*" }
        @{ Name = 'without a zone'; Convert = { [datetime]::SpecifyKind($_, 'Unspecified') }; Said = "When (2026-03-01T08:01:31)*{ (?datetime?`$_.When - ?datetime?'2026-03-01T08:01:31').TotalSeconds }*" }
    ) {
        $times = foreach ($row in $rows) { [pscustomobject]@{ When = $row.When | ForEach-Object $Convert; Length = $row.Length } }
        $fit = $times | Invoke-EmFit When -ComponentCount 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.LogLikelihood | Should -Be ($seconds | Invoke-EmFit -ComponentCount 1).LogLikelihood
        @($warnings) -like "Points in time were read as seconds since that of the first row: $Said" | Should -HaveCount 1

        # what the warning says works
        $property = @(& ([scriptblock]::Create([regex]::Match("$warnings", '@\{.*\}').Value)))
        { $times | Get-MixtureMembership $fit } | Should -Throw -ErrorId 'TimeWithoutOrigin,*'
        ($times | Measure-MixtureLikelihood $fit -Property $property).LogLikelihood | Should -Be $fit.LogLikelihood
    }

    It 'is its time of day by a path, in all commands' {
        $fit = $rows | Invoke-EmFit When.TimeOfDay -ComponentCount 1 -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $mean = ($rows | ForEach-Object { $_.When.TimeOfDay.TotalSeconds } | Measure-Object -Average).Average
        [math]::Abs($fit.Mixture.Components[0].Mean[0] - $mean) | Should -BeLessThan 1e-9
        ($rows | Measure-MixtureLikelihood $fit).LogLikelihood | Should -Be $fit.LogLikelihood
    }
}
