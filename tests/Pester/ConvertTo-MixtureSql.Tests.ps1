BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $model = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10 -Covariance 1, 4 -Property latency
}

Describe 'ConvertTo-MixtureSql' {
    It 'takes a mixture to a database as an expression' {
        $sql = $model | ConvertTo-MixtureSql -Dialect PostgreSql
        $sql | Should -BeOfType string
        $sql | Should -Match 'CAST\("latency" AS DOUBLE PRECISION\)'
    }

    It 'writes a view that an administrator can run' {
        $sql = ConvertTo-MixtureSql $model SqlServer -As Component, Probability -Table dbo.requests -ViewName dbo.clustered
        $sql | Should -Match '^CREATE VIEW \[dbo\]\.\[clustered\] AS SELECT gt\.\*, '
        $sql | Should -Match ' FROM \[dbo\]\.\[requests\] AS gt$'
    }

    It 'asks for the level of outliers' {
        { ConvertTo-MixtureSql $model -As Outlier } | Should -Throw -ErrorId 'LevelMissing*'
        ConvertTo-MixtureSql $model -As Outlier -Level -8 | Should -Match 'THEN 1 WHEN'
    }
}
