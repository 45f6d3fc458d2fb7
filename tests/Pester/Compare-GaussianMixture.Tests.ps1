BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'Compare-GaussianMixture' {
    It 'sets an estimate against the truth in one line' {
        $truth = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10 -Covariance 1, 4
        $fit = $truth | New-GaussianMixtureSample -Count 20000 -Seed 1 | Invoke-EmFit -ComponentCount 2
        $rows = Compare-GaussianMixture -ReferenceModel $truth -DifferenceModel $fit
        $rows | Should -HaveCount 6
        $rows | ForEach-Object { [math]::Abs($_.Deviation) | Should -BeLessThan 0.2 }
        $rows.Reference | Should -Be 0.7, 0, 1, 0.3, 10, 4
    }

    It 'is printed as a table per pair' {
        $truth = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10 -Covariance 1, 4
        $text = Compare-GaussianMixture $truth $truth | Out-String -Width 100
        $text | Should -Match 'Components: 2 and 2'
        $text | Should -Match 'Covariance x1, x1 +4 +4 +0'
    }

    It 'exports to a file' {
        $truth = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10 -Covariance 1, 4
        $lines = Compare-GaussianMixture $truth $truth | ConvertTo-Csv -NoTypeInformation
        $lines[0] | Should -Match 'Component.*Parameter.*Reference.*Difference.*Deviation'
    }
}
