BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:mixture = New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 7
}

Describe 'New-GaussianMixtureSample' {
    It 'streams: the first rows come before the last are drawn' {
        New-GaussianMixtureSample $mixture -Count 2000000000 -Seed 1 | Select-Object -First 3 | Should -HaveCount 3
    }

    It 'draws a million rows in seconds' {
        (Measure-Command { New-GaussianMixtureSample $mixture -Count 1000000 -Seed 1 | Out-Null }).TotalSeconds | Should -BeLessThan 20
    }

    It 'groups by the true component' {
        $groups = New-GaussianMixtureSample $mixture -Count 10000 -Seed 1 -IncludeComponent | Group-Object Component
        $groups | Should -HaveCount 2
        ($groups | Where-Object Name -EQ 1).Count / 10000 | Should -BeGreaterThan ($mixture.Components[0].Weight - 0.02)
    }

    It 'finds the truth again in one line' {
        $fit = New-GaussianMixtureSample $mixture -Count 20000 -Seed 1 | Invoke-EmFit -ComponentCount 2
        Compare-GaussianMixture -ReferenceModel $mixture -DifferenceModel $fit | Measure-Object Distance -Maximum |
            ForEach-Object Maximum | Should -BeLessThan 0.05
    }

    It 'writes <_> files that are read back to the same fit' -ForEach 'csv', 'parquet' {
        $file = Join-Path $TestDrive "sample.$_"
        New-GaussianMixtureSample $mixture -Count 20000 -Seed 1 -Path $file
        $fromFile = Invoke-EmFit -Path $file -ComponentCount 2
        $fromRows = New-GaussianMixtureSample $mixture -Count 20000 -Seed 1 | Invoke-EmFit -ComponentCount 2
        $fromFile.LogLikelihood | Should -Be $fromRows.LogLikelihood
    }

    It 'replaces no file with -NoClobber' {
        $file = Join-Path $TestDrive 'kept.csv'
        Set-Content -LiteralPath $file -Value 'old'
        { New-GaussianMixtureSample $mixture -Count 5 -Path $file -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content -LiteralPath $file | Should -Be 'old'
    }

    It 'wants a model' {
        { New-GaussianMixtureSample -Model $nothing -Count 5 } | Should -Throw -ErrorId 'NoModel,*'
    }
}
