BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $hasParquet = (Get-TestedEngine) -eq 'net10.0'
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $random = New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 7
    $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(0, 0), @(50, 50) -Covariance @(1, 0, 0, 1), @(4, 0, 0, 4)
    $rows = New-GaussianMixtureSample $mixture 5000 -Seed 1
}

Describe 'New-GaussianMixtureSample' {
    It 'gives rows with the columns of the mixture' {
        $rows | Should -HaveCount 5000
        $columns = foreach ($row in $rows) { $row.PSObject.Properties.Name -join ' ' }
        $columns | Select-Object -Unique | Should -BeExactly 'x1 x2'
        $share = @($rows | Where-Object x1 -GT 25).Count / 5000
        $share | Should -BeGreaterOrEqual 0.27
        $share | Should -BeLessOrEqual 0.33
    }

    It 'streams: the first rows come before the last are drawn' {
        New-GaussianMixtureSample $random -Count 2000000000 -Seed 1 | Select-Object -First 3 | Should -HaveCount 3
    }

    It 'names columns and adds the component when asked to' {
        $named = $mixture | New-GaussianMixtureSample -Count 100 -Seed 1 -Property a, b -IncludeComponent
        $named | Should -HaveCount 100
        $columns = foreach ($row in $named) { $row.PSObject.Properties.Name -join ' ' }
        $columns | Select-Object -Unique | Should -BeExactly 'a b Component'
        $named | Where-Object { $_.Component -ne ($_.a -gt 25 ? 2 : 1) } | Should -BeNullOrEmpty
    }

    It 'groups by the true component' {
        $groups = New-GaussianMixtureSample $random -Count 10000 -Seed 1 -IncludeComponent | Group-Object Component
        $groups | Should -HaveCount 2
        ($groups | Where-Object Name -EQ 1).Count / 10000 | Should -BeGreaterThan ($random.Components[0].Weight - 0.02)
    }

    It 'finds the truth again in one line' {
        $fit = New-GaussianMixtureSample $random -Count 20000 -Seed 1 | Invoke-EmFit -ComponentCount 2
        Compare-GaussianMixture -ReferenceModel $random -DifferenceModel $fit | Measure-Object Distance -Maximum |
            ForEach-Object Maximum | Should -BeLessThan 0.05
    }

    It 'gives a matrix of the same numbers' {
        $matrix = New-GaussianMixtureSample $mixture 5000 -Seed 1 -AsMatrix
        , $matrix | Should -BeOfType 'double[,]'
        $matrix.GetLength(0) | Should -Be 5000
        $different = 0
        for ($i = 0; $i -lt 5000; $i++) { if ($matrix[$i, 0] -ne $rows[$i].x1 -or $matrix[$i, 1] -ne $rows[$i].x2) { $different++ } }
        $different | Should -Be 0
    }

    It 'sends a matrix through a pipe whole' {
        $fit = @(New-GaussianMixtureSample $mixture 1000 -Seed 1 -AsMatrix | Invoke-EmFit -ComponentCount 2)
        $fit | Should -HaveCount 1
        $fit[0].RowCount | Should -Be 1000
    }

    It 'draws others without a seed, and -Verbose tells the seed' {
        $output = 1..2 | ForEach-Object { New-GaussianMixtureSample $mixture 1 -Verbose } 4>&1
        $said, $drawn = $output.Where({ $_ -is [Management.Automation.VerboseRecord] }, 'Split')
        $said | Should -HaveCount 2
        $drawn[0].x1 | Should -Not -Be $drawn[1].x1
    }

    It 'draws from a fit' {
        $row = @(Get-FaithfulFit | New-GaussianMixtureSample -Count 1 -Seed 3)
        $row | Should -HaveCount 1
        $row[0].PSObject.Properties.Name | Should -BeExactly 'eruptions', 'waiting'
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Part = 'New-GaussianMixture'; Call = { New-GaussianMixtureSample -Model $nothing -Count 1 } }
        @{ ErrorId = 'NoModel'; Part = 'New-GaussianMixture'; Call = { $nothing | New-GaussianMixtureSample -Count 1 } }
        @{ ErrorId = 'NoModel'; Part = 'New-GaussianMixture'; Call = { New-GaussianMixtureSample -Model @() -Count 1 } }
        @{ ErrorId = 'NotAModel'; Part = 'System.String'; Call = { New-GaussianMixtureSample -Model 'm' -Count 1 } }
        @{ ErrorId = 'SeveralModels'; Part = 'Choose one'; Call = { New-GaussianMixtureSample -Model @($mixture, $mixture) -Count 1 } }
        @{ ErrorId = 'PropertyCountMismatch'; Part = '2 columns'; Call = { New-GaussianMixtureSample $mixture 1 -Property a } }
        @{ ErrorId = 'ColumnNameClash'; Part = '-Property'; Call = { New-GaussianMixtureSample $mixture 1 -Property a, Component -IncludeComponent } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }

    It 'names the command in its errors' {
        $failure = Assert-Failure { New-GaussianMixtureSample -Model $null -Count 1 } -ErrorId NoModel
        $failure.FullyQualifiedErrorId | Should -BeExactly 'NoModel,GmmTools.Commands.NewGaussianMixtureSampleCommand'
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
    }
}

Describe 'New-GaussianMixtureSample -Path' {
    BeforeAll {
        $fromRows = $rows | Invoke-EmFit -ComponentCount 2
    }

    It 'writes the same rows to a file' -Tag Culture {
        $file = Join-Path $TestDrive 'sample.csv'
        New-GaussianMixtureSample $mixture 5000 -Seed 1 -Path $file
        (Invoke-EmFit -Path $file -ComponentCount 2).LogLikelihood | Should -Be $fromRows.LogLikelihood
        $lines = [IO.File]::ReadAllLines($file)
        $lines[0] | Should -BeExactly 'x1,x2'
        $lines | Should -HaveCount 5001
    }

    It 'replaces files unless that is refused, or they are read-only' {
        $file = Join-Path $TestDrive 'kept.csv'
        [IO.File]::WriteAllText($file, 'old')
        New-GaussianMixtureSample $mixture 5 -Seed 1 -Path $file -WhatIf
        [IO.File]::ReadAllText($file) | Should -BeExactly 'old'
        Assert-Failure { New-GaussianMixtureSample $mixture 5 -Seed 1 -Path $file -NoClobber } -ErrorId FileExists -Contains '-NoClobber'
        [IO.File]::SetAttributes($file, 'ReadOnly')
        Assert-Failure { New-GaussianMixtureSample $mixture 5 -Seed 1 -Path $file } -ErrorId FileReadOnly -Contains '-Force'
        [IO.File]::ReadAllText($file) | Should -BeExactly 'old'
        New-GaussianMixtureSample $mixture 5 -Seed 1 -Path $file -Force -IncludeComponent
        [IO.File]::ReadAllLines($file)[0] | Should -BeExactly 'x1,x2,Component'
    }

    It 'leaves nothing of a file when the writing is stopped' {
        $folder = (New-Item (Join-Path $TestDrive 'stopped') -ItemType Directory).FullName
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest, $mixture, $file) Import-Module $manifest; New-GaussianMixtureSample $mixture 2000000000 -Seed 1 -Path $file').
                AddParameters(@{ manifest = Get-TestedManifest; mixture = $mixture; file = Join-Path $folder 'sample.csv' })
            $running = $shell.BeginInvoke()
            while (-not $running.IsCompleted -and -not [IO.Directory]::GetFiles($folder)) { Start-Sleep -Milliseconds 20 }
            $shell.Stop()
            $shell.InvocationStateInfo.State | Should -Be Stopped
            [IO.Directory]::GetFiles($folder) | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }

    if ($hasParquet) {
        It 'writes Parquet, which is read again' -Tag FastEngine {
            $file = Join-Path $TestDrive 'sample.parquet'
            New-GaussianMixtureSample $mixture 5000 -Seed 1 -Path $file -IncludeComponent
            (Invoke-EmFit -Path $file -ExcludeProperty comp* -ComponentCount 2).LogLikelihood | Should -Be $fromRows.LogLikelihood
        }
    }
    else {
        It 'says where Parquet can be written and read' {
            $file = Join-Path $TestDrive 'sample.parquet'
            Assert-Failure { New-GaussianMixtureSample $mixture 5000 -Seed 1 -Path $file -IncludeComponent } -ErrorId ParquetNotSupported -Contains 'PowerShell 7.6', 'CSV'
            [IO.File]::WriteAllText($file, 'PAR1')
            Assert-Failure { Invoke-EmFit -Path $file -ComponentCount 2 } -ErrorId ParquetNotSupported -Contains 'PowerShell 7.6', 'CSV'
        }
    }
}
