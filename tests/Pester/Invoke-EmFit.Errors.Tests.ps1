# Wrong calls: the error names the row, the column, the value and the remedy.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'Errors of Invoke-EmFit' -Tag Culture {
    BeforeEach {
        # thirty good rows; the bad cells are put into row 17
        $script:rows = 1..30 | ForEach-Object { [pscustomobject]@{ Height = "$(150 + $_ * 37 % 31).5"; Weight = "$(50 + $_ * 17 % 23)"; Name = 'n' } }
    }

    It '<ErrorId> after: <Code>' -ForEach @(
        @{ ErrorId = 'UnknownProperty'; Part = 'Did you mean ''Height''?'; Code = '$rows | Invoke-EmFit Heigth 2' }
        @{ ErrorId = 'UnknownProperty'; Part = 'The columns are:'; Code = '$rows | Invoke-EmFit Length* 2' }
        @{ ErrorId = 'TextInNumericColumn'; Part = 'Row 1, column ''Name'': ''n'''; Code = '$rows | Invoke-EmFit Height, Name 2' }
        @{ ErrorId = 'TextInNumericColumn'; Part = 'Row 17, column ''Weight'': ''heavy'' is not a number'; Code = '$rows[16].Weight = ''heavy''; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'TextInNumericColumn'; Part = 'Row 17, column ''Height'': ''1,85'' is not a number in the invariant culture; it is in de-DE. Add -Culture de-DE.'; Code = '$rows[16].Height = ''1,85''; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is empty. In total, 1 of 30 rows has missing values (1 cell). Fill in the missing values, add -MissingValue Omit to leave such rows out, or add -MissingValue Marginalize to use the values that are present.'; Code = '$rows[16].Weight = '' ''; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is empty. In total, 3 of 30 rows have missing values (4 cells).'; Code = '$rows[16, 20, 21].ForEach{ $_.Weight = ''na'' }; $rows[16].Weight = ''''; $rows[20].Height = '' ''; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is missing (''-9'')'; Code = '$rows[16].Weight = ''-9''; $rows | Invoke-EmFit Height, Weight 2 -MissingText ''-9''' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is missing (''-9'')'; Code = '$rows[16].Weight = -9; $rows | Invoke-EmFit Height, Weight 2 -MissingText ''-9''' }
        @{ ErrorId = 'TextInNumericColumn'; Part = 'Row 17, column ''Weight'': '''' is not a number, nor one of the texts that mean a missing value. Add it to -MissingText'; Code = '$rows[16].Weight = ''''; $rows | Invoke-EmFit Height, Weight 2 -MissingText NA' }
        @{ ErrorId = 'NoRows'; Part = 'all 30 were left out because of missing values'; Code = '$rows.ForEach{ $_.Weight = '''' }; $rows | Invoke-EmFit Height, Weight 2 -MissingValue Omit' }
        @{ ErrorId = 'EmptyColumn'; Part = '''Weight'' is missing in every row'; Code = '$rows.ForEach{ $_.Weight = '''' }; $rows | Invoke-EmFit Height, Weight 2 -MissingValue Marginalize' }
        @{ ErrorId = 'InvalidRowWeight'; Part = 'Row 17 has the weight -2'; Code = '$rows[16].Weight = -2; $rows | Invoke-EmFit Height 2 -WeightProperty Weight' }
        @{ ErrorId = 'InvalidRowWeight'; Part = 'Row 17 has no weight'; Code = '$rows[16].Weight = ''''; $rows | Invoke-EmFit Height 2 -WeightProperty Weight' }
        @{ ErrorId = 'InvalidRowWeight'; Part = 'Row 17 has the weight Infinity'; Code = '$rows[16].Weight = [double]::PositiveInfinity; $rows | Invoke-EmFit Height 2 -WeightProperty Weight' }
        @{ ErrorId = 'TextInNumericColumn'; Part = 'Row 17, column ''Weight'': ''many'''; Code = '$rows[16].Weight = ''many''; $rows | Invoke-EmFit Height 2 -WeightProperty Weight' }
        @{ ErrorId = 'WeightIsProperty'; Part = 'Column ''weight'' cannot hold the weights and be fitted as well'; Code = '$rows | Invoke-EmFit Height, Weight 2 -WeightProperty weight' }
        @{ ErrorId = 'UnknownProperty'; Part = 'Did you mean ''Weight''?'; Code = '$rows | Invoke-EmFit Height 2 -WeightProperty Wieght' }
        @{ ErrorId = 'NoRows'; Part = 'all 30 have weight 0'; Code = '$rows.ForEach{ $_.Weight = 0 }; $rows | Invoke-EmFit Height 2 -WeightProperty Weight' }
        @{ ErrorId = 'TooLittleWeight'; Part = 'sum to 1.5'; Code = '$rows.ForEach{ $_.Weight = 0.05 }; $rows | Invoke-EmFit Height 2 -WeightProperty Weight' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is empty'; Code = '$rows[16].Weight = $null; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is NaN'; Code = '$rows[16].Weight = [double]::NaN; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'MissingValue'; Part = 'Row 17, column ''Weight'' is missing (''NA'')'; Code = '$rows[16].Weight = ''NA''; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'InfiniteValue'; Part = 'Row 17, column ''Weight'' is infinite'; Code = '$rows[16].Weight = [double]::PositiveInfinity; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'InfiniteValue'; Part = 'Row 17, column ''Weight'' is 1E+200, which is too large to be squared'; Code = '$rows[16].Weight = 1e200; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'InfiniteValue'; Part = 'a spread of'; Code = '$rows.ForEach{ $_.Weight = 1e-200 * $_.Weight }; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'EmptyRow'; Part = 'Row 17 is $null'; Code = '$rows[16] = $null; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'MixedRows'; Part = 'Row 17'; Code = '$rows[16] = 5; $rows | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'RowLength'; Part = 'Row 2 has 3 cells'; Code = '@(1, 2), @(1, 2, 3) | Invoke-EmFit -ComponentCount 1' }
        @{ ErrorId = 'TooFewRows'; Part = '30 rows cannot determine 31 components'; Code = '$rows | Invoke-EmFit Height, Weight 31' }
        @{ ErrorId = 'ConstantColumn'; Part = 'Column ''Weight'' is 7 in every row'; Code = '$rows | ForEach-Object { $_.Weight = 7; $_ } | Invoke-EmFit Height, Weight 2' }
        @{ ErrorId = 'DependentColumn'; Part = '''Double'''; Code = '$rows | ForEach-Object { @{ Height = $_.Height; Double = 2 * $_.Height } } | Invoke-EmFit Height, Double 2' }
        @{ ErrorId = 'NoNumericColumns'; Part = 'Name the columns with -Property'; Code = '$rows | ForEach-Object { @{ Name = ''n'' } } | Invoke-EmFit -ComponentCount 2' }
        @{ ErrorId = 'WeightSum'; Part = 'Divide each by 1.1'; Code = '$rows | Invoke-EmFit Height 2 -FixedWeight 0.5, 0.6' }
        @{ ErrorId = 'FixedWeightCount'; Part = 'one per component'; Code = '$rows | Invoke-EmFit Height 3 -FixedWeight 0.5, 0.5' }
        @{ ErrorId = 'UnknownCovarianceModel'; Part = 'Use one of'; Code = '$rows | Invoke-EmFit Height 2 -CovarianceModel Round' }
        @{ ErrorId = 'ComponentCountMissing'; Part = "'2' was taken for -Property, which comes first. If it is the number of components, write -ComponentCount 2"; Code = 'Invoke-EmFit -Path nosuch.csv 2' }
        @{ ErrorId = 'ComponentCountMissing'; Part = "'1, 2' was taken for -Property"; Code = '$rows | Invoke-EmFit (1..2)' }
        @{ ErrorId = 'NoModel'; Part = '-InitialModel is empty'; Code = '$rows | Invoke-EmFit Height -InitialModel $nothing' }
        @{ ErrorId = 'InitialModelMismatch'; Part = '3 were requested'; Code = '$rows | Invoke-EmFit Height 3 -InitialModel (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property Height)' }
        @{ ErrorId = 'InitialModelMismatch'; Part = '2 columns'; Code = '$rows | Invoke-EmFit Height 1 -InitialModel (New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1)' }
        @{ ErrorId = 'PropertyCountMismatch'; Part = '-InputObject'; Code = '1..9 | Invoke-EmFit a, b 2' }
        @{ ErrorId = 'PathNotFound'; Part = 'nowhere.csv'; Code = 'Invoke-EmFit -Path nowhere.csv -ComponentCount 2' }
        @{ ErrorId = 'PathNotFound'; Part = 'nowhere*.csv'; Code = 'Invoke-EmFit -Path nowhere*.csv -ComponentCount 2' }
        @{ ErrorId = 'FileNotFound'; Part = 'nowhere.csv'; Code = 'Invoke-EmFit -LiteralPath nowhere.csv -ComponentCount 2' }
        @{ ErrorId = 'NotAFile'; Part = 'Variable'; Code = 'Invoke-EmFit -Path variable:HOME -ComponentCount 2' }
        @{ ErrorId = 'InvalidTimeLimit'; Part = 'must be positive'; Code = '$rows | Invoke-EmFit Height 2 -TimeLimit -1' }
    ) {
        $failure = Assert-Failure { . ([scriptblock]::Create($Code)) } -ErrorId $ErrorId -Contains $Part
        $failure.FullyQualifiedErrorId | Should -BeLike '*InvokeEmFitCommand*'
    }

    It 'says that there are no rows: <_>' -ForEach @(
        '@() | Invoke-EmFit Height 2'
        'Invoke-EmFit Height 2'
        'Invoke-EmFit Height 2 -InputObject @()'
        'Invoke-EmFit Height 2 -InputObject $null'
        '@() | Invoke-EmFit -ComponentCount 2'
    ) {
        $code = $_
        $failure = Assert-Failure { . ([scriptblock]::Create($code)) } -ErrorId NoRows -Contains 'There are no rows'
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'tells a value of a file that is too large to be squared for <_>' -ForEach EII, VII, EEI, VEI, EVI, VVI, EEE, VEE, EVE, VVE, EEV, VEV, EVV, VVV {
        $path = Join-Path $TestDrive 'overflow.csv'
        'a,b', '1,2', '1e200,5', '3,4' | Set-Content $path
        $model = $_
        $failure = Assert-Failure { Invoke-EmFit -Path $path -ComponentCount 1 -CovarianceModel $model } -ErrorId InfiniteValue -Contains 'too large to be squared'
        $failure.Exception.Message | Should -BeLike '*row 2*a*1E+200*'
        Assert-Failure { Import-Csv $path | Invoke-EmFit -ComponentCount 1 -CovarianceModel $model } -ErrorId InfiniteValue -Contains 'Row 2, column ''a'' is 1E+200'
    }

    It 'tells <Cell> in the first row of a file, by -Path and by Import-Csv' -ForEach @(
        @{ Cell = ''; ErrorId = 'MissingValue' }
        @{ Cell = 'NA'; ErrorId = 'MissingValue' }
        @{ Cell = '1 234'; ErrorId = 'TextInNumericColumn' }
    ) {
        $path = Join-Path $TestDrive 'first.csv'
        'a,b', "$Cell,2", '1,5', '3,4', '2,1' | Set-Content $path
        $null = Assert-Failure { Invoke-EmFit -Path $path -ComponentCount 1 } -ErrorId $ErrorId -Contains 'ow 1', "'a'"
        $null = Assert-Failure { Import-Csv $path | Invoke-EmFit -ComponentCount 1 } -ErrorId $ErrorId -Contains 'ow 1', "'a'"
    }

    It 'tells 1e155, which is too large to be squared, with row and column' {
        $rows[16].Weight = 1e155
        $null = Assert-Failure { $rows | Invoke-EmFit Height, Weight 2 } -ErrorId InfiniteValue -Contains 'Row 17', 'Weight', 'too large to be squared'
    }

    It 'names the line of a file' {
        $file = Join-Path $TestDrive 'text.csv'
        Set-Content $file 'a,b', '1,2', '3,x'
        $null = Assert-Failure { Invoke-EmFit -LiteralPath $file a, b 1 } -ErrorId TextInNumericColumn -Contains 'Row 2', 'line 3', "column 'b'", "'x'"
    }

    It 'has the offending value as its target' {
        $rows[16].Weight = 'heavy'
        $failure = Assert-Failure { $rows | Invoke-EmFit Height, Weight 2 } -ErrorId TextInNumericColumn
        $failure.TargetObject | Should -BeExactly 'heavy'
        $failure.CategoryInfo.Category | Should -Be 'InvalidData'
        $failure.ErrorDetails | Should -Not -BeNullOrEmpty
    }
}
