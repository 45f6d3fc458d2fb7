BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $truth = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10 -Covariance 1, 4
    $normal = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1
}

Describe 'Compare-GaussianMixture' {
    It 'sets an estimate against the truth in one line' {
        $fit = $truth | New-GaussianMixtureSample -Count 20000 -Seed 1 | Invoke-EmFit -ComponentCount 2
        $rows = Compare-GaussianMixture -ReferenceModel $truth -DifferenceModel $fit
        $rows | Should -HaveCount 6
        $rows | ForEach-Object { [math]::Abs($_.Deviation) | Should -BeLessThan 0.2 }
        $rows.Reference | Should -Be 0.7, 0, 1, 0.3, 10, 4
    }

    It 'sets parameters side by side with their differences' {
        $a = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(1, 2), @(8, 9) -Covariance @(1, 0, 0, 1), @(2, 0, 0, 2)
        $b = New-GaussianMixture -Weight 0.45, 0.55 -Mean @(1.25, 2), @(8, 9) -Covariance @(1, 0, 0, 1), @(2, 0.5, 0.5, 2)
        $rows = Compare-GaussianMixture -ReferenceModel $a -DifferenceModel $b
        $rows | Should -HaveCount 12
        $rows[0..5].Parameter | Should -BeExactly 'Weight', 'Mean x1', 'Mean x2', 'Covariance x1, x1', 'Covariance x1, x2', 'Covariance x2, x2'

        # the first component of the reference is the second of the other: by place, not by weight
        $rows[0].Component | Should -Be 1
        $rows[0].DifferenceComponent | Should -Be 2
        $rows[0].Reference | Should -Be 0.6
        $rows[0].Difference | Should -Be 0.45
        Assert-Close $rows[0].Deviation -0.15 1e-12
        $rows[1].Deviation | Should -Be 0.25
        $rows[10].Deviation | Should -Be 0.5
        $rows[0].Distance | Should -BeGreaterOrEqual 0.01
        $rows[0].Distance | Should -BeLessOrEqual 0.3
    }

    It 'puts components without a match last, with nothing beside them' {
        $a = New-GaussianMixture -Weight 0.6, 0.4 -Mean 1, 8 -Covariance 1, 1
        $b = New-GaussianMixture -Weight 0.5, 0.3, 0.2 -Mean 8, 1, 90 -Covariance 1, 1, 1
        $more = (Compare-GaussianMixture $a $b)[6]
        $fewer = (Compare-GaussianMixture $b $a)[6]
        $more.Component | Should -Be $null
        $more.DifferenceComponent | Should -Be 3
        $more.Reference | Should -Be $null
        $more.Deviation | Should -Be $null
        $more.Distance | Should -Be $null
        $more.Difference | Should -Be 0.2
        $fewer.DifferenceComponent | Should -Be $null
        $fewer.Reference | Should -Be 0.2
        foreach ($name in 'Component', 'Reference', 'Deviation', 'Distance', 'DifferenceComponent') { $more.PSObject.Properties.Name | Should -Contain $name }
    }

    It 'finds columns by name in any order' {
        $a = New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance @(1, 0.5), @(0.5, 4) -Property x, y
        $b = New-GaussianMixture -Weight 1 -Mean 2, 1 -Covariance @(4, 0.5), @(0.5, 1) -Property Y, X
        $rows = Compare-GaussianMixture $a $b
        $rows | Should -Not -BeNullOrEmpty
        $rows | Where-Object Deviation -NE 0 | Should -BeNullOrEmpty
    }

    It 'compares columns of other names in order, with a warning' {
        $size = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property size
        $normal | Compare-GaussianMixture $size -WarningVariable said 3>$null | Should -HaveCount 3
        $said | Should -HaveCount 1
        $said[0].Message.Contains('size with x1', [StringComparison]::Ordinal) | Should -BeTrue -Because $said[0].Message
    }

    It 'is printed as a table per pair' -Tag Culture {
        $text = Compare-GaussianMixture $truth $truth | Out-String -Width 100
        $text | Should -Match 'Components: 2 and 2'
        $text | Should -Match 'Covariance x1, x1 +4 +4 +0'
    }

    It 'exports to a file' {
        $lines = Compare-GaussianMixture $truth $truth | ConvertTo-Csv -NoTypeInformation
        $lines[0] | Should -Match 'Component.*Parameter.*Reference.*Difference.*Deviation'
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Part = '-ReferenceModel'; Call = { Compare-GaussianMixture $null $normal } }
        @{ ErrorId = 'NoModel'; Part = '-DifferenceModel'; Call = { Compare-GaussianMixture $normal $null } }
        @{
            ErrorId = 'DimensionMismatch'; Part = '1 column,'
            Call    = { Compare-GaussianMixture $normal (New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1) }
        }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}

Describe 'Compare-GaussianMixture -Divergence' {
    It 'gives one object' {
        $a = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
        $b = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1
        $divergence = @(Compare-GaussianMixture $a $b -Divergence)
        $divergence | Should -HaveCount 1
        Assert-Close $divergence[0].KullbackLeiblerUpper 0.5 1e-12
        Assert-Close $divergence[0].KullbackLeibler 0.5 (5 * $divergence[0].KullbackLeiblerError)
        Assert-Close (Compare-GaussianMixture $a $b)[0].Wasserstein 1 1e-12
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'InvalidSampleCount'; Part = 'at least 1000'; Call = { Compare-GaussianMixture $normal $normal -Divergence -SampleCount 5 } }
        @{
            ErrorId = 'DimensionMismatch'; Part = 'Compare mixtures of the same columns'
            Call    = { Compare-GaussianMixture $normal (New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1) -Divergence }
        }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}
