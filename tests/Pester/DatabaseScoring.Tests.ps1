BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    Import-TestLibrary

    # thirty rows of x, y, w (a weight), g (with gaps) and name, in a database in memory
    function New-Database {
        $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=:memory:')
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = 'CREATE TABLE t AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 30) ' +
            'SELECT i * 7 % 20 + 0.5 AS x, i * 3 % 20 + 0.25 AS y, i % 3 AS w, CASE WHEN i % 10 > 0 THEN i END AS g, ''row '' || i AS name FROM c'
        $null = $command.ExecuteNonQuery()
        $command.Dispose()
        $connection
    }

    $model = New-GaussianMixture -Weight 0.6, 0.4 -Mean 5, 15 -Covariance 4, 9 -Property x
}

Describe 'Rows that are scored where they are, in a database' {
    BeforeEach {
        $connection = New-Database
        $rows = Get-MixtureMembership $model -Connection $connection -Query 'SELECT * FROM t' | Select-Object x, y, w, g, name
    }

    AfterEach {
        $connection.Dispose()
    }

    It 'have the memberships of the same rows here' {
        $there = Get-MixtureMembership $model -Connection $connection -Table t -IncludeResponsibility
        $here = $rows | Get-MixtureMembership $model -IncludeResponsibility
        $there | Should -HaveCount 30
        $there[0].PSObject.Properties.Name | Should -BeExactly $here[0].PSObject.Properties.Name
        $there.name | Should -BeExactly $here.name
        $there.Component | Should -Be $here.Component
        for ($i = 0; $i -lt 30; $i++) {
            Assert-Close $there[$i].Uncertainty $here[$i].Uncertainty 1e-12
            Assert-Close $there[$i].Responsibility_2 $here[$i].Responsibility_2 1e-12
        }
    }

    It 'are written only by -IntoTable, and only when it may' {
        $tables = { (Get-MixtureMembership $model -Connection $connection -Query "SELECT name, 1.0 AS x FROM sqlite_master WHERE type = 'table'").name -join ' ' }
        Get-MixtureMembership $model -Connection $connection -Table t -IntoTable scored -WhatIf | Should -BeNullOrEmpty
        & $tables | Should -BeExactly 't'
        Get-MixtureMembership $model -Connection $connection -Table t -IntoTable scored -Prefix Mix | Should -BeNullOrEmpty
        & $tables | Should -BeExactly 't scored'
        $row = @(Get-MixtureMembership $model -Connection $connection -Table scored)[0]
        $row.PSObject.Properties.Name | Should -BeExactly @(
            'x', 'y', 'w', 'g', 'name', 'MixComponent', 'MixProbability', 'MixUncertainty', 'Component', 'Probability', 'Uncertainty')
        Assert-Failure { Get-MixtureMembership $model -Connection $connection -Table t -IntoTable scored } -ErrorId QueryFailed -Contains 'scored'
        Assert-Failure { Get-MixtureMembership $model -Connection $connection -Table scored -Prefix Mix } -ErrorId ColumnNameClash -Contains 'MixComponent'
    }

    It 'are the same outliers as here' {
        $describe = {
            [string]::Format([cultureinfo]::InvariantCulture, '{0} {1:F9} {2:F6} {3}', $_.name, [double]$_.LogDensity, [double]$_.TailProbability, $_.Contributor)
        }
        $there = Find-MixtureOutlier $model 0.2 -Connection $connection -Table t | ForEach-Object $describe
        $here = $rows | Find-MixtureOutlier $model 0.2 | ForEach-Object $describe
        $there | Should -Not -BeNullOrEmpty
        $there | Should -BeExactly $here
    }

    It 'have the likelihood that they have here' {
        $there = @(Measure-MixtureLikelihood $model -Connection $connection -Table t -WeightProperty w)
        $here = $rows | Measure-MixtureLikelihood $model -WeightProperty w
        $there | Should -HaveCount 1
        foreach ($name in 'LogLikelihood', 'Bic', 'Icl', 'TotalWeight', 'RowCount') { Assert-Close $there[0].$name $here.$name 1e-9 }
    }

    It 'have no component where there is a gap, and columns that are missing are named' {
        $gaps = New-GaussianMixture -Weight 1 -Mean 5 -Covariance 9 -Property G
        @(Get-MixtureMembership $gaps -Connection $connection -Table t | Where-Object { $null -eq $_.Component }) | Should -HaveCount 3
        $missing = New-GaussianMixture -Weight 1 -Mean 5 -Covariance 9 -Property z
        Assert-Failure { Get-MixtureMembership $missing -Connection $connection -Table t } -ErrorId UnknownProperty -Contains "'z'"
        Get-MixtureMembership $gaps -Connection $connection -Query 'SELECT * FROM t WHERE x > 99' | Should -BeNullOrEmpty
    }
}
