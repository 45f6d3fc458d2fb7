BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $plane = New-GaussianMixture -Weight 1 -Mean @(1, 2) -Covariance @(4, 3, 3, 9) -Property a, b
}

Describe 'Get-MixtureMarginal' {
    It 'gives a model like any other' {
        $fit = Get-FaithfulFit
        $eruptions = $fit | Get-MixtureMarginal -Property eruptions
        $eruptions.Components[0].Mean[0] | Should -Be $fit.Mixture.Components[0].Mean[0]
        Import-Example 'faithful.csv' | Get-MixtureMembership $eruptions | Group-Object Component | Should -HaveCount 2
    }

    It 'has the columns asked for: <Call>' -ForEach @(
        @{ Call = { Get-MixtureMarginal $plane b } }
        @{ Call = { $plane | Get-MixtureMarginal -Property B* } }
    ) {
        $marginal = @(& $Call)
        $marginal | Should -HaveCount 1
        $marginal[0].Property | Should -BeExactly 'b'
        $row = @($marginal | Get-MixtureComponent)
        $row | Should -HaveCount 1
        $row[0].Mean_b | Should -Be 2
        $row[0].Covariance_b_b | Should -Be 9
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'UnknownProperty'; Part = "There are no columns 'x', 'y'. The columns are: a, b."; Call = { Get-MixtureMarginal $plane x, y } }
        @{ ErrorId = 'NoModel'; Part = '-Model is empty'; Call = { Get-MixtureMarginal $nothing -Property a } }
        @{ ErrorId = 'ParameterArgumentValidationError'; Part = 'its variable is empty: check its spelling'; Call = { Get-MixtureMarginal $nothing a } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }

    It 'completes the columns of the model' {
        $global:completed = $plane
        try {
            (Get-Completion 'Get-MixtureMarginal $global:completed -Property ').CompletionText | Should -BeExactly 'a', 'b'
        }
        finally {
            Remove-Variable completed -Scope Global
        }
    }
}
