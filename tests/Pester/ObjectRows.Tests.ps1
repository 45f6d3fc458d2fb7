# Rows as the shell has them: files and folders, durations, objects of which not each has every property.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive 'tree')
    New-Item -ItemType Directory -Path (Join-Path $folder 'a') | Out-Null
    foreach ($number in 1..40) { [IO.File]::WriteAllBytes((Join-Path $folder "file$number.bin"), [byte[]]::new($number * $number)) }
    $items = @(Get-Item (Join-Path $folder 'a')) + @(Get-ChildItem $folder -File)
    $lengths = 1..40 | ForEach-Object { $_ * $_ }
}

Describe 'A column that the first row has not' {
    It 'is missing in that row: <Name>' -ForEach @(
        @{ Name = 'by name'; Arguments = @{ Property = 'Length' }; Message = "Row 1, column 'Length' is empty*" }
        @{ Name = 'by default, of text'; Arguments = @{}; Text = $true; Message = "Row 1, column 'Length' is empty*" }
    ) {
        $given = if ($Text) { @([pscustomobject]@{ Length = '' }) + ($items[1..9] | Select-Object Length) } else { $items }
        { $given | Invoke-EmFit @Arguments -ComponentCount 1 } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage $Message
    }

    It 'leaves out the rows that have nothing else, where nobody asked for it' {
        $fit = $items | Invoke-EmFit -ExcludeProperty Size -ComponentCount 1 -WarningVariable told -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'Length'
        $fit.RowCount | Should -Be 40
        "$told" | Should -BeLike '1 of 41 rows was left out because every value is missing*'
    }

    It 'is left out, of objects that have others, where nobody asked for it' {
        Add-Type -TypeDefinition 'public class Sample { public double Value; public double? Time; public int Id { get; set; } }' -ErrorAction SilentlyContinue
        $samples = foreach ($number in 1..30) { $one = [Sample]::new(); $one.Value = $number * $number % 17; $one.Id = $number; if ($number -ne 7) { $one.Time = $number % 5 }; $one }
        $fit = $samples | Invoke-EmFit -ComponentCount 1 -WarningVariable told -WarningAction SilentlyContinue
        $fit.RowCount | Should -Be 30
        $fit.Property | Should -Not -Contain 'Time'
        "$told" | Should -BeLike '*left out: Time (missing in some rows)*'
        { $samples | Invoke-EmFit Time -ComponentCount 1 } | Should -Throw -ErrorId 'MissingValue,*'
        { $samples | Invoke-EmFit -ComponentCount 1 -MissingValue Error -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'MissingValue,*'
    }

    It 'is read of the others' {
        $fit = $items | Invoke-EmFit Length -ComponentCount 1 -MissingValue Omit -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.RowCount | Should -Be 40
        $fit.OmittedRowCount | Should -Be 1
        [math]::Abs($fit.Mixture.Components[0].Mean[0] - ($lengths | Measure-Object -Average).Average) | Should -BeLessThan 1e-9
        $warnings | Should -HaveCount 1
        $scored = $items | Get-MixtureMembership $fit -MissingValue Omit -WarningAction SilentlyContinue
        $scored | Should -HaveCount 40
        ($items | Measure-MixtureLikelihood $fit -MissingValue Omit -WarningAction SilentlyContinue).RowCount | Should -Be 40
        { $items | Find-MixtureOutlier $fit -Training $items -FalseAlarmRate 0.1 -MissingValue Omit -WarningAction SilentlyContinue } | Should -Not -Throw
    }

    It 'is unknown where none of the first rows has it' {
        { $items | Invoke-EmFit Lenght -ComponentCount 1 } | Should -Throw -ErrorId 'UnknownProperty,*'
    }

    It 'changes nothing in the fit of what comes after it' {
        $rows = foreach ($value in $lengths) { [pscustomobject]@{ name = 'n'; value = $value } }
        $whole = $rows | Invoke-EmFit value -ComponentCount 2
        $late = @([pscustomobject]@{ name = 'first' }) + $rows | Invoke-EmFit value -ComponentCount 2 -MissingValue Omit -WarningAction SilentlyContinue
        $late.LogLikelihood | Should -Be $whole.LogLikelihood
    }
}

Describe 'A duration' {
    It 'is its seconds' {
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ took = [timespan]::FromMilliseconds($_ * $_); name = "job $_" } }
        $fit = $rows | Invoke-EmFit -ComponentCount 1
        $fit.Property | Should -Be 'took'
        $mean = (1..30 | ForEach-Object { $_ * $_ / 1000 } | Measure-Object -Average).Average
        [math]::Abs($fit.Mixture.Components[0].Mean[0] - $mean) | Should -BeLessThan 1e-12
        $piped = $rows.took | Invoke-EmFit -ComponentCount 1
        $piped.LogLikelihood | Should -Be $fit.LogLikelihood
        $lines = $rows | Invoke-EmFit -ComponentCount 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        @($lines.Message) -like '*in seconds*' | Should -Be "Durations are read in seconds: took."
    }
}

Describe 'A number of components that is not given' {
    BeforeAll { $rows = Import-Csv (Join-Path $PSScriptRoot '../../src/Examples/faithful.csv') }

    It 'is chosen by BIC, and said' {
        $fit = $rows | Invoke-EmFit -CovarianceModel VVV, EEE -InformationVariable said -InformationAction SilentlyContinue
        $best = $rows | Invoke-EmFit -ComponentCount (1..9) -CovarianceModel VVV, EEE | Select-MixtureFit
        $fit | Should -HaveCount 1
        "$($fit.CovarianceModel),$($fit.ComponentCount)" | Should -Be "$($best.CovarianceModel),$($best.ComponentCount)"
        $fit.LogLikelihood | Should -Be $best.LogLikelihood
        "$said" | Should -Be "Of 1 to 9 components, $($best.ComponentCount) (EEE) has the smallest BIC. For others, add -ComponentCount."
    }

    It 'is that of the weights' {
        ($rows | Invoke-EmFit eruptions -FixedWeight 0.5, 0.5 -InformationVariable said).ComponentCount | Should -Be 2
        $said | Should -BeNullOrEmpty
    }

    It 'is one for ten rows of one cluster' {
        $few = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property x | New-GaussianMixtureSample -Count 10 -Seed 3
        ($few | Invoke-EmFit -InformationAction SilentlyContinue -WarningAction SilentlyContinue).ComponentCount | Should -Be 1
    }
}

Describe 'Columns to leave out' {
    It 'can be none' {
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ a = $_; b = $_ * $_ } }
        ($rows | Invoke-EmFit -ComponentCount 1 -ExcludeProperty @()).Property | Should -Be 'a', 'b'
    }
}

Describe 'A fit as text' {
    BeforeAll { $fit = Import-Csv (Join-Path $PSScriptRoot '../../src/Examples/faithful.csv') | Invoke-EmFit -ComponentCount 2 }

    It 'names its columns in a table' {
        ($fit | ConvertTo-Csv | ConvertFrom-Csv).Property | Should -Be 'eruptions, waiting'
        $fit | ConvertTo-Csv | Should -Not -Match 'System\.Collections'
    }

    It 'has components that say weight and mean' {
        "$($fit.Mixture.Components[1])" | Should -Be '0.3559 at (2.0364, 54.479)'
    }
}

Describe 'The view of a fit' {
    It 'keeps sign and leading digits: <Number>' -ForEach @(
        @{ Number = -10708811.467; Width = 12; Text = '-10708811.47' }
        @{ Number = -1095.2891; Width = 12; Text = '-1095.289' }
        @{ Number = -123456789012.6; Width = 13; Text = '-123456789013' }
        @{ Number = $null; Width = 12; Text = $null }
    ) {
        $text = & { [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture; [GmmTools.Output.NumberCells]::Fit($Number, $Width) }
        $text | Should -Be $Text
    }

    It 'has a number for each count of digits' {
        [GmmTools.Output.NumberCells]::Fit(-1.5e30, 12) | Should -Match '^-1[.,]5E\+30$'
    }

    It 'calls the models of one column E and V' {
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ a = $_ % 7 } }
        $text = $rows | Invoke-EmFit -ComponentCount 1 -CovarianceModel E, V | Out-String
        $text | Should -Match '(?m)^\s+1 E\s'
        $text | Should -Match '(?m)^\s+1 V\s'
    }

    It 'shows a mean down to a hundredth of the standard deviation: <Mean> of <Deviation>' -ForEach @(
        @{ Mean = 1795800342.7; Deviation = 11523.4; Text = '1795800343' }
        @{ Mean = 2.03639; Deviation = 0.26; Text = '2.0364' }
        @{ Mean = 100.123456; Deviation = 0.001; Text = '100.12346' }
        @{ Mean = 0; Deviation = 1; Text = '0' }
    ) {
        & { [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture; [GmmTools.Output.NumberCells]::Mean($Mean, $Deviation) } | Should -Be $Text
    }
}

Describe 'Sets of samples of Get-Counter' {
    BeforeAll {
        $sets = foreach ($i in 1..30) {
            $samples = foreach ($name in '\\h\processor(_total)\% time', '\\h\memory\available') {
                [pscustomobject]@{ PSTypeName = 'Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSample'; Path = $name; InstanceName = 'x'; CookedValue = [double](($i * $name.Length) % 17) }
            }
            if ($i % 2) { [array]::Reverse($samples) }
            [pscustomobject]@{
                PSTypeName = 'Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSampleSet'
                Timestamp = [datetime]::new(2026, 1, 1).AddSeconds($i); CounterSamples = $samples; Readings = 'text'
            }
        }
    }

    It 'are rows of a column for each counter' {
        $fit = $sets | Invoke-EmFit -ComponentCount 1
        $fit.Property | Should -Be '\\h\memory\available', '\\h\processor(_total)\% time'
        $expected = 1..30 | ForEach-Object { ($_ * '\\h\memory\available'.Length) % 17 } | Measure-Object -Average
        [math]::Abs($fit.Mixture.Components[0].Mean[0] - $expected.Average) | Should -BeLessThan 1e-12
        ($sets | Measure-MixtureLikelihood $fit).LogLikelihood | Should -Be $fit.LogLikelihood
        ($sets | Get-MixtureMembership $fit)[0].PSObject.Properties.Name | Should -Be 'Timestamp', '\\h\memory\available', '\\h\processor(_total)\% time', 'Component', 'Probability', 'Uncertainty'
    }

    It 'have a counter by its path, and copies of them are such sets' {
        $copies = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($sets, 3))
        $fit = $copies | Invoke-EmFit '\\h\memory\available' -ComponentCount 1
        $fit.LogLikelihood | Should -Be ($sets | Invoke-EmFit '\\h\memory*' -ComponentCount 1).LogLikelihood
    }

    It 'lack a counter that others have' {
        $sets[4].CounterSamples = @($sets[4].CounterSamples[0])
        { $sets | Invoke-EmFit -ComponentCount 1 } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage "Row 5, column '\\h\processor(_total)\% time' is empty*"
    }
}

Describe 'A row of a database table' {
    BeforeAll {
        $table = [Data.DataTable]::new()
        foreach ($column in @{ took = [timespan] }, @{ at = [timeonly] }, @{ done = [bool] }, @{ price = [decimal] }, @{ id = [guid] }) {
            $name = @($column.Keys)[0]
            [void]$table.Columns.Add($name, $column[$name])
        }
        foreach ($i in 1..30) {
            [void]$table.Rows.Add([timespan]::FromSeconds($i * $i % 13), [timeonly]::new(8, $i, 30), $i % 3 -eq 0, [decimal]($i * 1.1), [guid]::NewGuid())
        }
    }

    It 'has times in seconds, decimals, and truth values where they are named' {
        $fit = Invoke-EmFit -InputObject $table -ComponentCount 1 -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'took', 'at'
        [math]::Abs($fit.Mixture.Components[0].Mean[1] - (8 * 3600 + 60 * 15.5 + 30)) | Should -BeLessThan 1e-9
        $named = Invoke-EmFit -InputObject $table -Property took, done, price -ComponentCount 1
        [math]::Abs($named.Mixture.Components[0].Mean[1] - 1 / 3) | Should -BeLessThan 1e-12
        [math]::Abs($named.Mixture.Components[0].Mean[2] - 1.1 * 15.5) | Should -BeLessThan 1e-12
        @($table.Rows | Get-MixtureMembership $named) | Should -HaveCount 30
    }

    It 'has no value where the database has none' {
        $table.Rows[3]['price'] = [DBNull]::Value
        { Invoke-EmFit -InputObject $table -Property price -ComponentCount 1 } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage "Row 4, column 'price' is empty*"
        { Invoke-EmFit -InputObject $table -Property price -ComponentCount 1 -MissingValue Omit -WarningAction SilentlyContinue } | Should -Not -Throw
    }
}

Describe 'Numbers with a unit' {
    It 'are read on request: <Text>' -ForEach @(
        @{ Text = '46KB', '1 kB', '512'; Numbers = 47104, 1024, 512 }
        @{ Text = '922.09 MB', '3 GiB', '7 B'; Numbers = (922.09 * 1MB), 3GB, 7 }
        @{ Text = '76%', '3.5 %', '0%'; Numbers = 76, 3.5, 0 }
        @{ Text = '00:01:02.5', '1.00:00:00', '23:59:59'; Numbers = 62.5, 86400, 86399 }
        @{ Text = '1.2ms', '3 s', '2 min'; Numbers = 0.0012, 3, 120 }
        @{ Text = "7$([char]0xB5)s", '7us', '2h'; Numbers = 7e-6, 7e-6, 7200 }
    ) {
        $rows = foreach ($cell in $Text) { [pscustomobject]@{ size = $cell } }
        $expected = $Numbers | Invoke-EmFit -ComponentCount 1
        ($rows | Invoke-EmFit size -ComponentCount 1 -Unit Auto).LogLikelihood | Should -Be $expected.LogLikelihood
        ($rows | Invoke-EmFit -ComponentCount 1 -Unit Auto).LogLikelihood | Should -Be $expected.LogLikelihood
        $path = Join-Path $TestDrive 'units.csv'
        $rows | Export-Csv $path
        $fit = Invoke-EmFit -Path $path -ComponentCount 1 -Unit Auto
        $fit.LogLikelihood | Should -Be $expected.LogLikelihood
        ($rows | Measure-MixtureLikelihood $fit -Unit Auto).LogLikelihood | Should -Be $expected.LogLikelihood
    }

    It 'are read in the culture that is named' {
        ('1,5 MB', '2,5 MB', '4 MB' | Invoke-EmFit -ComponentCount 1 -Unit Auto -Culture de-DE).Mixture.Components[0].Mean[0] | Should -Be (8MB / 3)
    }

    It 'are an error that names the parameter: <Text>' -ForEach @(@{ Text = '46KB' }, @{ Text = '76%' }, @{ Text = '00:01:02.5' }, @{ Text = '1.2 ms' }) {
        $rows = foreach ($cell in $Text, $Text) { [pscustomobject]@{ size = $cell } }
        $message = "Row 1, column 'size': '$Text' is a number with a unit, which is not read unless asked for. Add -Unit Auto to read *"
        { $rows | Invoke-EmFit size -ComponentCount 1 } | Should -Throw -ErrorId 'TextInNumericColumn,*' -ExpectedMessage $message
        { $rows | Invoke-EmFit -ComponentCount 1 } | Should -Throw -ErrorId 'TextInNumericColumn,*' -ExpectedMessage $message
    }

    It 'may be codes beside columns of numbers' {
        (1..9 | ForEach-Object { [pscustomobject]@{ code = "${_}B"; time = "08:00:0$_"; x = $_ } } | Invoke-EmFit -ComponentCount 1).Property | Should -Be 'x'
    }

    It 'are no others: <Text>' -ForEach @(@{ Text = '5 parsecs' }, @{ Text = '08:30' }, @{ Text = 'KB' }, @{ Text = 'NaN ms' }, @{ Text = '1 234 KB' }) {
        { $Text, '1' | Invoke-EmFit -ComponentCount 1 -Unit Auto } | Should -Throw -ErrorId 'TextInNumericColumn,*' -ExpectedMessage '* is not a number*'
    }

    It 'names two cells of one column whose units differ in kind (<From>)' -ForEach @(
        @{ From = 'objects' }
        @{ From = 'a file' }
        @{ From = 'a large file' }
    ) {
        # the second unit is far below the rows that decide on the columns, and among many that are read in blocks
        $count = @{ 'objects' = 3; 'a file' = 200; 'a large file' = 60000 }[$From]
        $cells = 1..$count | ForEach-Object { "$($_ % 17)KB" }
        $cells += '1.2ms'
        if ($From -eq 'objects') {
            $rows = $cells | ForEach-Object { [pscustomobject]@{ size = $_; other = 1 } }
            Assert-Failure { $rows | Invoke-EmFit size -ComponentCount 1 -Unit Auto } -ErrorId MixedUnits -Contains "Row 4, column 'size': '1.2ms' is a duration, but '1KB' in row 1 is a size in bytes."
        }
        else {
            $path = Join-Path $TestDrive "units-$count.csv"
            Set-Content $path (@('size,other') + ($cells | ForEach-Object { "$_,1" }))
            foreach ($read in { Invoke-EmFit size -Path $path -ComponentCount 1 -Unit Auto }, { Measure-MixtureLikelihood $sizes -Path $path -Unit Auto -PerObservation | Select-Object -Last 0 }) {
                $sizes = New-GaussianMixture -Weight 1 -Mean 8000 -Covariance 4e7 -Property size
                Assert-Failure $read -ErrorId MixedUnits -Contains "Row $($count + 1) of '$path'", "'1.2ms' is a duration, but '1KB' in row 1 is a size in bytes."
            }
        }
        # numbers without a unit go with any
        ('1KB', '5', '2MB' | Invoke-EmFit -ComponentCount 1 -Unit Auto).Mixture.Components[0].Mean[0] | Should -Be ((1KB + 5 + 2MB) / 3)
    }
}
