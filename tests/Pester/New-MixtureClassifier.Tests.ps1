BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $iris = Import-Example 'iris.csv'
    $file = Get-ExamplePath 'iris.csv'
}

Describe 'New-MixtureClassifier' {
    It 'learns one component for each class, under the model that BIC chooses' {
        $classifier = $iris | New-MixtureClassifier class
        $classifier | Should -BeOfType GmmTools.Classification.MixtureClassifier
        "$($classifier.Method) $($classifier.CovarianceModel) $($classifier.ComponentCount)" | Should -BeExactly 'Edda VEV 1'
        $classifier.Classes.Name | Should -BeExactly 'setosa', 'versicolor', 'virginica'
        $classifier.Property | Should -BeExactly 'Sepal_Length', 'Sepal_Width', 'Petal_Length', 'Petal_Width'
        # mclust prints the log-likelihood of the rows alone
        [math]::Round($classifier.MarginalLogLikelihood, 4) | Should -Be -187.7097
        $classifier.TrainingError | Should -Be 0.02
        $classifier.ClassProperty | Should -BeExactly 'class'
        $classifier.RowCount | Should -Be 150
        $classifier.Classes[1].Mixture | Should -BeOfType GmmTools.Mixtures.GaussianMixture
    }

    It 'takes the rows in many ways' -ForEach @(
        @{ Call = { New-MixtureClassifier class -Path $file } }
        @{ Call = { New-MixtureClassifier -LiteralPath $file -Class class -Property *_* } }
        @{ Call = { New-MixtureClassifier class -InputObject $iris } }
        @{ Call = { $iris | New-MixtureClassifier -Class { $_.class.ToUpper() } -ThrottleLimit 1 } }
        @{ Call = { $iris | New-MixtureClassifier CLASS -ExcludeProperty none* } }
    ) {
        $expected = $iris | New-MixtureClassifier class
        (& $Call).LogLikelihood | Should -Be $expected.LogLikelihood
    }

    It 'learns a mixture for each class with -ComponentCount' {
        $classifier = $iris | New-MixtureClassifier class -ComponentCount 1, 2 -CovarianceModel EEE, VVV -WarningAction SilentlyContinue
        $classifier.Method | Should -Be 'MclustDA'
        $classifier.Classes.ComponentCount | Should -BeExactly 2, 1, 1
        $alone = $iris | Where-Object class -EQ setosa | Invoke-EmFit *_* -ComponentCount 1, 2 -CovarianceModel EEE, VVV -WarningAction SilentlyContinue | Select-MixtureFit -WarningAction SilentlyContinue
        $classifier.Classes[0].Mixture.Components[0].Mean | Should -BeExactly $alone.Mixture.Components[0].Mean
    }

    It 'takes prior probabilities, which are divided by their sum' {
        $classifier = $iris | New-MixtureClassifier class -CovarianceModel EEE -Prior @{ Setosa = 2; versicolor = '1'; virginica = 1 }
        $classifier.Classes.Prior | Should -BeExactly 0.5, 0.25, 0.25
        $classifier.HasGivenPrior | Should -BeTrue
        { $iris | New-MixtureClassifier class -Prior @{ setosa = 'half' } } | Should -Throw -ErrorId 'InvalidPrior,*'
        { $iris | New-MixtureClassifier class -Prior @{ setosa = 1 } } | Should -Throw "*no prior probability for class 'versicolor'*setosa, versicolor, virginica*" -ErrorId 'InvalidPrior,*'
    }

    It 'takes row weights' {
        $weighted = $iris | Select-Object *, @{ n = 'w'; e = { 2 } } | New-MixtureClassifier class -WeightProperty w -CovarianceModel VVV
        $twice = $iris + $iris | New-MixtureClassifier class -CovarianceModel VVV
        $weighted.Property | Should -HaveCount 4
        [math]::Abs($weighted.LogLikelihood - $twice.LogLikelihood) | Should -BeLessThan 1e-6
    }

    It 'leaves rows without a class out, with one warning that counts them' {
        $some = $iris | Select-Object *
        0, 60, 120 | ForEach-Object { $some[$_].class = '' }
        $classifier = $some | New-MixtureClassifier class -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeExactly "3 of 150 rows were left out because column 'class' is blank: they have no class."
        $classifier.OmittedRowCount | Should -Be 3
        $classifier.RowCount | Should -Be 147
    }

    It 'learns from what rows with missing values have' {
        $some = $iris | Select-Object *
        0, 60, 120 | ForEach-Object { $some[$_].Sepal_Width = '' }
        { $some | New-MixtureClassifier class } | Should -Throw -ErrorId 'MissingValue,*'
        ($some | New-MixtureClassifier class -MissingValue Omit -WarningAction SilentlyContinue).RowCount | Should -Be 147
        ($some | New-MixtureClassifier class -MissingValue Marginalize).RowCount | Should -Be 150
        ($some | New-MixtureClassifier class -MissingValue Marginalize -ComponentCount 1, 2 -CovarianceModel EEE -WarningAction SilentlyContinue).RowCount | Should -Be 150
    }

    It 'names the class that has too few rows, and says what to do' {
        $few = $iris[0..52]
        $record = try { $few | New-MixtureClassifier class -CovarianceModel VVV } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'ClassNotFitted,*'
        "$record" | Should -BeLike "Class 'versicolor' has 3 rows, from which it cannot be learned: *-CovarianceModel EEE*"
        $record.TargetObject | Should -BeExactly 'versicolor'
        ($few | New-MixtureClassifier class -CovarianceModel EEE).ClassCount | Should -Be 2
    }

    It 'is saved and read to the last bit' {
        $json = Join-Path $TestDrive 'classes.json'
        $classifier = $iris | New-MixtureClassifier class -ComponentCount 1, 2 -CovarianceModel EEE, VVI -WarningAction SilentlyContinue
        ($classifier | Export-GaussianMixture $json -PassThru).ClassCount | Should -Be 3
        $read = Import-GaussianMixture $json
        $read | Should -BeOfType GmmTools.Classification.MixtureClassifier
        foreach ($name in 'LogLikelihood', 'MarginalLogLikelihood', 'Bic', 'TrainingError', 'ClassProperty', 'Method', 'CovarianceModel') { $read.$name | Should -Be $classifier.$name }
        $read | Export-GaussianMixture (Join-Path $TestDrive 'again.json')
        Get-Content (Join-Path $TestDrive 'again.json') -Raw | Should -BeExactly (Get-Content $json -Raw)
        (Get-Content $json -Raw | ConvertFrom-Json).mixtures[0].feature_names | Should -HaveCount 4
    }

    It 'is no mixture for the commands that take one' {
        $record = try { $iris | Get-MixtureMembership ($iris | New-MixtureClassifier class) } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'NotAModel,*'
    }
}
