BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $faithful = Get-ExamplePath 'faithful.csv'
    $rows = Import-Csv $faithful
    $fit = $rows | Invoke-EmFit -ComponentCount 2
    $normal = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
    $plane = New-GaussianMixture -Weight 1 -Mean 0, 0 -Covariance 1, 0.5, 0.5, 1
}

Describe 'Measure-MixtureLikelihood' {
    It 'agrees with the fit: <Call>' -ForEach @(
        @{ Call = { $rows | Measure-MixtureLikelihood -Model $fit } }
        @{ Call = { Measure-MixtureLikelihood $fit -InputObject $rows } }
        @{ Call = { Measure-MixtureLikelihood $fit -Path $faithful } }
        @{ Call = { $rows | Measure-MixtureLikelihood $fit.Mixture } }
        @{ Call = { $rows | ForEach-Object { , @($_.eruptions, $_.waiting) } | Measure-MixtureLikelihood $fit } }
        @{ Call = { $rows | ForEach-Object { @{ waiting = $_.waiting; eruptions = $_.eruptions } } | Measure-MixtureLikelihood $fit } }
    ) {
        $summary = @(& $Call)
        $summary | Should -HaveCount 1
        $summary.RowCount | Should -Be 272
        foreach ($property in 'LogLikelihood', 'Bic', 'Aic', 'Icl', 'ParameterCount') { Assert-Close $summary.$property $fit.$property 1e-6 }
        Assert-Close $summary.MeanLogLikelihood ($fit.LogLikelihood / 272) 1e-8
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Part = '-Model is empty'; Call = { 1 | Measure-MixtureLikelihood -Model $nothing } }
        @{ ErrorId = 'UnknownProperty'; Part = "no column 'x1'"; Call = { [pscustomobject]@{ y = 1 } | Measure-MixtureLikelihood $normal } }
        @{ ErrorId = 'MissingValue'; Part = "Row 2, column 'x1'"; Call = { @{ x1 = 1 }, @{ x1 = '' } | Measure-MixtureLikelihood $normal } }
        @{
            ErrorId = 'MissingValue'; Part = "Row 1, column 'x1' is empty. Fill in the missing values, add -MissingValue Omit"
            Call    = { @{ x1 = '' } | Measure-MixtureLikelihood $normal -PerObservation }
        }
        @{
            ErrorId = 'InvalidRowWeight'; Part = 'Row 2 has the weight -1'
            Call    = { @{ x1 = 1; n = 1 }, @{ x1 = 1; n = -1 } | Measure-MixtureLikelihood $normal -WeightProperty n }
        }
        @{ ErrorId = 'WeightIsProperty'; Part = "'x1'"; Call = { @{ x1 = 1 } | Measure-MixtureLikelihood $normal -WeightProperty x1 } }
        @{ ErrorId = 'InfiniteValue'; Part = "Row 1, column 'x1'"; Call = { [double]::PositiveInfinity | Measure-MixtureLikelihood $normal } }
        @{ ErrorId = 'InfiniteValue'; Part = "Row 1, column 'x1'"; Call = { [double]::PositiveInfinity | Measure-MixtureLikelihood $normal -PerObservation } }
        @{ ErrorId = 'PropertyCountMismatch'; Part = '1 column is needed'; Call = { , @(1, 2) | Measure-MixtureLikelihood $normal } }
        @{ ErrorId = 'NoRows'; Part = 'There are no rows'; Call = { @() | Measure-MixtureLikelihood $normal } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}

Describe 'Measure-MixtureLikelihood -PerObservation' {
    It 'gives rows back with their scores' {
        $scored = $rows | ForEach-Object { [pscustomobject]@{ id = "r$($_.waiting)"; waiting = $_.waiting; eruptions = $_.eruptions } } |
            Measure-MixtureLikelihood $fit -PerObservation
        $scored | Should -HaveCount 272
        $columns = foreach ($row in $scored) { $row.PSObject.Properties.Name -join ' ' }
        $columns | Select-Object -Unique | Should -BeExactly 'id waiting eruptions LogLikelihood Component Probability'
        Assert-Close ($scored | Measure-Object LogLikelihood -Sum).Sum $fit.LogLikelihood 1e-6
        $scored[0].eruptions | Should -BeOfType string
        $scored[0].eruptions | Should -BeExactly '3.6'
        $scored[0].Component | Should -Be 1
        $scored[1].Component | Should -Be 2
        $scored | Where-Object { -not ($_.Probability -ge 0.5 -and $_.Probability -le 1) } | Should -BeNullOrEmpty
    }

    It 'scores rows on their way to a file' -Tag Culture {
        $file = Join-Path $TestDrive 'scored.csv'
        $rows | Measure-MixtureLikelihood -Model $fit -PerObservation | Export-Csv $file -NoTypeInformation
        $scored = Import-Csv $file
        $scored | Should -HaveCount 272
        $scored[0].PSObject.Properties.Name | Should -Be 'eruptions', 'waiting', 'LogLikelihood', 'Component', 'Probability'
        $scored | Group-Object Component | Sort-Object Name | ForEach-Object Count | Should -Be 175, 97
    }

    It 'scores files row by row' {
        $scored = Measure-MixtureLikelihood $fit -Path $faithful -PerObservation
        $scored | Should -HaveCount 272
        $scored[0].PSObject.Properties.Name | Should -BeExactly 'eruptions', 'waiting', 'LogLikelihood', 'Component', 'Probability'
    }

    It 'finds the strangest rows' {
        $strange = $rows | Measure-MixtureLikelihood -Model $fit -PerObservation | Sort-Object LogLikelihood | Select-Object -First 3
        $strange | ForEach-Object { $_.LogLikelihood | Should -BeLessThan -7 }
    }

    It 'streams' {
        $rows | Measure-MixtureLikelihood -Model $fit -PerObservation | Select-Object -First 1 | Should -HaveCount 1

        # the fourth row is at fault, yet the first three are out
        $before = [Collections.ArrayList]::new()
        $failure = { 1, 2, 3, 'x' | Measure-MixtureLikelihood $normal -PerObservation | ForEach-Object { $null = $before.Add($_) } } | Should -Throw -PassThru
        $before | Should -HaveCount 3
        "$failure".Contains('Row 4', [StringComparison]::Ordinal) | Should -BeTrue -Because "$failure"
    }

    It 'does not change the rows' {
        $row = [pscustomobject]@{ x1 = '1.5' }
        $null = $row | Measure-MixtureLikelihood $normal -PerObservation
        $row.PSObject.Properties.Name | Should -BeExactly 'x1'
    }

    It 'gives plain numbers the name of the column' {
        $scored = @(1.5 | Measure-MixtureLikelihood (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property size) -PerObservation)
        $scored | Should -HaveCount 1
        $scored[0].PSObject.Properties.Name | Should -BeExactly 'size', 'LogLikelihood', 'Component', 'Probability'
        Assert-Close $scored[0].LogLikelihood (-0.5 * [math]::Log(2 * [math]::PI) - 1.5 * 1.5 / 2) 1e-12
    }

    It 'never replaces a column of the same name, for which a prefix is the remedy' {
        $row = [pscustomobject]@{ x1 = 1; component = 'a' }
        Assert-Failure { $row | Measure-MixtureLikelihood $normal -PerObservation } -ErrorId ColumnNameClash -Contains "'Component'", '-Prefix'
        $scored = @($row | Measure-MixtureLikelihood $normal -PerObservation -Prefix Mixture)
        $scored | Should -HaveCount 1
        $scored[0].PSObject.Properties.Name | Should -BeExactly 'x1', 'component', 'MixtureLogLikelihood', 'MixtureComponent', 'MixtureProbability'
    }
}

Describe 'Measure-MixtureLikelihood of rows with gaps' {
    BeforeAll {
        $gaps = @{ x1 = 1; x2 = 1 }, @{ x1 = 2; x2 = 'NA' }, @{ x1 = $null; x2 = '' }, @{ x1 = 'nan'; x2 = 1 } | ForEach-Object { [pscustomobject]$_ }
    }

    It 'scores them by what they have' {
        $scored = $gaps | Measure-MixtureLikelihood $plane -PerObservation -MissingValue Marginalize -WarningVariable said 3>$null
        $scored | Should -HaveCount 3
        Assert-Close $scored[1].LogLikelihood (-0.5 * [math]::Log(2 * [math]::PI) - 2) 5e-13
        Assert-Close $scored[2].LogLikelihood (-0.5 * [math]::Log(2 * [math]::PI) - 0.5) 5e-13
        $scored[1].x2 | Should -BeExactly 'NA'
        $said.Message | Should -BeExactly '1 of 4 rows was left out because every value is missing.'

        $summary = @($gaps | Measure-MixtureLikelihood $plane -MissingValue Marginalize 3>$null)
        $summary | Should -HaveCount 1
        Assert-Close $summary.LogLikelihood ($scored | Measure-Object LogLikelihood -Sum).Sum 5e-13
        $summary.RowCount, $summary.ReadRowCount, $summary.OmittedRowCount, $summary.IncompleteRowCount | Should -Be 3, 4, 1, 2

        $omitted = @($gaps | Measure-MixtureLikelihood $plane -MissingValue Omit 3>$null)
        $omitted | Should -HaveCount 1
        Assert-Close $omitted.LogLikelihood $scored[0].LogLikelihood 5e-13
        $omitted.RowCount, $omitted.ReadRowCount, $omitted.OmittedRowCount, $omitted.IncompleteRowCount | Should -Be 1, 4, 3, 0
    }

    It 'keeps the order and the gaps of a file' {
        $file = Join-Path $TestDrive 'gaps.csv'
        [IO.File]::WriteAllLines($file, [string[]]('x1,x2', '1,1', '2,', ',', ',3', '4,4'))
        $scored = Measure-MixtureLikelihood $plane -Path $file -PerObservation -MissingValue Marginalize 3>$null
        @($scored | ForEach-Object { $_.x1 }) | Should -Be @(1, 2, $null, 4)
        @($scored | ForEach-Object { $_.x2 }) | Should -Be @(1, $null, 3, 4)
    }
}
