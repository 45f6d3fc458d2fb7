BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $faithful = Get-ExamplePath 'faithful.csv'
    $iris = Get-ExamplePath 'iris.csv'
    $mixture = New-GaussianMixture -Weight 0.5, 0.3, 0.2 -Mean @(0), @(0.5), @(9) -Covariance 1, 2, 1
    $normal = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
}

Describe 'Merge-MixtureComponent' {
    It 'finds two clusters behind four components' {
        $fit = Invoke-EmFit -Path $faithful -ComponentCount 4 -WarningAction SilentlyContinue
        $steps = Import-Csv $faithful | Merge-MixtureComponent $fit
        $steps | Should -HaveCount 4
        $two = $steps | Where-Object ClusterCount -EQ 2
        $two.Entropy | Should -BeLessThan 5
        $members = Import-Csv $faithful | Get-MixtureMembership $fit
        $members | Group-Object { $two.ClusterOfComponent[$_.Component - 1] } | Sort-Object Count | ForEach-Object Count | Should -Be 97, 175
    }

    It 'combines first what overlaps: <Call>' -ForEach @(
        @{ Call = { 1..40 | ForEach-Object { $_ / 4 } | Merge-MixtureComponent $mixture } }
        @{ Call = { Merge-MixtureComponent -Model $mixture -InputObject (1..40 | ForEach-Object { $_ / 4 }) -Criterion Overlap } }
        @{ Call = { $mixture | Merge-MixtureComponent } }
        @{ Call = { Merge-MixtureComponent $mixture } }
        @{ Call = { 1, 'NA', 9 | Merge-MixtureComponent $mixture -MissingValue Omit 3>$null } }
    ) {
        $steps = & $Call
        $steps.ClusterCount | Should -Be 3, 2, 1
        $steps.Clusters | Should -BeExactly '1, 2, 3', '1+2, 3', '1+2+3'
    }

    It 'reads files for it' {
        $fit = Invoke-EmFit -Path $iris -ComponentCount 4
        $steps = Merge-MixtureComponent $fit -Path $iris
        $steps | Should -HaveCount 4
        $steps[3].MergedRowCount | Should -Be 150
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Part = '-Model is empty'; Call = { 1 | Merge-MixtureComponent $nothing } }
        @{ ErrorId = 'UnknownProperty'; Part = "no column 'x1'"; Call = { [pscustomobject]@{ y = 1 } | Merge-MixtureComponent $normal } }
        @{ ErrorId = 'NoRows'; Part = 'There are no rows'; Call = { @() | Merge-MixtureComponent $normal } }
        @{ ErrorId = 'MissingValue'; Part = 'Row 1'; Call = { @{ x1 = '' } | Merge-MixtureComponent $normal } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}
