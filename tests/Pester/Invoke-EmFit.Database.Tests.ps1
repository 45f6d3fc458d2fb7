# Rows that stay in a database, which here is SQLite.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    Import-TestLibrary

    # an open connection to a database in memory, after some statements
    function New-Database([string] $Statements) {
        $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=:memory:')
        $connection.Open()
        $command = $connection.CreateCommand()
        $command.CommandText = $Statements
        $null = $command.ExecuteNonQuery()
        $command.Dispose()
        $connection
    }

    # the table t: thirty rows of x, y, w (a weight), g (with gaps) and name
    $script:table = "
        CREATE TABLE t AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 30)
        SELECT i * 7 % 20 + 0.5 AS x, i * 3 % 20 + 0.25 AS y, i % 3 AS w, CASE WHEN i % 10 > 0 THEN i END AS g, 'row ' || i AS name FROM c"
    $script:start = New-GaussianMixture -Weight 0.5, 0.5 -Mean 5, 15 -Covariance 9, 9 -Property x
}

Describe 'Invoke-EmFit -Connection' {
    BeforeEach {
        $script:connection = New-Database $table
    }

    AfterEach {
        $connection.Dispose()
    }

    It 'says with -Verbose that rows would fit into memory, where they are many and may' {
        $many = New-Database 'CREATE TABLE t AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 20001) SELECT i * 7 % 20 + 0.5 AS x, i * 3 % 20 AS y FROM c'
        $given = @{ Connection = $many; Table = 't'; Property = 'x', 'y'; ComponentCount = 1; Verbose = $true; WarningAction = 'Ignore' }
        $said = '*20001 rows would take 0.32 MB and fit into memory*-Path*'
        Invoke-EmFit @given 4>&1 | Where-Object { "$_" -like $said } | Should -HaveCount 1
        Invoke-EmFit @given -MemoryLimit 320015 4>&1 | Where-Object { "$_" -like $said } | Should -HaveCount 0
        $many.Dispose()
        Invoke-EmFit -Connection $connection -Table t -Property x -ComponentCount 1 -Verbose 4>&1 | Where-Object { "$_" -like '*fit into memory*' } | Should -HaveCount 0
    }

    It 'fits components of t as to the same rows here' {
        $command = $connection.CreateCommand()
        $command.CommandText = 'SELECT x, y, w FROM t'
        $reader = $command.ExecuteReader()
        $rows = while ($reader.Read()) { [pscustomobject]@{ x = $reader.GetDouble(0); y = $reader.GetDouble(1); w = $reader.GetInt64(2) } }
        $reader.Dispose()
        $given = @{ Property = 'x', 'y'; WeightProperty = 'w'; Tail = 'Student'; Tolerance = 1e-10; WarningAction = 'Ignore'
            InitialModel = New-GaussianMixture -Weight 0.5, 0.5 -Mean @(5, 5), @(15, 10) -Covariance @(9, 0, 0, 9), @(9, 0, 0, 9) -Property x, y }
        $there = Invoke-EmFit -Connection $connection -Table t @given
        $here = $rows | Invoke-EmFit @given
        $there.Mixture.Tail | Should -Be 'Student'
        Assert-Close $there.LogLikelihood $here.LogLikelihood 1e-6
        Assert-Close $there.Mixture.Components[0].Mean[0] $here.Mixture.Components[0].Mean[0] 1e-3
        Assert-Close (Measure-MixtureLikelihood $there -Connection $connection -Table t -WeightProperty w).LogLikelihood $there.LogLikelihood 1e-6
    }

    It 'leaves out columns of one value that nobody asked for' {
        $connection.Dispose()
        $script:connection = New-Database "$table; CREATE TABLE s (x REAL, y REAL, one INTEGER, five INTEGER); INSERT INTO s SELECT x, y, 3 AS one, 5 AS five FROM t"
        $fit = Invoke-EmFit -Connection $connection -Table s -ComponentCount 1 -WarningVariable told -WarningAction SilentlyContinue
        $fit.Property | Should -Be 'x', 'y'
        $fit.RowCount | Should -Be 30
        "$told" | Should -BeLike '*left out: one, five (the same number in every row)*'
        { Invoke-EmFit x, one -Connection $connection -Table s -ComponentCount 1 } | Should -Throw -ErrorId 'ConstantColumn,*'
    }

    It 'fits a table as its rows are fitted' {
        $fit = Invoke-EmFit -Connection $connection -Table t -InitialModel $start
        $expected = 1..30 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 20 + 0.5 } } | Invoke-EmFit x -InitialModel $start
        $fit.RowCount | Should -Be 30
        Assert-Close $fit.LogLikelihood $expected.LogLikelihood 1e-9
        $fit.IterationCount | Should -Be $expected.IterationCount
    }

    It 'fits noise as well' {
        $fit = Invoke-EmFit x -Connection $connection -Table t -ComponentCount 1 -Noise -NoiseVolume 40
        $expected = 1..30 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 20 + 0.5 } } | Invoke-EmFit x -ComponentCount 1 -Noise -NoiseVolume 40
        Assert-Close $fit.LogLikelihood $expected.LogLikelihood 1e-6
        $fit.Mixture.Noise.Volume | Should -Be $expected.Mixture.Noise.Volume
        Assert-Close (Measure-MixtureLikelihood $fit -Connection $connection -Table t).LogLikelihood $fit.LogLikelihood 1e-9
    }

    It 'does not trim, since rows are not told from each other there' {
        { Invoke-EmFit x -Connection $connection -Table t -ComponentCount 2 -TrimFraction 0.1 } |
            Should -Throw -ErrorId 'TrimmingNotSupported,*' -ExpectedMessage 'Rows that stay in a database cannot be trimmed: each iteration*-Noise*'
        $fit = 1..30 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 20 + 0.5 } } | Invoke-EmFit x 2 -TrimFraction 0.1
        { Get-MixtureMembership $fit -Connection $connection -Table t } | Should -Throw -ErrorId 'TrimmingNotSupported,*'
        { Measure-MixtureLikelihood $fit -Connection $connection -Table t } | Should -Throw -ErrorId 'TrimmingNotSupported,*'
        @(Find-MixtureOutlier $fit -Connection $connection -Table t -FalseAlarmRate 0.5).Count | Should -BeGreaterThan 0
    }

    It 'keeps parts of a start, and says that labels are not read' {
        $start = Invoke-EmFit x -Connection $connection -Table t -ComponentCount 2
        $kept = Invoke-EmFit x -Connection $connection -Table t -InitialModel $start -Freeze Mean, Covariance
        $kept.Mixture.Components[1].Mean | Should -BeExactly $start.Mixture.Components[1].Mean
        $kept.ParameterCount | Should -Be 1
        { Invoke-EmFit x -Connection $connection -Table t -KnownComponent y } |
            Should -Throw -ErrorId 'KnownComponentNotSupported,*' -ExpectedMessage 'Labels are not read from rows that stay in their database.*'
    }

    It 'takes numeric columns by default, and a query may choose' {
        $other = New-Database "CREATE TABLE t (a REAL, b INTEGER, name TEXT); INSERT INTO t VALUES (1.5, 2, 'c'), (2.5, 9, 'd'), (0.5, 5, 'e'), (4, 7, 'f')"
        try {
            (Invoke-EmFit -Connection $other -Table t -ComponentCount 1).Property | Should -BeExactly 'a', 'b'
            (Invoke-EmFit a 1 -Connection $other -Query 'SELECT a FROM t WHERE b > 2 -- not all').RowCount | Should -Be 3
            (Invoke-EmFit -Connection $other -Table main.t -ComponentCount 1 -ExcludeProperty a).Property | Should -BeExactly 'b'
        }
        finally {
            $other.Dispose()
        }
    }

    It 'knows weights, gaps and searches as elsewhere' {
        $weighted = Invoke-EmFit x 1 -Connection $connection -Table t -WeightProperty w
        $weighted.TotalWeight | Should -Be 30
        $weighted.RowCount | Should -Be 20
        $omitted = Invoke-EmFit x, g 1 -Connection $connection -Table t -MissingValue Omit -WarningAction Ignore
        $omitted.RowCount, $omitted.OmittedRowCount | Should -Be 27, 3
        $null = Assert-Failure { Invoke-EmFit x, g 1 -Connection $connection -Table t } -ErrorId MissingValue -Contains "'g'", '3 of 30'
        @(Invoke-EmFit x, y 1, 2 -CovarianceModel EEI, VVV -Connection $connection -Table t -WarningAction Ignore).Count | Should -Be 4
    }

    It 'names the checkpoint after the last try, and goes on from it' {
        $file = Join-Path $TestDrive 'lost.checkpoint'
        $options = @{ Table = 't'; Dialect = 'Sqlite'; InitialModel = $start; Checkpoint = $file; CheckpointInterval = 0; RetryCount = 0 }
        $flaky = [GmmTools.Database.Tests.Support.FlakyConnection]::new($connection, 8, [int]::MaxValue)
        $null = Assert-Failure { Invoke-EmFit -Connection $flaky @options } -ErrorId QueryFailed -Contains 'The line was cut.', $file
        $fit = Invoke-EmFit -Connection ([GmmTools.Database.Tests.Support.FlakyConnection]::new($connection, [int]::MaxValue, 0)) @options
        $whole = Invoke-EmFit -Connection $connection -Table t -InitialModel $start
        $fit.LogLikelihood | Should -Be $whole.LogLikelihood
        $file | Should -Not -Exist
    }

    It 'tells of tries as warnings' {
        $flaky = [GmmTools.Database.Tests.Support.FlakyConnection]::new($connection, 7, 7)
        $null = Invoke-EmFit -Connection $flaky -Table t -Dialect Sqlite -InitialModel $start -WarningVariable told -WarningAction SilentlyContinue
        $told[0].Message | Should -BeExactly 'A database query failed and is being retried (1 of 5): The line was cut.'
    }

    It 'gives the same numbers in every culture' -Tag Culture {
        $expected = (Invoke-EmFit -Connection $connection -Table t -InitialModel $start).LogLikelihood
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            (Invoke-EmFit -Connection $connection -Table t -InitialModel $start).LogLikelihood | Should -Be $expected
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }
}
