BeforeAll {
    Import-Module (Join-Path $PSScriptRoot ../../GmmTools.psd1)
    $faithful = Join-Path $PSScriptRoot ../../src/Examples/faithful.csv
}

Describe 'Export-GaussianMixture and Import-GaussianMixture' {
    It 'keeps a fit for the next day' {
        $file = Join-Path $TestDrive 'fit.json'
        $fit = Import-Csv $faithful | Invoke-EmFit -ComponentCount 2
        $fit | Export-GaussianMixture -Path $file
        $copy = Get-Item $file | Import-GaussianMixture
        $copy.LogLikelihood | Should -Be $fit.LogLikelihood
        $copy.Converged | Should -BeTrue
        (Compare-GaussianMixture $fit $copy | Measure-Object Deviation -Maximum).Maximum | Should -Be 0
        (Import-Csv $faithful | Measure-MixtureLikelihood $copy).LogLikelihood | Should -Be (Import-Csv $faithful | Measure-MixtureLikelihood $fit).LogLikelihood
    }

    It 'writes what ConvertFrom-Json reads' {
        $file = Join-Path $TestDrive 'mixture.json'
        New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25 -Property latency | Export-GaussianMixture -Path $file
        $json = Get-Content $file -Raw | ConvertFrom-Json
        $json.weights | Should -Be 0.7, 0.3
        $json.feature_names | Should -Be 'latency'
        $json.covariance_type | Should -Be 'full'
    }

    It 'says where a file is wrong' {
        $file = Join-Path $TestDrive 'wrong.json'
        '{ "weights": [1], "means": [[1, 2]], "covariances": [[[1, 0]]], "covariance_type": "full" }' | Set-Content $file
        { Import-GaussianMixture $file } | Should -Throw '*$.covariances`[0`] has 1 items, but there are 2 columns*' -ErrorId 'InvalidMixtureFile,*'
    }
}
