BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $iris = Get-ExamplePath 'iris.csv'
    $fit = Get-FaithfulFit
    $plane = New-GaussianMixture -Weight 1 -Mean @(1, 2) -Covariance @(4, 3, 3, 9) -Property a, b
}

Describe 'Get-MixtureConditional -Given' {
    It 'tells how long the wait will be after an eruption' {
        $short = Get-MixtureConditional $fit -Given @{ eruptions = 2 }
        $long = Get-MixtureConditional $fit -Given @{ eruptions = 4.5 }
        $short.Components[0].Mean[0] | Should -BeLessThan 60
        $long.Components[0].Mean[0] | Should -BeGreaterThan 75
    }

    It 'has the columns that are left: <Call>' -Tag Culture -ForEach @(
        @{ Call = { Get-MixtureConditional $plane @{ A = 3 } } }
        @{ Call = { $plane | Get-MixtureConditional -Given @{ a = '3' } } }
        @{ Call = { Get-MixtureConditional -Model $plane -Given ([pscustomobject]@{ a = 3.0 }) } }
    ) {
        $row = @(& $Call | Get-MixtureComponent)
        $row | Should -HaveCount 1
        $row[0].PSObject.Properties.Name | Should -BeExactly 'Component', 'Weight', 'Mean_b', 'Covariance_b_b'
        Assert-Close $row[0].Mean_b 3.5 1e-14
        Assert-Close $row[0].Covariance_b_b 6.75 1e-14
    }
}

Describe 'Get-MixtureConditional -Predict' {
    It 'predicts rows, and its errors hold' {
        $predicted = Import-Example 'faithful.csv' | Get-MixtureConditional $fit -Predict waiting
        $predicted | Should -HaveCount 272
        $within = $predicted | Where-Object { [math]::Abs([double]$_.waiting - $_.Predicted_waiting) -lt 2 * $_.StandardError_waiting }
        $within.Count / 272 | Should -BeGreaterThan 0.9
    }

    It 'tells the error of each prediction' {
        $rows = 3, -1 | Get-MixtureConditional $plane -Predict b
        $rows[0].PSObject.Properties.Name | Should -BeExactly 'a', 'Predicted_b', 'StandardError_b'
        Assert-Close $rows[0].Predicted_b 3.5 1e-14
        Assert-Close $rows[1].Predicted_b 0.5 1e-14
        foreach ($row in $rows) { Assert-Close $row.StandardError_b ([math]::Sqrt(6.75)) 1e-14 }
    }

    It 'predicts several columns at once from some of the others' {
        $flowers = Invoke-EmFit -Path $iris -ComponentCount 2
        $rows = Get-MixtureConditional $flowers -Predict Petal* -Property Sepal_Length -Path $iris -IncludeProperty class
        $rows | Should -HaveCount 150
        $rows[0].PSObject.Properties.Name | Sort-Object -CaseSensitive | Should -BeExactly (
            'Predicted_Petal_Length', 'Predicted_Petal_Width', 'Sepal_Length', 'StandardError_Petal_Length', 'StandardError_Petal_Width', 'class' |
                Sort-Object -CaseSensitive)
    }
}

Describe 'Get-MixtureConditional' {
    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'UnknownProperty'; Part = "There is no column 'aa'. Did you mean 'a'?"; Call = { Get-MixtureConditional $plane @{ aa = 1 } } }
        @{ ErrorId = 'UnknownProperty'; Part = "There is no column 'y'"; Call = { 1 | Get-MixtureConditional $plane -Predict y } }
        @{ ErrorId = 'NothingLeft'; Part = 'Leave out the columns whose distribution is wanted'; Call = { Get-MixtureConditional $plane @{ a = 1; b = 2 } } }
        @{ ErrorId = 'NothingGiven'; Part = '-Given names no columns'; Call = { Get-MixtureConditional $plane @{} } }
        @{ ErrorId = 'NothingGiven'; Part = '-Given names no columns'; Call = { Get-MixtureConditional $plane $null } }
        @{ ErrorId = 'NothingGiven'; Part = 'none is left to predict from'; Call = { 1 | Get-MixtureConditional $plane -Predict * } }
        @{ ErrorId = 'GivenNotNumeric'; Part = "-Given sets 'a' to 'x', which is not a finite number"; Call = { Get-MixtureConditional $plane @{ a = 'x' } } }
        @{ ErrorId = 'GivenNotNumeric'; Part = 'not a finite number'; Call = { Get-MixtureConditional $plane @{ a = [double]::NaN } } }
        @{ ErrorId = 'NoModel'; Part = '-Model is empty'; Call = { Get-MixtureConditional $nothing @{ a = 1 } } }
        @{ ErrorId = 'NotAModel'; Part = '-Model takes a mixture or a fit'; Call = { Get-MixtureConditional 3 @{ a = 1 } } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }

    It 'completes the columns of the model' {
        $global:completed = $plane
        try {
            (Get-Completion 'Get-MixtureConditional -Model $global:completed -Predict ').CompletionText | Should -BeExactly 'a', 'b'
        }
        finally {
            Remove-Variable completed -Scope Global
        }
    }
}
