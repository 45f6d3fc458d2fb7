BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $rows = Import-Example 'faithful.csv'
    $fit = $rows | Invoke-EmFit -ComponentCount 2

    function New-Folder { (New-Item (Join-Path $TestDrive (New-Guid)) -ItemType Directory).FullName }
}

Describe 'Export-GaussianMixture' {
    It 'writes what ConvertFrom-Json reads' -Tag Culture {
        $file = Join-Path $TestDrive 'mixture.json'
        New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25 -Property latency | Export-GaussianMixture -Path $file
        $json = Get-Content $file -Raw | ConvertFrom-Json
        $json.weights | Should -Be 0.7, 0.3
        $json.feature_names | Should -Be 'latency'
        $json.covariance_type | Should -Be 'full'
    }

    It 'takes the file and the model as <Way>' -ForEach @(
        @{ Way = 'the model from the pipeline, the file by position'; Code = { $fit | Export-GaussianMixture $file } }
        @{ Way = 'both by position'; Code = { Export-GaussianMixture $fit $file } }
        @{ Way = 'a copy and a file by position'; Code = { Export-GaussianMixture $copy $file } }
        @{ Way = 'the model by position'; Code = { Export-GaussianMixture $fit -Path $file } }
        @{ Way = 'the file by position'; Code = { Export-GaussianMixture -Model $fit $file } }
        @{ Way = 'both by name'; Code = { Export-GaussianMixture -Model $fit -Path $file } }
    ) {
        $file = Join-Path (New-Folder) 'fit.json'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit))
        & $Code
        Assert-SameMixture $fit (Import-GaussianMixture $file)
    }

    It 'says of no model that it is none, by position and by pipeline' {
        $file = Join-Path $TestDrive 'nothing.json'
        Assert-Failure { Export-GaussianMixture $null $file } -ErrorId NoModel
        Assert-Failure { $null | Export-GaussianMixture $file } -ErrorId NoModel
        $file | Should -Not -Exist
    }

    It 'saves a copy of a job as its mixture' {
        $file = Join-Path $TestDrive 'copy.json'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit))
        $copy | Export-GaussianMixture -Path $file
        $read = @(Import-GaussianMixture $file)
        $read | Should -HaveCount 1
        Assert-SameMixture $fit $read[0]
    }

    It 'gives the model on with -PassThru, and writes nothing with -WhatIf' {
        $file = Join-Path $TestDrive 'passed.json'
        Export-GaussianMixture $fit $file -PassThru -WhatIf | Should -BeNullOrEmpty
        $file | Should -Not -Exist
        $passed = @(Export-GaussianMixture $fit $file -PassThru)
        $passed | Should -HaveCount 1
        [object]::ReferenceEquals($passed[0].PSObject.BaseObject, $fit.PSObject.BaseObject) | Should -BeTrue
    }

    It 'replaces files unless that is refused, or they are read-only' {
        $folder = New-Folder
        $file = Join-Path $folder 'model.json'
        [IO.File]::WriteAllText($file, 'before')
        Assert-Failure { Export-GaussianMixture $fit $file -NoClobber } -ErrorId FileExists
        [IO.File]::SetAttributes($file, 'ReadOnly')
        Assert-Failure { Export-GaussianMixture $fit $file } -ErrorId FileReadOnly
        [IO.File]::ReadAllText($file) | Should -BeExactly 'before'
        Export-GaussianMixture $fit $file -Force
        [IO.File]::ReadAllText($file).StartsWith('{') | Should -BeTrue
        [IO.Directory]::GetFiles($folder) | Should -BeExactly $file
    }

    It 'does not put several models into one file' {
        Assert-Failure { $fit, $fit | Export-GaussianMixture -Path (Join-Path $TestDrive 'several.json') } -ErrorId SeveralModels
    }

    It 'says that a folder is not there' {
        Assert-Failure { Export-GaussianMixture $fit (Join-Path $TestDrive 'nowhere/none.json') } -ErrorId PathNotFound
    }
}
