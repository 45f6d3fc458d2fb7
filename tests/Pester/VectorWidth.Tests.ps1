# A machine with narrower vectors, which the runtime feigns, comes to the same fit.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    function Get-LogLikelihood([hashtable] $Environment) {
        $child = Invoke-Pwsh -Environment $Environment -Command "
            foreach (`$model in 'VVV', 'EEE', 'VVI', 'VII') {
                `$fit = Import-Csv '$(Get-ExamplePath 'iris.csv')' | Invoke-EmFit -Property Sepal*, Petal* -ComponentCount 3 -CovarianceModel `$model -Seed 1
                `$fit.LogLikelihood.ToString('R', [cultureinfo]::InvariantCulture)
            }"
        $child.ExitCode | Should -Be 0
        $child.Errors | Should -BeExactly ''
        $child.Lines | ForEach-Object { [double] $_ }
    }

    $script:full = @(Get-LogLikelihood @{})
}

Describe 'Vectors' -Tag FastEngine {
    It 'that are narrower give the same log-likelihoods, with <_>=0' -ForEach 'DOTNET_EnableAVX512', 'DOTNET_EnableAVX2', 'DOTNET_EnableHWIntrinsic' {
        $narrow = @(Get-LogLikelihood @{ $_ = '0' })
        $full | Should -HaveCount 4
        $narrow | Should -HaveCount 4
        0..3 | ForEach-Object { Assert-Close (($full[$_] - $narrow[$_]) / $full[$_]) 0 1e-12 }
    }
}
