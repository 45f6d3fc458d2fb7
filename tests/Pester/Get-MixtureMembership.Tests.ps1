BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Get-MixtureMembership' {
    It 'counts the members of each component' {
        $members = Import-Csv $faithful | Get-MixtureMembership -Model $fit
        $members | Group-Object Component | Sort-Object Name | ForEach-Object Count | Should -Be 175, 97
        $members | ForEach-Object { $_.Probability + $_.Uncertainty | Should -Be 1 }
    }

    It 'writes them on their way to a file, and does not touch the rows' {
        $rows = Import-Csv $faithful
        $file = Join-Path $TestDrive 'members.csv'
        $rows | Get-MixtureMembership $fit -IncludeResponsibility | Export-Csv $file -NoTypeInformation
        (Import-Csv $file)[0].PSObject.Properties.Name |
            Should -Be 'eruptions', 'waiting', 'Component', 'Probability', 'Uncertainty', 'Responsibility_1', 'Responsibility_2'
        $rows[0].PSObject.Properties.Name | Should -Be 'eruptions', 'waiting'
    }

    It 'stops reading when no more rows are wanted' {
        Get-MixtureMembership $fit -Path $faithful | Select-Object -First 2 | Should -HaveCount 2
    }

    It 'takes a fit that came back from a file' {
        $file = Join-Path $TestDrive 'fit.xml'
        $fit | Export-Clixml $file
        $members = Get-MixtureMembership (Import-Clixml $file) -Path $faithful
        ($members | Measure-Object Probability -Minimum).Minimum | Should -BeGreaterThan 0.5
    }
}
