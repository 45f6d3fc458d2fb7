BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $iris = Get-ExamplePath 'iris.csv'
    $rows = 'a1', 'a1', 'a2', 'b2', 'b2', 'c3' | ForEach-Object { [pscustomobject]@{ class = $_[0]; group = [int][string]$_[1] } }
}

Describe 'Measure-PartitionAgreement' {
    It 'compares components with the species' {
        $fit = Invoke-EmFit -Path $iris -ComponentCount 3
        $flowers = Import-Csv $iris | Get-MixtureMembership $fit
        $agreement = $flowers | Measure-PartitionAgreement class Component
        $agreement.RowCount | Should -Be 150
        $agreement.AdjustedRandIndex | Should -BeGreaterThan 0.9
        $table = $flowers | Measure-PartitionAgreement class Component -ConfusionTable
        $table | Should -HaveCount 3
        $table | ForEach-Object { $_.Component_1 + $_.Component_2 + $_.Component_3 | Should -Be 50 }
    }

    It 'counts what does not agree: <Call>' -ForEach @(
        @{ Call = { $rows | Measure-PartitionAgreement class group } }
        @{ Call = { Measure-PartitionAgreement -ReferenceProperty class -DifferenceProperty GROUP -InputObject $rows } }
    ) {
        $summary = @(& $Call)
        $summary | Should -HaveCount 1
        $summary.RowCount | Should -Be 6
        $summary.MisclassifiedCount | Should -Be 1
        Assert-Close $summary.MisclassificationRate (1 / 6) 1e-15
        $summary.Matching | Should -BeExactly 'a = 1', 'b = 2', 'c = 3'
        $summary.AdjustedRandIndex | Should -BeGreaterOrEqual 0.2
        $summary.AdjustedRandIndex | Should -BeLessOrEqual 0.5
    }

    It 'gives a confusion table with a row per label' {
        $table = $rows | Measure-PartitionAgreement class group -ConfusionTable
        $table[0].PSObject.Properties.Name | Should -BeExactly 'class', 'group_1', 'group_2', 'group_3', 'Match_group'
        $table.class | Should -BeExactly 'a', 'b', 'c'
        $table.group_2 | Should -Be 1, 2, 0
        $table[1].Match_group | Should -BeOfType string
        $table[1].Match_group | Should -BeExactly '2'
    }

    It 'leaves out rows without a label when told to' {
        $summary = @(@{ class = 1; group = 2 }, @{ class = 1; group = $null } | Measure-PartitionAgreement class group -MissingValue Omit 3>$null)
        $summary | Should -HaveCount 1
        $summary.RowCount | Should -Be 1
        $summary.OmittedRowCount | Should -Be 1
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'UnknownProperty'; Part = "There are no columns 'x', 'y'"; Call = { $rows | Measure-PartitionAgreement x y } }
        @{
            ErrorId = 'MissingLabel'; Part = "Row 2 has no label in column 'group'"
            Call    = { @{ class = 1; group = 2 }, @{ class = 1; group = '' } | Measure-PartitionAgreement class group }
        }
        @{ ErrorId = 'NoRows'; Part = 'There are no rows with labels'; Call = { @() | Measure-PartitionAgreement class group } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}
