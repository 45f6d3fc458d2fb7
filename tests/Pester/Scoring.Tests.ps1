BeforeDiscovery {
    # the commands that give rows back, each with what makes it do so and the columns that it adds
    $commands = @(
        @{ Command = 'Get-MixtureMembership'; Options = @{}; Added = 'Component', 'Probability', 'Uncertainty' }
        @{ Command = 'Get-MixtureConditional'; Options = @{ Predict = 'c'; Property = 'a', 'b' }; Added = 'Predicted_c', 'StandardError_c' }
        @{
            Command = 'Find-MixtureOutlier'; Options = @{ FalseAlarmRate = 0.999999; IncludeContribution = $true }
            Added = 'Row', 'LogDensity', 'TailProbability', 'Component', 'Distance', 'Contributor', 'Contribution_a', 'Contribution_b'
        }
        @{ Command = 'Get-MixtureDensity'; Options = @{}; Added = 'Density', 'LogDensity' }
        @{ Command = 'Measure-MixtureLikelihood'; Options = @{ PerObservation = $true }; Added = 'LogLikelihood', 'Component', 'Probability' }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    $plane = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(0, 1), @(4, 5) -Covariance @(1, 0.5, 0.5, 2), @(2, 0, 0, 1) -Property a, b
    # a prediction needs a mixture of one more column than the rows have
    $space = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(1, 0, 2), @(5, 4, 0) -Property b, a, c -Covariance @(
        @(2, 0.5, 1, 0.5, 1, 0, 1, 0, 3), @(1, 0, 0, 0, 2, 0.5, 0, 0.5, 2))

    function Assert-SameCell($Expected, $Actual, [string[]] $Column, [double] $Tolerance) {
        foreach ($name in $Column) {
            if (-not $Actual.PSObject.Properties[$name]) { throw "There is no column $name." }
            if ($null -eq $Expected.$name -or $Expected.$name -is [string]) {
                $Actual.$name | Should -BeExactly $Expected.$name
            }
            else {
                Assert-Close $Actual.$name $Expected.$name $Tolerance
            }
        }
    }

    function Set-Csv([string[]] $Line) {
        $file = Join-Path $TestDrive 'rows.csv'
        [IO.File]::WriteAllLines($file, $Line)
        $file
    }

    $manyRows = foreach ($i in 0..8999) { [pscustomobject]@{ id = "r$i"; b = "$($i % 17 / 4)"; a = "$($i % 23 / 3)" } }
    $manyLines = @('id,b,a') + @($manyRows | ForEach-Object { "$($_.id),$($_.b),$($_.a)" })
}

Describe 'Rows that <Command> gives back' -ForEach $commands {
    BeforeAll {
        $model = $Options.Predict ? $space : $plane
    }

    It 'keep their columns and their order' {
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ id = "r$_"; b = "$_"; a = $_ } } | & $Command -Model $model @Options
        $rows.id | Should -BeExactly 'r1', 'r2', 'r3'
        foreach ($row in $rows) { $row.PSObject.Properties.Name | Should -BeExactly (@('id', 'b', 'a') + $Added) }
        $rows[1].b | Should -BeOfType string
        $rows[1].b | Should -BeExactly '2'
    }

    It 'are the same from a file as from the pipeline' {
        $piped = $manyRows | & $Command -Model $model @Options
        $read = & $Command $model @Options -Path (Set-Csv $manyLines)
        $read.Count | Should -Be $piped.Count
        $read.Count | Should -BeGreaterOrEqual 8900
        $read.Count | Should -BeLessOrEqual 9000
        $columns = foreach ($row in $read) { $row.PSObject.Properties.Name -join ' ' }
        $columns | Select-Object -Unique | Should -BeExactly (@('a', 'b') + $Added -join ' ')
        for ($i = 0; $i -lt $read.Count; $i += 97) { Assert-SameCell $piped[$i] $read[$i] $Added 1e-11 }
    }

    It 'are new, and those of the caller as they were' {
        $row = [pscustomobject]@{ a = '1.5'; b = 2 }
        $null = $row | & $Command -Model $model @Options
        $row.PSObject.Properties.Name | Should -BeExactly 'a', 'b'
    }

    if ($Command -ne 'Measure-MixtureLikelihood') {
        It 'keep the columns that are named, from the pipeline as from a file' {
            $rows = $manyRows[0..9] | ForEach-Object { [pscustomobject]@{ id = $_.id; b = $_.b; other = 1; a = $_.a; idle = 2 } }
            $scored = $rows | & $Command -Model $model @Options -IncludeProperty id*, B
            $scored[3].PSObject.Properties.Name | Sort-Object | Should -Be (@('a', 'b', 'id', 'idle') + $Added | Sort-Object)
            $scored[3].id | Should -BeExactly 'r3'
            Assert-Failure { $rows | & $Command -Model $model @Options -IncludeProperty ids } -ErrorId UnknownProperty -Contains "no column 'ids'"
        }
    }

    It 'need the columns of the model, and all that are not there are named' {
        Assert-Failure { [pscustomobject]@{ x = 1 } | & $Command -Model $model @Options } -ErrorId UnknownProperty -Contains "There are no columns 'a', 'b'", 'The columns are: x'
        Assert-Failure { & $Command $model @Options -Path (Set-Csv 'x,y', '1,2') } -ErrorId UnknownProperty -Contains "has no columns 'a', 'b'"
        Assert-Failure { , @(1, 2, 3) | & $Command -Model $model @Options } -ErrorId PropertyCountMismatch -Contains '2 columns are needed'
    }

    It 'never lose a column to one of the same name, for which a prefix is the remedy' {
        $row = [pscustomobject]@{ a = 1; b = 2; $Added[0].ToUpperInvariant() = 3 }
        Assert-Failure { $row | & $Command -Model $model @Options } -ErrorId ColumnNameClash -Contains "'$($Added[0])'", '-Prefix'
        $scored = @($row | & $Command -Model $model @Options -Prefix My)
        $scored | Should -HaveCount 1
        $scored[0].PSObject.Properties.Name | Select-Object -Skip 3 | Should -BeExactly ($Added | ForEach-Object { "My$_" })
    }

    It 'may have gaps, which are an error, left out, or lived with' {
        $rows = [pscustomobject]@{ a = 1; b = 2 }, [pscustomobject]@{ a = ''; b = 5 }, [pscustomobject]@{ a = 'NA'; b = $null }
        $before = [Collections.ArrayList]::new()
        Assert-Failure { $rows | & $Command -Model $model @Options | ForEach-Object { $null = $before.Add($_) } } -ErrorId MissingValue -Contains "Row 2, column 'a'"
        $before | Should -HaveCount 1

        $rows | & $Command -Model $model @Options -MissingValue Omit 3>$null | Should -HaveCount 1
        $some = $rows | & $Command -Model $model @Options -MissingValue Marginalize -WarningVariable said 3>$null
        $some | Should -HaveCount 2
        $some[1].PSObject.Properties.Name | Should -BeExactly (@('a', 'b') + $Added)
        $said[0].Message.Contains('1 of 3 rows was left out', [StringComparison]::Ordinal) | Should -BeTrue -Because $said[0].Message

        $read = & $Command $model @Options -Path (Set-Csv 'a,b', '1,2', ',5', 'NA,') -MissingValue Marginalize 3>$null
        $read | Should -HaveCount 2
        $read[1].PSObject.Properties.Name | Should -Contain 'a'
        $read[1].a | Should -Be $null
        Assert-SameCell $some[1] $read[1] $Added 1e-12
    }

    It 'are none of none' {
        @() | & $Command -Model $model @Options | Should -BeNullOrEmpty
        & $Command -Model $model @Options | Should -BeNullOrEmpty
        & $Command $model @Options -Path (Set-Csv 'a,b') | Should -BeNullOrEmpty
    }

    It 'come out before the next is read' {
        $before = [Collections.ArrayList]::new()
        $failure = { @{ a = 1; b = 1 }, @{ a = 2; b = 1 }, @{ a = 'x'; b = 1 } | & $Command -Model $model @Options | ForEach-Object { $null = $before.Add($_) } } |
            Should -Throw -PassThru
        $before | Should -HaveCount 2
        "$failure".Contains('Row 3', [StringComparison]::Ordinal) | Should -BeTrue -Because "$failure"
    }

    It 'have numbers in the culture that is told' -Tag Culture {
        $read = & $Command $model @Options -Path (Set-Csv 'a;b', '1,5;2,5') -Culture de-DE
        $piped = [pscustomobject]@{ a = '1,5'; b = '2,5' } | & $Command -Model $model @Options -Culture de-DE
        $plain = , @(1.5, 2.5) | & $Command -Model $model @Options
        @($read).Count, @($piped).Count, @($plain).Count | Should -Be 1, 1, 1
        $piped.a | Should -BeExactly '1,5'
        Assert-SameCell $plain $piped $Added 0
        Assert-SameCell $plain $read $Added 1e-12
    }
}

Describe 'Rows of .NET objects' {
    BeforeAll {
        Add-Type -TypeDefinition @'
            public sealed class SlowRow
            {
                public static int ReadCount;
                private readonly int _number;
                public SlowRow(int number) { _number = number; }
                public double a { get { return _number; } }
                public double b { get; set; }
                public int Slow { get { ReadCount++; return 10 * _number; } }
            }
'@
        # what a command reads to learn the columns does not grow with the rows
        $scored = 1..50 | ForEach-Object { [SlowRow]::new($_) } | Get-MixtureMembership $plane
        $atFirst = [SlowRow]::ReadCount
    }

    It 'read a property when it is asked for, and once' {
        $atFirst | Should -BeLessOrEqual 1
        $scored[3].Slow, $scored[3].Slow, $scored[4].Slow | Should -Be 40, 40, 50
        [SlowRow]::ReadCount | Should -Be ($atFirst + 2)
        $scored[5].Slow = 7
        $scored[5].Slow | Should -Be 7
        [SlowRow]::ReadCount | Should -Be ($atFirst + 2)
    }

    It 'can be selected, exported, sorted, copied and shown' {
        ($scored | Select-Object Slow, Component)[9].Slow | Should -Be 100
        $file = Join-Path $TestDrive 'slow.csv'
        $scored | Export-Csv $file
        $read = Import-Csv $file
        $read[11].PSObject.Properties.Name | Should -BeExactly 'a', 'b', 'Slow', 'Component', 'Probability', 'Uncertainty'
        $read[11].Slow | Should -BeExactly '120'
        ($scored | Sort-Object Slow -Descending)[0].a | Should -Be 50
        $copy = $scored[20].PSObject.Copy()
        $copy.Slow = 1
        $scored[20].Slow | Should -Be 210
        ($scored[12] | ConvertTo-Json | ConvertFrom-Json).Slow | Should -Be 130
        ($scored[12] | Format-Table Slow | Out-String).Contains('130', [StringComparison]::Ordinal) | Should -BeTrue
    }

    It 'keep the number that was read, whatever becomes of the object' {
        $row = [SlowRow]::new(1)
        $kept = foreach ($b in 1, 2) { $row.b = $b; $row | Get-MixtureMembership $plane }
        $row.b = 9
        $kept.b | Should -Be 1, 2
    }

    It 'are files, with what the shell adds to them' {
        $files = Get-ChildItem -File $PSScriptRoot
        $fit = $files | Invoke-EmFit -Property Length -ComponentCount 1
        $members = $files | Get-MixtureMembership $fit
        $members[0].BaseName, $members[0].Length, $members[0].Mode | Should -Be $files[0].BaseName, $files[0].Length, $files[0].Mode
        $members[0].Length | Should -BeOfType long
        $scored[0].Slow | Should -BeOfType int
        ($files | Get-MixtureMembership $fit -IncludeProperty Name)[0].PSObject.Properties.Name |
            Should -BeExactly 'Length', 'Name', 'Component', 'Probability', 'Uncertainty'
    }
}

Describe 'Scores by <Command>' -ForEach ($commands | Where-Object Command -In Get-MixtureMembership, Measure-MixtureLikelihood) {
    It 'are numbers for one component, many components, and extreme scales' {
        $models = @(
            New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
            New-GaussianMixture -Random -ComponentCount 500 -Dimension 1 -Seed 1
            New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e-300), @(3e-300) -Covariance 1e-300, 1e-300
            New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e100), @(3e100) -Covariance 1e200, 1e200
        )
        foreach ($model in $models) {
            $rows = 0, 1e100, -1e300 | & $Command -Model $model @Options
            $rows | Should -HaveCount 3
            foreach ($row in $rows) {
                foreach ($column in $Added) {
                    $row.PSObject.Properties.Name | Should -Contain $column
                    "$($row.$column)" | Should -Not -Be 'NaN' -Because $column
                }
            }
        }
    }
}

Describe 'Get-MixtureMembership of far rows' {
    It 'gives <X> to component <Component>, the nearest in Mahalanobis distance' -ForEach @(
        @{ X = 1e160; Component = 2 }
        @{ X = -1e160; Component = 1 }
        @{ X = 1e300; Component = 2 }
    ) {
        $equal = New-GaussianMixture -Weight 0.9, 0.1 -Mean @(0), @(10) -Covariance 1, 1
        $row = $X | Get-MixtureMembership $equal -IncludeResponsibility
        $row.Component | Should -Be $Component
        $row.Probability | Should -Be 1
        $row.Responsibility_1 + $row.Responsibility_2 | Should -Be 1
    }
}

Describe 'Models for <Command>' -ForEach @(
    @{ Command = 'Get-MixtureMembership'; Options = @{} }
    @{ Command = 'Get-MixtureConditional'; Options = @{ Predict = 'waiting' } }
    @{ Command = 'Get-MixtureDensity'; Options = @{} }
    @{ Command = 'Find-MixtureOutlier'; Options = @{ FalseAlarmRate = 0.99 } }
    @{ Command = 'Measure-MixtureLikelihood'; Options = @{ PerObservation = $true } }
) {
    It 'are fits, mixtures, and copies of them from files and jobs' {
        $faithful = Import-Example 'faithful.csv'
        $fit = $faithful | Invoke-EmFit -ComponentCount 2
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit, 8))
        $rows = foreach ($model in $fit, $fit.Mixture, $copy) { $faithful[0] | & $Command -Model $model @Options }
        $rows | Should -HaveCount 3
        Assert-SameCell $rows[0] $rows[1] $rows[0].PSObject.Properties.Name 0
        Assert-SameCell $rows[0] $rows[2] $rows[0].PSObject.Properties.Name 1e-9
    }
}
