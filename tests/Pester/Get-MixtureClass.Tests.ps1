BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $iris = Import-Example 'iris.csv' | Select-Object @{ n = 'species'; e = { $_.class } }, * -ExcludeProperty class
    $file = Join-Path $TestDrive 'flowers.csv'
    $iris | Export-Csv $file
    $classifier = $iris | New-MixtureClassifier species
}

Describe 'Get-MixtureClass' {
    It 'gives each row back with its class and the probabilities of all' {
        $rows = @($iris | Get-MixtureClass $classifier)
        $rows | Should -HaveCount 150
        $rows[0].psobject.Properties.Name | Should -BeExactly species, Sepal_Length, Sepal_Width, Petal_Length, Petal_Width, Class, Probability, Probability_setosa, Probability_versicolor, Probability_virginica
        @($rows | Where-Object { $_.Class -ne $_.species }) | Should -HaveCount 3
        foreach ($row in $rows) {
            $sum = $row.Probability_setosa + $row.Probability_versicolor + $row.Probability_virginica
            [math]::Abs($sum - 1) | Should -BeLessThan 1e-12
            $row.Probability | Should -Be $row."Probability_$($row.Class)"
        }
    }

    It 'gives the same for rows of files, in their order, and takes the classifier in many ways' {
        $json = Join-Path $TestDrive 'classes.json'
        $classifier | Export-GaussianMixture $json
        $expected = @($iris | Get-MixtureClass $classifier).Probability_virginica
        # many rows at a time are added up in another order than one by one
        $many = @(Get-MixtureClass $classifier -Path $file).Probability_virginica
        for ($i = 0; $i -lt 150; $i++) { [math]::Abs($many[$i] - $expected[$i]) | Should -BeLessThan 1e-12 }
        @(Get-MixtureClass $json -LiteralPath $file).Probability_virginica | Should -BeExactly $many
        @($classifier | Get-MixtureClass -Path $file -ThrottleLimit 1).Probability_virginica | Should -BeExactly $many
        @(Get-MixtureClass -Model $classifier -InputObject $iris).Probability_virginica | Should -BeExactly $expected
        @(Get-MixtureClass $classifier -Path $file -IncludeProperty species)[0].species | Should -BeExactly 'setosa'
    }

    It 'uses Bayes'' rule' {
        $flower = [pscustomobject]@{ Sepal_Length = 6; Sepal_Width = 2.7; Petal_Length = 5.1; Petal_Width = 1.6 }
        $given = $flower | Get-MixtureClass $classifier
        $joint = $classifier.Classes | ForEach-Object { $_.Prior * ($flower | Measure-MixtureLikelihood $_.Mixture -PerObservation | ForEach-Object { [math]::Exp($_.LogLikelihood) }) }
        $sum = ($joint | Measure-Object -Sum).Sum
        [math]::Abs($given.Probability_versicolor - ($joint[1] / $sum)) | Should -BeLessThan 1e-12
    }

    It 'says that a row belongs to none of the classes with -FalseAlarmRate' {
        $known = $iris | Where-Object species -NE setosa
        $two = $known | New-MixtureClassifier species
        $rows = @($iris | Get-MixtureClass $two -FalseAlarmRate 0.01)
        @($rows | Where-Object { $_.species -eq 'setosa' -and $null -eq $_.Class }) | Should -HaveCount 50
        @($rows | Where-Object { $_.species -ne 'setosa' -and $null -eq $_.Class }).Count | Should -BeLessOrEqual 4
        $rows[0].NearestClass | Should -BeIn 'versicolor', 'virginica'
        $rows[0].TailProbability | Should -BeLessThan 0.01
        $sure = $rows | Where-Object { $null -ne $_.Class } | Select-Object -First 1
        $sure.TailProbability | Should -BeNullOrEmpty
        $sure.NearestClass | Should -BeExactly $sure.Class
    }

    It 'finds the levels of classes of several components by sampling, the same with the same seed' {
        $mixed = $iris | New-MixtureClassifier species Petal_Length, Petal_Width -ComponentCount 2 -CovarianceModel VVV -WarningAction SilentlyContinue
        $first, $second = 1, 1 | ForEach-Object { @($iris | Get-MixtureClass $mixed -FalseAlarmRate 0.05 -Seed $_ -SampleCount 2000 | Where-Object { $null -eq $_.Class }).Count }
        $first | Should -Be $second
        $first | Should -BeGreaterThan 0
        { $iris | Get-MixtureClass $classifier -FalseAlarmRate 1 } | Should -Throw -ErrorId 'InvalidFalseAlarmRate,*'
    }

    It 'judges rows with missing values by what they have' {
        $row = [pscustomobject]@{ Sepal_Length = $null; Sepal_Width = $null; Petal_Length = 1.4; Petal_Width = $null }
        { $row | Get-MixtureClass $classifier } | Should -Throw -ErrorId 'MissingValue,*'
        $given = $row | Get-MixtureClass $classifier -MissingValue Marginalize -FalseAlarmRate 0.001
        $given.Class | Should -BeExactly 'setosa'
        $given.Probability | Should -BeGreaterThan 0.999
    }

    It 'names the columns differently with -Prefix, and tells a clash' {
        $clash = $iris[0] | Select-Object *, @{ n = 'Class'; e = { 1 } }
        { $clash | Get-MixtureClass $classifier } | Should -Throw -ErrorId 'ColumnNameClash,*'
        ($clash | Get-MixtureClass $classifier -Prefix Given).GivenClass | Should -BeExactly 'setosa'
    }

    It 'refuses what is no classifier' {
        { $iris | Get-MixtureClass ($iris | Invoke-EmFit *_* 2) } | Should -Throw '*New-MixtureClassifier*' -ErrorId 'NotAClassifier,*'
        { $iris | Get-MixtureClass $null } | Should -Throw -ErrorId 'NoModel,*'
        { $iris | Get-MixtureClass @($classifier, $classifier) } | Should -Throw -ErrorId 'SeveralModels,*'
        { $iris | Get-MixtureClass ($iris | Invoke-EmFit *_* 1 -GroupProperty species) } | Should -Throw -ErrorId 'NotAClassifier,*'
    }
}
