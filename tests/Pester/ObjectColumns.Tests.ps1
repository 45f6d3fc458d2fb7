# The columns of rows that nobody chose: those that cannot be fitted are left out, and those that look like codes are named.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $source = New-GaussianMixture -Weight 0.5, 0.5 -Mean @(0, 0), @(4, 5) -Covariance @(1, 0.3, 0.3, 1), @(1, 0, 0, 2) -Property a, b |
        New-GaussianMixtureSample -Count 300 -Seed 5
    $rows = foreach ($row in $source) {
        [pscustomobject]@{ name = 'n'; one = 1; a = $row.a; copy = $row.a; b = $row.b; sum = $row.a + 2 * $row.b - 3; scaled = 1024 * $row.b }
    }
}

Describe 'Columns that cannot be fitted' {
    BeforeAll {
        $named = $rows | Invoke-EmFit a, b -ComponentCount 2
        $said = "Columns that cannot be fitted were left out: one (the same number in every row); copy (equal to a); " +
            "sum, scaled (exactly or nearly linear combinations of other columns). To choose the columns yourself, name them with -Property."
    }

    It 'are left out of those that nobody chose, with one warning: objects' {
        $fit = $rows | Invoke-EmFit -ComponentCount 2 -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'a', 'b'
        $fit.LogLikelihood | Should -Be $named.LogLikelihood
        "$warnings" | Should -BeExactly $said
        @($rows | Get-MixtureMembership $fit) | Should -HaveCount 300
    }

    It 'are left out of those that nobody chose, with one warning: files' {
        $path = Join-Path $TestDrive 'columns.csv'
        $rows | Export-Csv $path
        $fit = Invoke-EmFit -Path $path -ComponentCount 2 -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'a', 'b'
        $fit.LogLikelihood | Should -Be $named.LogLikelihood
        "$warnings" | Should -BeExactly $said
    }

    It 'are left out where rows are kept in a file' {
        $fit = $rows | Invoke-EmFit -ComponentCount 2 -MemoryLimit 0 -WarningAction SilentlyContinue
        $fit.LogLikelihood | Should -Be $named.LogLikelihood
    }

    It 'are an error where they were named: <Id>' -ForEach @(
        @{ Id = 'ConstantColumn'; Columns = 'a', 'one' }
        @{ Id = 'DependentColumn'; Columns = 'a', 'copy' }
        @{ Id = 'DependentColumn'; Columns = 'a', 'b', 'sum' }
    ) {
        { $rows | Invoke-EmFit $Columns -ComponentCount 1 } | Should -Throw -ErrorId "$Id,*"
    }

    It 'are an error in lists, which have places and no names' {
        $lists = foreach ($row in $rows) { , @($row.a, 1) }
        { Invoke-EmFit -InputObject $lists -ComponentCount 1 } | Should -Throw -ErrorId 'ConstantColumn,*'
    }

    It 'are still an error where no column is left' {
        { 1..9 | ForEach-Object { [pscustomobject]@{ one = 1; two = 2 } } | Invoke-EmFit -ComponentCount 1 } | Should -Throw -ErrorId 'ConstantColumn,*'
    }

    It 'may be linear combinations where covariances are diagonal' {
        $fit = $rows | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'a', 'b', 'sum', 'scaled'
        "$warnings" | Should -BeLike '*: one (*); copy (equal to a). To*'
    }

    It 'are not looked for among more columns than rows' {
        { $rows[0..1] | Invoke-EmFit -ComponentCount 1 -WarningAction SilentlyContinue } | Should -Throw -ErrorId 'DependentColumn,*'
    }

    It 'go with their gaps, and rows stay of which a value is left' {
        $gaps = foreach ($i in 0..299) {
            $row = $rows[$i]
            [pscustomobject]@{
                one = if ($i % 3) { 1 }; a = if ($i % 5) { $row.a }; copy = if ($i % 5) { $row.a }; b = if ($i % 7) { $row.b }
                sum = if ($i % 11) { $row.a + $row.b }
            }
        }
        $kept = $gaps | Invoke-EmFit a, b -ComponentCount 2 -MissingValue Marginalize -WarningAction SilentlyContinue
        $fit = $gaps | Invoke-EmFit -ComponentCount 2 -MissingValue Marginalize -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'a', 'b'
        $fit.RowCount | Should -Be $kept.RowCount
        $fit.OmittedRowCount | Should -Be $kept.OmittedRowCount
        $fit.IncompleteRowCount | Should -Be $kept.IncompleteRowCount
        $fit.LogLikelihood | Should -Be $kept.LogLikelihood
        $warnings[0] | Should -BeLike '*: one (the same number in every row); copy (equal to a); sum (exactly or nearly a linear combination of other columns).*'
    }

    It 'take no weights away' {
        $weighted = foreach ($i in 0..299) { [pscustomobject]@{ one = 1; a = $rows[$i].a; b = $rows[$i].b; w = 1 + $i % 3 } }
        $fit = $weighted | Invoke-EmFit -ComponentCount 2 -WeightProperty w -WarningAction SilentlyContinue
        $fit.LogLikelihood | Should -Be ($weighted | Invoke-EmFit a, b -ComponentCount 2 -WeightProperty w).LogLikelihood
    }

    It 'are left out of processes, so that the first try gives a fit' -Skip:(@(Get-Process).Count -lt 40) {
        # a process that ends meanwhile no longer has a CPU time
        $fit = Get-Process | Invoke-EmFit -ComponentCount 1 -MissingValue Omit -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.StopReason | Should -Be 'Converged'
        @($warnings) -like 'Columns that cannot be fitted were left out*' | Should -HaveCount 1
    }
}

Describe 'Columns of few values' {
    BeforeAll {
        $log = foreach ($i in 0..299) { [pscustomobject]@{ latency = $source[$i].a; status = (200, 200, 301, 404, 500)[$i % 5]; 'my shift' = $i % 3 } }
    }

    It 'are named in one warning' {
        $fit = $log | Invoke-EmFit -ComponentCount 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'latency', 'status', 'my shift'
        @($warnings) -like '*codes*' | Should -Be ('These columns have few distinct values for 300 rows and may hold codes rather than measurements: status (4), my shift (3); ' +
            "leave them out with -ExcludeProperty status, 'my shift', or name all columns to be fitted with -Property.")
    }

    It 'are not named where <Name>' -ForEach @(
        @{ Name = 'the user named the column'; Call = { $log | Invoke-EmFit latency, status -ComponentCount 1 } }
        @{ Name = 'rows are fewer than 200'; Call = { $log[0..198] | Invoke-EmFit -ComponentCount 1 } }
        @{ Name = 'values are more than 20'; Call = { 0..299 | ForEach-Object { [pscustomobject]@{ x = $_ % 21 } } | Invoke-EmFit -ComponentCount 1 } }
        @{ Name = 'the data are iris'; Call = { Invoke-EmFit -Path (Join-Path $PSScriptRoot '../../src/Examples/iris.csv') -ComponentCount 1 } }
        @{ Name = 'the data are faithful'; Call = { Invoke-EmFit -Path (Join-Path $PSScriptRoot '../../src/Examples/faithful.csv') -ComponentCount 1 } }
    ) {
        & $Call 3>&1 | Where-Object { $_ -is [Management.Automation.WarningRecord] -and $_.Message -like '*codes*' } | Should -BeNullOrEmpty
    }

    It 'of 20 are named' {
        $warnings = 0..299 | ForEach-Object { [pscustomobject]@{ x = $_ % 20 } } | Invoke-EmFit -ComponentCount 1 3>&1
        @($warnings) -like '*: x (20); leave*' | Should -HaveCount 1
    }
}
