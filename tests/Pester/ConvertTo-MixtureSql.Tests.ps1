BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $model = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10.5 -Covariance 1, 4 -Property latency
}

Describe 'ConvertTo-MixtureSql' {
    It 'takes a mixture to a database as an expression' {
        $sql = $model | ConvertTo-MixtureSql -Dialect PostgreSql
        $sql | Should -BeOfType string
        $sql | Should -Match 'CAST\("latency" AS DOUBLE PRECISION\)'
    }

    It 'knows the dialects that there are, in any case' {
        $dialects = [GmmTools.Connectors.Databases.Dialects.SqlDialects]::All.Name
        $dialects.Count | Should -BeGreaterThan 5
        foreach ($command in 'ConvertTo-MixtureSql', 'Invoke-EmFit -Table t', 'Get-MixtureMembership -Table t') {
            (Get-Completion "$command -Dialect ").CompletionText | Should -BeExactly $dialects
        }

        foreach ($dialect in $dialects) {
            ConvertTo-MixtureSql $model $dialect.ToLowerInvariant() | Should -BeExactly (ConvertTo-MixtureSql $model -Dialect $dialect)
        }
    }

    It 'refuses a dialect that there is not, and says which there are' {
        $record = try { ConvertTo-MixtureSql $model -Dialect Latin } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
        "$record" | Should -BeLike "*no dialect 'Latin'*PostgreSql, *Ansi*"
    }

    It 'gives by default the log density in standard SQL' -Tag Culture {
        $sql = ConvertTo-MixtureSql $model
        $sql | Should -BeOfType string
        $sql | Should -HaveCount 1
        $sql | Should -BeLikeExactly '(SELECT *'
        $sql | Should -BeLikeExactly '*CAST("latency" AS DOUBLE PRECISION)*'
        $sql | Should -BeLikeExactly '*10.5E0*'
    }

    It 'writes numbers the same in every culture' -Tag Culture {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = ''
            $plain = ConvertTo-MixtureSql $model DuckDb
            [cultureinfo]::CurrentCulture = 'de-DE'
            $german = ConvertTo-MixtureSql $model DuckDb
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        $german | Should -BeOfType string
        $german | Should -BeExactly $plain
    }

    It 'gives responsibilities as an expression for each component' {
        $model | ConvertTo-MixtureSql -As Responsibility | Should -HaveCount 2
    }

    It 'makes a query for a table' {
        $sql = ConvertTo-MixtureSql $model SqlServer -As Component, logdensity -Property 'cpu load' -Table dbo.log -Prefix Mix
        $sql | Should -BeOfType string
        $sql.StartsWith('SELECT gt.*, (SELECT ', [StringComparison]::Ordinal) | Should -BeTrue -Because $sql
        $sql.Contains(' AS [MixComponent], (SELECT ', [StringComparison]::Ordinal) | Should -BeTrue -Because $sql
        $sql.Contains('CAST([cpu load] AS FLOAT(53))', [StringComparison]::Ordinal) | Should -BeTrue -Because $sql
        $sql.EndsWith(' AS [MixLogDensity] FROM [dbo].[log] AS gt', [StringComparison]::Ordinal) | Should -BeTrue -Because $sql
    }

    It 'writes a view that an administrator can run' {
        $sql = ConvertTo-MixtureSql $model SqlServer -As Component, Probability -Table dbo.requests -ViewName dbo.clustered
        $sql | Should -Match '^CREATE VIEW \[dbo\]\.\[clustered\] AS SELECT gt\.\*, '
        $sql | Should -Match ' FROM \[dbo\]\.\[requests\] AS gt$'
        ConvertTo-MixtureSql $model -Table log -ViewName scored | Should -MatchExactly '^CREATE VIEW "scored" AS SELECT gt\.\*, '
    }

    It 'takes a copy of a fit' {
        $fit = Get-FaithfulFit
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit, 5))
        $sql = ConvertTo-MixtureSql $copy
        $sql | Should -BeOfType string
        $sql | Should -BeExactly (ConvertTo-MixtureSql $fit)
    }

    It 'asks for the level of outliers' {
        ConvertTo-MixtureSql $model -As Outlier -Level -8 | Should -Match 'THEN 1 WHEN'
    }

    It 'says what does not fit (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'LevelMissing'; Call = { ConvertTo-MixtureSql $model -As Outlier } }
        @{ ErrorId = 'LevelMissing'; Call = { ConvertTo-MixtureSql $model -As Outlier -Level ([double]::NaN) } }
        @{ ErrorId = 'TableMissing'; Call = { ConvertTo-MixtureSql $model -ViewName v } }
        @{ ErrorId = 'ColumnCountMismatch'; Call = { ConvertTo-MixtureSql $model -Property a, b } }
        @{ ErrorId = 'InvalidIdentifier'; Call = { ConvertTo-MixtureSql $model -Table a..b } }
        @{ ErrorId = 'NoModel'; Call = { ConvertTo-MixtureSql $null } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId
    }
}

Describe 'ConvertTo-MixtureSql of a classifier' {
    BeforeAll {
        $classifier = Import-Example 'iris.csv' | New-MixtureClassifier class Petal_Length, Petal_Width -CovarianceModel EEE
    }

    It 'gives by default the most probable class as text' {
        $sql = $classifier | ConvertTo-MixtureSql
        $sql | Should -HaveCount 1
        $sql | Should -BeLike "*THEN 'setosa'*THEN 'versicolor'*THEN 'virginica'*"
    }

    It 'gives the probabilities of all classes, and a query with their columns' {
        ConvertTo-MixtureSql $classifier Sqlite -As Responsibility | Should -HaveCount 3
        $query = ConvertTo-MixtureSql $classifier Sqlite -As Class, Probability, Responsibility, LogDensity -Table iris -Prefix p
        foreach ($name in 'pClass', 'pProbability', 'pProbability_virginica', 'pLogDensity') { $query.Contains("AS `"$name`"") | Should -BeTrue -Because $name }
    }

    It 'refuses what classifiers, and mixtures, do not have' {
        { ConvertTo-MixtureSql $classifier -As Component } | Should -Throw -ErrorId 'SqlColumnNotSupported,*'
        { ConvertTo-MixtureSql $classifier -As Outlier -Level 1 } | Should -Throw -ErrorId 'SqlColumnNotSupported,*'
        { ConvertTo-MixtureSql $model -As Class } | Should -Throw -ErrorId 'SqlColumnNotSupported,*'
    }
}
