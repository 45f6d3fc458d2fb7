BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $log = Import-Example 'latency.csv' | ForEach-Object {
        [pscustomobject]@{
            time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb); affected = $_.affected
        }
    }
    $sound = $log | Where-Object { $_.time -lt '2026-03-02T09' }
    $fit = $sound | Invoke-EmFit -Property latency, size -ComponentCount 3
    $normal = New-GaussianMixture -Weight 1 -Mean @(0, 0) -Covariance @(1, 0, 0, 1) -Property a, b
    $two = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(0, 0), @(9, 0) -Covariance @(1, 0, 0, 1), @(1, 0, 0, 1) -Property a, b
    $line = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
}

Describe 'Find-MixtureOutlier' {
    It 'finds the incident in the log' {
        $outliers = $log | Find-MixtureOutlier $fit
        ($outliers | Where-Object affected -EQ 1).Count | Should -Be ($log | Where-Object affected -EQ 1).Count
        @($outliers | Where-Object affected -EQ 0).Count | Should -BeLessThan 10
        $outliers[0].PSObject.Properties.Name | Should -Contain 'time'
    }

    It 'knows the level of one component from chi square' {
        $level = @(Find-MixtureOutlier -Model $normal -FalseAlarmRate 0.01 -LevelOnly)
        $level | Should -HaveCount 1
        $level.Method | Should -Be 'ChiSquare'
        Assert-Close $level[0].LogDensity ([math]::Log(0.01 / (2 * [math]::PI))) 1e-12
        $level.StandardError | Should -Be 0

        # P(χ² > 9.22) is 0.00995, P(χ² > 9.2) is 0.01005
        $outlier = @(, @(0, [math]::Sqrt(9.2)), @([math]::Sqrt(9.22), 0) | ForEach-Object { , $_ } | Find-MixtureOutlier $normal 0.01)
        $outlier | Should -HaveCount 1
        $outlier[0].PSObject.Properties.Name | Should -BeExactly 'a', 'b', 'Row', 'LogDensity', 'TailProbability', 'Component', 'Distance', 'Contributor'
        $outlier[0].Row | Should -Be 2
        Assert-Close $outlier[0].TailProbability ([math]::Exp(-4.61)) 1e-14
        Assert-Close $outlier[0].Distance ([math]::Sqrt(9.22)) 1e-14
        $outlier[0].Contributor | Should -BeExactly 'a'
    }

    It 'samples the level of several components, and says so' {
        $level = Find-MixtureOutlier $two 0.001 -LevelOnly
        ($two | Find-MixtureOutlier -FalseAlarmRate 0.001 -LevelOnly).LogDensity | Should -Be $level.LogDensity
        $level.Method | Should -Be 'Sampling'
        $level.SampleCount | Should -Be 100000
        $level.StandardError | Should -BeGreaterOrEqual 1e-6
        $level.StandardError | Should -BeLessOrEqual 5e-5
        (Find-MixtureOutlier $two -LevelOnly -ThrottleLimit 1).LogDensity | Should -Be $level.LogDensity
        (Find-MixtureOutlier $two -LevelOnly -Seed 5).LogDensity | Should -Not -Be $level.LogDensity
        $said = @(, @(1, 0) | Find-MixtureOutlier $two -Verbose 4>&1)
        $said | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] } | Should -BeNullOrEmpty
        @($said | Where-Object { $_.Message -clike '*standard error*' }) | Should -Not -BeNullOrEmpty
    }

    It 'names the columns that make a row one, and tells their parts' {
        $outlier = @(, @(9, 7) | Find-MixtureOutlier $two -IncludeContribution -Prefix My)
        $outlier | Should -HaveCount 1
        $outlier[0].MyContributor | Should -BeExactly 'b'
        $outlier[0].MyComponent | Should -Be 2
        $outlier[0].MyDistance | Should -Be 7
        $outlier[0].MyContribution_b | Should -Be 1
        ((, @(-6, 6) | Find-MixtureOutlier $two).Contributor -split ', ' | Sort-Object) -join ', ' | Should -BeExactly 'a, b'
    }

    It 'keeps the rate on sound rows' {
        $level = Find-MixtureOutlier $fit -FalseAlarmRate 0.02 -LevelOnly
        $sample = New-GaussianMixtureSample $fit -Count 20000 -Seed 3
        $alarms = ($sample | Find-MixtureOutlier $fit -FalseAlarmRate 0.02).Count
        [math]::Abs($alarms - 400) | Should -BeLessThan (4 * [math]::Sqrt(400 + [math]::Pow(20000 * $level.StandardError, 2)))
    }

    It 'takes the level from sound rows' -Tag Culture {
        $file = Join-Path $TestDrive 'sound.csv'
        $sound | Export-Csv $file -NoTypeInformation
        $rows = Find-MixtureOutlier $fit -Training $sound -FalseAlarmRate 0.01 -LevelOnly
        $files = Find-MixtureOutlier $fit -Training (Get-Item $file) -FalseAlarmRate 0.01 -LevelOnly -Culture ([cultureinfo]::CurrentCulture)
        $files.LogDensity | Should -Be $rows.LogDensity
    }

    It 'ranks training rows, be they objects or a file' {
        $file = Join-Path $TestDrive 'training.csv'
        [IO.File]::WriteAllLines($file, [string[]](@('a,b') + @(1..99 | ForEach-Object { "$_,0" })))
        $rows = 1..99 | ForEach-Object { [pscustomobject]@{ a = $_; b = 0 } }

        # 99 rows: the least probable but one has rank 2 of 100
        foreach ($training in $rows, $file) {
            $level = @(Find-MixtureOutlier $normal 0.02 -Training $training -LevelOnly)
            $level | Should -HaveCount 1
            $level[0].Method | Should -Be 'Training'
            Assert-Close $level[0].LogDensity (-[math]::Log(2 * [math]::PI) - 98 * 98 / 2) 1e-9
            $outliers = @($rows | Find-MixtureOutlier $normal 0.02 -Training $training)
            $outliers.Row | Should -Be 99
            Assert-Close $outliers[0].TailProbability 0.02 1e-15
        }
    }

    It 'keeps the numbers of the rows of a file' {
        $file = Join-Path $TestDrive 'many.csv'
        $lines = foreach ($i in 1..20000) { $i % 5000 ? "r$i,$($i % 3),0" : "r$i,8,0" }
        [IO.File]::WriteAllLines($file, [string[]](@('t,a,b') + $lines))
        Find-MixtureOutlier $two -Path $file 3>$null | Should -BeNullOrEmpty
        $outliers = Find-MixtureOutlier $normal -Path $file -IncludeProperty t
        $outliers.Row | Should -Be 5000, 10000, 15000, 20000
        $outliers[1].t | Should -BeExactly 'r10000'
    }

    It 'bears many components and extreme scales' {
        $models = @(
            New-GaussianMixture -Random -ComponentCount 500 -Dimension 1 -Seed 1
            New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e-300), @(3e-300) -Covariance 1e-300, 1e-300
            New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e100), @(3e100) -Covariance 1e200, 1e200
        )
        foreach ($model in $models) {
            $outlier = @(-1e300 | Find-MixtureOutlier $model)
            $outlier | Should -HaveCount 1
            $outlier[0].TailProbability | Should -Be 0
            [double]::IsNaN($outlier[0].Distance) | Should -BeFalse
            $outlier[0].Contributor | Should -BeExactly 'x1'
        }
    }

    It 'says what is wrong (<ErrorId>): <Call>' -Tag Culture -ForEach @(
        @{ ErrorId = 'InvalidFalseAlarmRate'; Part = 'above 0 and below 1'; Call = { 1 | Find-MixtureOutlier $line 0 } }
        @{ ErrorId = 'InvalidSampleCount'; Part = 'at least 1000'; Call = { 1 | Find-MixtureOutlier $line -SampleCount 1 } }
        @{
            ErrorId = 'TooFewTrainingRows'; Part = '2 training rows are too few for a rate of 0.001, which takes at least 999'
            Call    = { 1 | Find-MixtureOutlier $line -Training @(1, 2) }
        }
        @{ ErrorId = 'NoRows'; Part = 'There are no rows'; Call = { 1 | Find-MixtureOutlier $line -Training @() } }
        @{ ErrorId = 'UnknownProperty'; Part = "no column 'x1'"; Call = { 1 | Find-MixtureOutlier $line -Training @([pscustomobject]@{ y = 1 }) } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }

    It 'shows small tail probabilities as what they are' {
        $outlier = @(9 | Find-MixtureOutlier $line -IncludeContribution)
        $text = $outlier | Format-Table | Format-Screen -Width 200
        $text -match '[0-9]e-[0-9]+ ' | Should -BeTrue -Because $text
        $outlier[0].TailProbability | Should -BeOfType double
    }
}
