BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $faithful = Get-ExamplePath 'faithful.csv'
    $iris = Get-ExamplePath 'iris.csv'
    $fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Get-MixtureMembership' {
    It 'counts the members of each component' {
        $members = Import-Csv $faithful | Get-MixtureMembership -Model $fit
        $members | Group-Object Component | Sort-Object Name | ForEach-Object Count | Should -Be 175, 97
        $members | Where-Object { $_.Probability + $_.Uncertainty -ne 1 } | Should -BeNullOrEmpty
    }

    It 'gives the probabilities of Bayes'' rule' {
        $model = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(0), @(2) -Covariance 1, 1
        $row = @(1.5 | Get-MixtureMembership $model -IncludeResponsibility)

        # the densities differ by the factor exp(1.5·2 − 2) = e
        $first = 0.7 / (0.7 + 0.3 * [math]::E)
        $row | Should -HaveCount 1
        $row[0].PSObject.Properties.Name | Should -BeExactly 'x1', 'Component', 'Probability', 'Uncertainty', 'Responsibility_1', 'Responsibility_2'
        $row[0].Component | Should -Be 2
        Assert-Close $row[0].Probability (1 - $first) 1e-15
        Assert-Close $row[0].Uncertainty $first 1e-15
        Assert-Close $row[0].Responsibility_1 $first 1e-15
        Assert-Close $row[0].Responsibility_2 (1 - $first) 1e-15
    }

    It 'writes them on their way to a file, and does not touch the rows' -Tag Culture {
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

    It 'takes columns of the file along' {
        $flowers = Get-MixtureMembership (Invoke-EmFit -Path $iris -ComponentCount 3) -Path $iris -IncludeProperty class, Sepal_Width
        $columns = 'Sepal_Length', 'Sepal_Width', 'Petal_Length', 'Petal_Width', 'class', 'Component', 'Probability', 'Uncertainty'
        $flowers[0].PSObject.Properties.Name | Sort-Object { [array]::IndexOf($columns, $_) } | Should -BeExactly $columns
        @(($flowers | Where-Object class -CEQ setosa).Component | Select-Object -Unique) | Should -HaveCount 1
    }

    It 'names a column that the file lacks' {
        Assert-Failure { Get-MixtureMembership (Invoke-EmFit -Path $iris -ComponentCount 1) -Path $iris -IncludeProperty species } -ErrorId UnknownProperty -Contains "no column 'species'"
    }

    It 'puts a prefix before responsibilities too' {
        $row = @(1 | Get-MixtureMembership (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1) -IncludeResponsibility -Prefix g)
        $row | Should -HaveCount 1
        $row[0].PSObject.Properties.Name | Should -BeExactly 'x1', 'gComponent', 'gProbability', 'gUncertainty', 'gResponsibility_1'
    }

    It 'shows probabilities near 0 and 1 as what they are, and leaves the numbers alone' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
            $model = New-GaussianMixture -Weight 0.5, 0.5 -Mean @(0), @(10) -Covariance 1, 1
            $members = @(
                [pscustomobject]@{ "it's" = 'a'; x1 = 3.0; small = 0.0001234 }
                [pscustomobject]@{ "it's" = 'b'; x1 = 2.5; small = 2.5 } | ForEach-Object { $_ }
            ) | Get-MixtureMembership $model
            $lines = ($members | Format-Table | Format-Screen) -split '\r?\n' | Where-Object { $_ } | ForEach-Object { ($_ -replace ' +', ' ').Trim() }
            $lines[0] | Should -BeExactly "it's x1 small Component Probability Uncertainty"
            $lines[2] | Should -BeExactly 'a 3.00 0.000123 1 1-2e-9 2.1e-9'
            $lines[3] | Should -BeExactly 'b 2.50 2.50 1 1-1e-11 1e-11'

            # as PowerShell shows other objects: more than four columns as a list, and others in a table
            ($members | Format-Screen).Contains('Probability : 0.99999999') | Should -BeTrue
            (3.0 | Get-MixtureMembership $model | Format-Screen).Contains('1-2e-9') | Should -BeTrue

            $members[0].Probability | Should -BeOfType double
            ($members | ConvertTo-Csv)[1] | Should -BeExactly "`"a`",`"3`",`"0.0001234`",`"1`",`"$($members[0].Probability.ToString())`",`"$($members[0].Uncertainty.ToString())`""
            ($members[0] | ConvertTo-Json | ConvertFrom-Json).Uncertainty | Should -Be $members[0].Uncertainty
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }

    It 'gives the same columns the same view, and others another' {
        $model = New-GaussianMixture -Weight 0.5, 0.5 -Mean @(0), @(10) -Covariance 1, 1
        $types = @(
            (1 | Get-MixtureMembership $model).PSObject.TypeNames[0]
            (2 | Get-MixtureMembership $model).PSObject.TypeNames[0]
            (Invoke-Pwsh '(2 | Get-MixtureMembership (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1)).PSObject.TypeNames[0]').Lines[-1]
            (2 | Get-MixtureMembership $model -Prefix m).PSObject.TypeNames[0]
        )
        $types[1, 2] | Should -BeExactly $types[0, 0]
        $types[3] | Should -Not -BeExactly $types[0]
    }

    It 'shows rows where methods may not be called' {
        $child = Invoke-Pwsh "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
            3.0 | Get-MixtureMembership (New-GaussianMixture -Weight 0.5, 0.5 -Mean @(0), @(10) -Covariance 1, 1) | Format-Table" -Environment @{ LC_ALL = 'C.UTF-8' }
        ($child.Lines[-1] -replace ' +', ' ').Trim() | Should -BeExactly '3.00 1 1.00 0.00'
    }
}
