# Rows among which the likelihood has no bound, through the commands: far ones, equal ones, few ones.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $cases = Join-Path $PSScriptRoot '../Shared/Cases'

    function Get-Means($Fit) { ($Fit | Get-MixtureComponent | Sort-Object Mean_x | ForEach-Object { [math]::Round($_.Mean_x) }) -join ' ' }
}

Describe 'A far row' {
    It 'has a component of its own, and the clusters theirs: <Case>' -ForEach @(
        @{ Case = 'sent2'; Means = '0 10 100' }
        @{ Case = 'sent7'; Means = '0 10 10000000' }
    ) {
        $fit = Import-Csv "$cases/$Case.csv" | Invoke-EmFit -ComponentCount 3 -CovarianceModel VVV -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Means $fit | Should -Be $Means
        $fit.LogLikelihood | Should -BeGreaterThan -2106.6 -Because 'scikit-learn reaches that'
        $fit.SpuriousComponents.Component | Should -Be 3
        ($warnings -join ' ') | Should -Match 'Component 3 is spurious'
        $shared = Invoke-EmFit -Path "$cases/$Case.csv" -ComponentCount 3 -CovarianceModel EEE
        [math]::Abs($shared.LogLikelihood + 2114.724) | Should -BeLessThan 0.005
    }

    It 'does not decide what a search selects' {
        $best = Invoke-EmFit -Path "$cases/sent2.csv" -ComponentCount (1..5) -CovarianceModel * -WarningAction SilentlyContinue |
            Select-MixtureFit -WarningAction SilentlyContinue
        "$($best.CovarianceModel),$($best.ComponentCount)" | Should -Be 'EEE,3'
        [math]::Abs($best.Bic - 4270.90) | Should -BeLessThan 0.01
    }

    It 'leads to the same fit alone and in a search' {
        $alone = Invoke-EmFit -Path "$cases/sent2.csv" -ComponentCount 3 -CovarianceModel VVV -WarningAction SilentlyContinue
        $searched = Invoke-EmFit -Path "$cases/sent2.csv" -ComponentCount (1..4) -CovarianceModel EEE, VVV -WarningAction SilentlyContinue |
            Where-Object { $_.ComponentCount -eq 3 -and $_.CovarianceModel -eq 'VVV' }
        [math]::Abs($alone.LogLikelihood - $searched.LogLikelihood) | Should -BeLessThan 0.01
    }
}

Describe 'A value that repeats' {
    It 'is named, and its component read as its share' {
        $fit = Import-Csv "$cases/zeroinfl.csv" | Invoke-EmFit -ComponentCount 3 -CovarianceModel VVV -WarningVariable warnings -WarningAction SilentlyContinue
        Get-Means $fit | Should -Be '0 5 12'
        "$($fit.Atoms.Property) $($fit.Atoms.Value) $([math]::Round($fit.Atoms.Share, 3))" | Should -Be 'x 0 0.3'
        $component = ($fit | Get-MixtureComponent)[$fit.Atoms.Component - 1]
        [math]::Round($component.Weight, 6) | Should -Be 0.3
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match "Column 'x' is 0 in 30.0 % of the rows"
        $fit.Bic | Should -BeGreaterThan (-2 * $fit.LogLikelihood + 1000)
    }

    It 'keeps its component when the start is given' {
        $start = New-GaussianMixture -Weight 0.3, 0.4, 0.3 -Mean 0, 5, 12 -Covariance 1e-4, 1, 4 -Property x
        $fit = Import-Csv "$cases/zeroinfl.csv" | Invoke-EmFit -InitialModel $start -WarningAction SilentlyContinue
        Get-Means $fit | Should -Be '0 5 12'
        $fit.CollapseCount | Should -Be 0
    }

    It 'stays known in a file' {
        $fit = Import-Csv "$cases/zeroinfl.csv" | Invoke-EmFit -ComponentCount 3 -WarningAction SilentlyContinue
        $file = Join-Path $TestDrive 'fit.json'
        $fit | Export-GaussianMixture $file
        $copy = Import-GaussianMixture $file
        "$($copy.Atoms)" | Should -Be "$($fit.Atoms)"
        $copy.BoundedLogLikelihood | Should -Be $fit.BoundedLogLikelihood
        $copy.Bic | Should -Be $fit.Bic
    }
}

Describe 'Ten rows' {
    It 'are one cluster, and no advice goes beyond them' {
        $rows = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property x | New-GaussianMixtureSample -Count 10 -Seed 3
        $best = $rows | Invoke-EmFit -ComponentCount (1..9) -CovarianceModel * -WarningAction SilentlyContinue |
            Select-MixtureFit -WarningVariable warnings -WarningAction SilentlyContinue
        $best.ComponentCount | Should -Be 1
        "$warnings" | Should -Not -Match 'Try more'
    }
}

Describe 'Clusters a long way apart' {
    It 'keep their widths' {
        $fit = Invoke-EmFit -Path "$cases/twolocn.csv" -ComponentCount 2
        [math]::Abs($fit.LogLikelihood - 484.580) | Should -BeLessThan 0.001 -Because 'mclust reaches that'
        $fit.Warnings | Should -BeNullOrEmpty
    }
}

Describe 'Two clusters and a far row in two columns' {
    It 'end no lower than the model with one covariance, and than scikit-learn' {
        $fit = Import-Csv "$cases/out2d.csv" | Invoke-EmFit -ComponentCount 3 -WarningAction SilentlyContinue
        $fit.LogLikelihood | Should -BeGreaterThan -2133.387
        $shared = Import-Csv "$cases/out2d.csv" | Invoke-EmFit -ComponentCount 3 -CovarianceModel EEE
        [math]::Abs($shared.LogLikelihood + 2148.040) | Should -BeLessThan 0.001
        ($fit | Get-MixtureComponent)[2].Mean_x | Should -Be ($shared | Get-MixtureComponent)[2].Mean_x
    }
}

Describe 'One-hot columns' {
    It 'are one component, as mclust has them' {
        $best = Invoke-EmFit -Path "$cases/onehot10.csv" -ComponentCount (1..5) -CovarianceModel * -WarningAction SilentlyContinue |
            Select-MixtureFit -WarningVariable warnings -WarningAction SilentlyContinue
        "$($best.CovarianceModel),$($best.ComponentCount)" | Should -Be 'EEE,1'
        [math]::Abs($best.Bic - 11669.45) | Should -BeLessThan 0.01
        "$warnings" | Should -Not -Match 'Try more'
    }
}

Describe 'Seven rows of five columns' {
    It 'reach the fit of mclust without a floor, and say what their components are with it' {
        $fit = Invoke-EmFit -Path "$cases/seven.csv" -ComponentCount 2 -CovarianceModel EEE -CovarianceFloor 0 -WarningAction SilentlyContinue
        [math]::Abs($fit.LogLikelihood + 39.882) | Should -BeLessThan 0.001
        $own = Invoke-EmFit -Path "$cases/seven.csv" -ComponentCount 2 -WarningVariable warnings -WarningAction SilentlyContinue
        $own.SpuriousComponents | Should -HaveCount 2
        "$warnings" | Should -Match 'spurious'
        $warnings.Count | Should -BeLessOrEqual 5
    }
}

Describe 'Rows with gaps that repeat' {
    It 'are fitted as the same rows with weights' {
        $options = @{ InitialComponent = 'lab'; MissingValue = 'Marginalize'; CovarianceModel = 'EEE'; Prior = $true }
        $repeated = Import-Csv "$cases/gaps-repeated.csv" | Invoke-EmFit @options
        $weighted = Import-Csv "$cases/gaps-weighted.csv" | Invoke-EmFit @options -WeightProperty w
        [math]::Abs($repeated.LogLikelihood + 2648.79188) | Should -BeLessThan 1e-4
        [math]::Abs($weighted.LogLikelihood - $repeated.LogLikelihood) | Should -BeLessThan 1e-6
    }
}
