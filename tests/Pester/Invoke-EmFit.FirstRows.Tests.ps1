BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
}

Describe 'Invoke-EmFit, which columns are numbers' {
    It 'says the same of <Cell> in row <Row>' -ForEach @(
        foreach ($cell in 'NA', '$1', '1 234', '1,234.50', '1%', '(1)', 'NULL') {
            foreach ($row in 1, 3, 5) { @{ Cell = $cell; Row = $row } }
        }
    ) {
        $expected = if ($Cell -eq 'NA') { 'MissingValue' } else { 'TextInNumericColumn' }
        $rows = 1..8 | ForEach-Object { [pscustomobject]@{ a = if ($_ -eq $Row) { $Cell } else { "$_" }; b = $_ % 3 } }
        { $rows | Invoke-EmFit -ComponentCount 1 } | Should -Throw -ErrorId "$expected,*"
    }

    It 'leaves columns of text out' {
        $fit = Import-Csv (Get-ExamplePath iris.csv) | Invoke-EmFit -ComponentCount 1
        $fit.Mixture.Property.Count | Should -Be 4
    }

    It 'reads an object that is filled anew for each row' {
        $row = @{ x = 0; y = $null }
        $fit = 1..300 | ForEach-Object { $row.x = $_; $row } | Invoke-EmFit -ComponentCount 1
        $fit.Mixture.Components[0].Mean[0] | Should -Be 150.5
    }

    It 'refuses the culture <_>, which there is not' -ForEach 'german', 'de-DEE' {
        $rows = 1..8 | ForEach-Object { [pscustomobject]@{ a = $_ } }
        { $rows | Invoke-EmFit -ComponentCount 1 -Culture $_ } | Should -Throw "*no culture*"
    }
}
