BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $iris = Import-Example 'iris.csv'
    $file = Get-ExamplePath 'iris.csv'
}

Describe 'Measure-MixtureClassifier' {
    It 'gives the figures of rows that were not learned from' {
        $report = $iris | Measure-MixtureClassifier class -CovarianceModel EEE
        "$($report.Method) $($report.ClassCount) $($report.RowCount) $($report.FoldCount) $($report.RepetitionCount)" | Should -BeExactly 'Edda 3 150 10 1'
        $report.Error | Should -BeGreaterOrEqual 0.013
        $report.Error | Should -BeLessOrEqual 0.034
        $report.LogLoss | Should -BeGreaterThan 0
        $report.BrierScore | Should -BeGreaterThan 0
        $report.ErrorStandardError | Should -BeNullOrEmpty
    }

    It 'gives the confusion as flat rows' {
        $report = $iris | Measure-MixtureClassifier class -CovarianceModel EEE -RepetitionCount 2
        $report.Confusion | Should -HaveCount 9
        $wrong = ($report.Confusion | Where-Object { $_.Class -ne $_.Predicted } | Measure-Object Count -Sum).Sum
        [math]::Abs($wrong / 150 - $report.Error) | Should -BeLessThan 1e-12
        $report.Confusion | Export-Csv (Join-Path $TestDrive 'confusion.csv')
        (Import-Csv (Join-Path $TestDrive 'confusion.csv'))[0].psobject.Properties.Name | Should -BeExactly 'Class', 'Predicted', 'Count', 'Share'
    }

    It 'has standard errors over repetitions' {
        $report = $iris | Measure-MixtureClassifier class -CovarianceModel VVV -FoldCount 5 -RepetitionCount 4
        $report.Repetitions | Should -HaveCount 4
        $statistics = $report.Repetitions | Measure-Object LogLoss -Average -StandardDeviation
        [math]::Abs($statistics.Average - $report.LogLoss) | Should -BeLessThan 1e-12
        [math]::Abs($statistics.StandardDeviation / 2 - $report.LogLossStandardError) | Should -BeLessThan 1e-12
    }

    It 'gives the same for the same seed, from files and by any number of threads' {
        $expected = ($iris | Measure-MixtureClassifier class -CovarianceModel EEE, VVV -Seed 3).LogLoss
        (Measure-MixtureClassifier class -Path $file -CovarianceModel EEE, VVV -Seed 3 -ThrottleLimit 1).LogLoss | Should -Be $expected
        (Measure-MixtureClassifier class -LiteralPath $file -CovarianceModel EEE, VVV -Seed 3 -ThrottleLimit 4).LogLoss | Should -Be $expected
        ($iris | Measure-MixtureClassifier class -CovarianceModel EEE, VVV -Seed 4).LogLoss | Should -Not -Be $expected
    }

    It 'learns mixtures of several components, weights and prior probabilities as New-MixtureClassifier does' {
        $report = $iris | Measure-MixtureClassifier class Petal_Length, Petal_Width -ComponentCount 1, 2 -CovarianceModel EEE -FoldCount 3 -Prior @{ setosa = 1; versicolor = 1; virginica = 1 }
        $report.Method | Should -Be 'MclustDA'
        $report.Error | Should -BeLessThan 0.1
    }

    It 'refuses more folds than the smallest class has rows' {
        $record = try { $iris[0..106] | Measure-MixtureClassifier class } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'TooManyFolds,*'
        "$record" | Should -BeLike "Class 'virginica' has 7 rows, fewer than the 10 folds*-FoldCount*"
    }

    It 'leaves rows without a class out, with one warning' {
        $some = $iris | Select-Object *
        $some[0].class = $null
        $report = $some | Measure-MixtureClassifier class -CovarianceModel EEE -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeExactly "1 of 150 rows was left out because column 'class' is blank: it has no class."
        $report.OmittedRowCount | Should -Be 1
    }
}
