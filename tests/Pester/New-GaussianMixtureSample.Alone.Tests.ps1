BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'New-GaussianMixtureSample' -Tag Alone {
    It 'draws a million rows in seconds' {
        $mixture = New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 7
        (Measure-Command { New-GaussianMixtureSample $mixture -Count 1000000 -Seed 1 | Out-Null }).TotalSeconds | Should -BeLessThan 20
    }
}
