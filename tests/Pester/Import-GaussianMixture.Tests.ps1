BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $rows = Import-Example 'faithful.csv'
    $fit = $rows | Invoke-EmFit -ComponentCount 2
    $file = Join-Path $TestDrive 'model.json'
}

Describe 'Import-GaussianMixture' {
    It 'gives back what went into a file: <Call>' -Tag Culture -ForEach @(
        @{ Type = 'GmmTools.Estimation.EmFit'; Call = { $rows | Invoke-EmFit -ComponentCount 2 } }
        @{ Type = 'GmmTools.Mixtures.GaussianMixture'; Call = { New-GaussianMixture -Random -ComponentCount 500 -Dimension 1 -Seed 1 } }
        @{ Type = 'GmmTools.Mixtures.GaussianMixture'; Call = { New-GaussianMixture -Weight 1 -Mean 1e200 -Covariance 1e-200 } }
        @{ Type = 'GmmTools.Mixtures.GaussianMixture'; Call = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0.5, 0.5, 1 } }
    ) {
        $model = & $Call
        $model | Export-GaussianMixture -Path $file | Should -BeNullOrEmpty
        $copy = @(Import-GaussianMixture $file)
        $copy | Should -HaveCount 1
        $copy[0].PSObject.TypeNames[0] | Should -BeExactly $Type
        Assert-SameMixture $model $copy[0]
    }

    It 'gives a fit that is as good as the one saved' -Tag Culture {
        Export-GaussianMixture $fit $file
        $copy = @(Import-GaussianMixture -LiteralPath $file)
        $copy | Should -HaveCount 1
        foreach ($property in 'LogLikelihood', 'Bic', 'Icl', 'RowCount', 'IterationCount', 'StopReason', 'BestStartCount', 'ReadRowCount') {
            $copy[0].PSObject.Properties.Name | Should -Contain $property
            $copy[0].$property | Should -Be $fit.$property
        }
        $copy[0].Converged | Should -BeTrue
        ($rows | Measure-MixtureLikelihood $copy[0]).LogLikelihood | Should -Be ($rows | Measure-MixtureLikelihood $fit).LogLikelihood
    }

    It 'takes files from the pipeline' {
        $fit | Export-GaussianMixture -Path $file
        (Get-Item $file | Import-GaussianMixture).LogLikelihood | Should -Be $fit.LogLikelihood
    }

    It 'reads several files in order' {
        foreach ($k in 1..3) { New-GaussianMixture -Random -ComponentCount $k -Dimension 1 -Seed 1 | Export-GaussianMixture -Path (Join-Path $TestDrive "m$k.json") }
        Import-GaussianMixture (Join-Path $TestDrive 'm?.json') | ForEach-Object ComponentCount | Should -Be 1, 2, 3
    }

    It 'tells with file and place what is wrong with a file' {
        $wrong = Join-Path $TestDrive 'wrong.json'
        [IO.File]::WriteAllText($wrong, '{"weights":[1],"means":[[0]],"covariances":[[-1]],"covariance_type":"diag"}')
        Assert-Failure { Import-GaussianMixture $wrong } -ErrorId CovarianceNotPositiveDefinite -Contains $wrong
        [IO.File]::WriteAllText($wrong, '{"weights":[1],"means":[[0]],"covariances":[[[1]]],"covariance_type":"diag"}')
        $failure = Assert-Failure { Import-GaussianMixture $wrong } -ErrorId InvalidMixtureFile -Contains '$.covariances[0][0]'
        $failure.CategoryInfo.Category | Should -Be InvalidData
        [IO.File]::WriteAllText($wrong, '{ "weights": [1], "means": [[1, 2]], "covariances": [[[1, 0]]], "covariance_type": "full" }')
        Assert-Failure { Import-GaussianMixture $wrong } -ErrorId InvalidMixtureFile -Contains '$.covariances[0] has 1 item, but there are 2 columns'
    }

    It 'says that a file is not there' {
        { Import-GaussianMixture (Join-Path $TestDrive 'none.json') } | Should -Throw -PassThru | ForEach-Object { $_.CategoryInfo.Category } | Should -Be ObjectNotFound
    }
}
