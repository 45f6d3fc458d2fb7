BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    Import-TestLibrary

    # two hundred rows of x, y, w (a weight) and g (with gaps), and a table and a column whose names are written with care
    function New-Database {
        $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=:memory:')
        $connection.Open()
        foreach ($statement in @(
            'CREATE TABLE t AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 200) ' +
                'SELECT i * 37 % 101 + 0.5 AS x, i * i % 97 + 0.25 AS y, i % 3 AS w, CASE WHEN i % 10 > 0 THEN i * 7 % 50 END AS g FROM c'
            'CREATE TABLE "o''dd ""]; DROP TABLE t; --" ("a""b; --" REAL, "[c]" REAL)'
            'INSERT INTO "o''dd ""]; DROP TABLE t; --" SELECT x, y FROM t'
            'CREATE TABLE none (x REAL, y REAL)')) {
            $command = $connection.CreateCommand()
            $command.CommandText = $statement
            $null = $command.ExecuteNonQuery()
            $command.Dispose()
        }

        $connection
    }

    $model = New-GaussianMixture -Weight 0.6, 0.4 -Mean 30, 70 -Covariance 400, 400 -Property x
}

Describe 'Rows of a database that are read and tested here' {
    BeforeEach {
        $connection = New-Database
        $rows = Get-MixtureMembership $model -Connection $connection -Query 'SELECT * FROM t' | Select-Object x, y, w, g
        $at = @{ Connection = $connection; Table = 't' }
    }

    AfterEach {
        $connection.Dispose()
    }

    It 'have the verdict of the same rows from the pipeline' {
        $there = Test-MixtureFit $model @at -WeightProperty w
        $here = $rows | Test-MixtureFit $model -WeightProperty w
        $there | ConvertTo-Json -Depth 5 | Should -BeExactly ($here | ConvertTo-Json -Depth 5)
        $there.Passed | Should -BeFalse
        ($model | Test-MixtureFit -Connection $connection -Query 'SELECT x FROM t' -Seed 4).Statistic | Should -BeExactly ($rows | Test-MixtureFit $model -Seed 4).Statistic
        Test-MixtureFit $model @at -Quiet | Should -BeExactly ($rows | Test-MixtureFit $model -Quiet)
    }

    It 'have the errors and the number of components of the same rows from the pipeline' {
        $fit = $rows | Invoke-EmFit x, y 2
        $there = Measure-MixtureUncertainty $fit @at -ReplicateCount 20 -Seed 3 -ThrottleLimit 1
        $there.StandardError | Should -BeExactly ($rows | Measure-MixtureUncertainty $fit -ReplicateCount 20 -Seed 3).StandardError
        $there = Test-MixtureComponentCount x, y @at -ReplicateCount 19 -MaximumComponentCount 2
        $there.Statistic | Should -BeExactly ($rows | Test-MixtureComponentCount x, y -ReplicateCount 19 -MaximumComponentCount 2).Statistic
        ($fit | Test-MixtureFit @at -Refit -ReplicateCount 99).Statistic | Should -BeExactly ($rows | Test-MixtureFit $fit -Refit -ReplicateCount 99).Statistic
    }

    It 'may exceed their memory' {
        $there = Test-MixtureFit $model @at -MemoryLimit 0 -Verbose 4>&1
        $there[0] | Should -BeLike '200 rows are kept in a temporary file*'
        $there[1].Statistic | Should -BeExactly ($rows | Test-MixtureFit $model).Statistic
    }

    It 'are of a table and columns whatever their names are' {
        $odd = '"o''dd ""]; DROP TABLE t; --"'
        $fit = Invoke-EmFit -Connection $connection -Table $odd -ComponentCount 1 -CovarianceModel VVI
        $fit.Property | Should -BeExactly 'a"b; --', '[c]'
        $verdict = Test-MixtureFit $fit -Connection $connection -Table $odd
        $verdict.RowCount | Should -Be 200
        $renamed = $rows | ForEach-Object { [pscustomobject]@{ 'a"b; --' = $_.x; '[c]' = $_.y } }
        $verdict.Statistic | Should -BeExactly ($renamed | Test-MixtureFit $fit).Statistic
        (Test-MixtureFit $model @at).RowCount | Should -Be 200
    }

    It 'are none, or lack a column' {
        Assert-Failure { Test-MixtureFit $model -Connection $connection -Table none } -ErrorId NoRows -Contains 'none has no rows'
        Assert-Failure { Test-MixtureComponentCount x -Connection $connection -Table none } -ErrorId NoRows -Contains 'none has no rows'
        Assert-Failure { Test-MixtureFit $model -Connection $connection -Table nowhere } -ErrorId QueryFailed -Contains 'nowhere'
        $other = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property z
        Assert-Failure { Test-MixtureFit $other @at } -ErrorId UnknownProperty -Contains "'z'"
    }

    It 'have gaps, which are an error or left out as they are here' {
        $gaps = New-GaussianMixture -Weight 1 -Mean 25 -Covariance 200 -Property g
        Assert-Failure { Test-MixtureFit $gaps @at } -ErrorId MissingValue -Contains "'g' is null or NaN in 20 of 200 rows"
        Assert-Failure { Test-MixtureFit $gaps @at -MissingValue Marginalize } -ErrorId GapsInDatabase -Contains 'database'
        $there = Test-MixtureFit $gaps @at -MissingValue Omit -WarningVariable told -WarningAction Ignore
        $there.RowCount | Should -Be 180
        $told | Should -BeLike '20 of 200 rows*'
        $there.Statistic | Should -BeExactly ($rows | Test-MixtureFit $gaps -MissingValue Omit -WarningAction Ignore).Statistic
    }

    It 'have no order in which blocks could follow one another' {
        Assert-Failure { Test-MixtureFit $model @at -BlockLength 5 } -ErrorId OrderNotKnown -Contains '-BlockLength', 'Sort the rows'
        Assert-Failure { Test-MixtureFit $model -Connection $connection -Query 'SELECT x FROM t ORDER BY y' -BlockLength 5 } -ErrorId OrderNotKnown -Contains 'that of a query'
        (Test-MixtureFit $model @at -BlockLength 1).RowCount | Should -Be 200
    }

    It 'are read again when the query fails' {
        $flaky = [GmmTools.Database.Tests.Support.FlakyConnection]::new($connection, 3, 3)
        (Test-MixtureFit $model -Connection $flaky -Table t -Dialect Sqlite -MemoryLimit 0).Statistic | Should -BeExactly (Test-MixtureFit $model @at).Statistic
        $flaky.QueryCount | Should -Be 4
    }

    It 'leave the connection as it was' {
        $path = Join-Path $TestDrive 'rows.db'
        $file = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$path;Pooling=False")
        $connection.BackupDatabase($file)
        $file.Close()
        (Test-MixtureFit $model -Connection $file -Table t).RowCount | Should -Be 200
        $file.State | Should -Be 'Closed'
        $file.Dispose()
    }
}
