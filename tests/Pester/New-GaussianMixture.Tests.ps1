BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'New-GaussianMixture' {
    It 'makes a mixture of parameters as people write them' {
        $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(1, 2), @(5, 6) -Covariance @(@(2, 1), @(1, 3)), @(@(1, 0), @(0, 1)) -Property a, b
        $mixture.ComponentCount | Should -Be 2
        $mixture.Components[0].Mean | Should -Be 1, 2
        $mixture.Components[0].Covariance[1, 1] | Should -Be 3
    }

    It 'draws the same mixture for the same seed' {
        $first = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
        $second = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
        (Compare-GaussianMixture $first $second).Deviation | Should -Be (, 0.0 * 18)
    }

    It 'reads back what Export-Csv wrote, without loss, in <_>' -ForEach 'en-US', 'de-DE', 'fr-FR' {
        $mixture = New-GaussianMixture -Random -ComponentCount 3 -Dimension 3 -Seed 5 -Property 'size', 'b_c', 'b'
        $file = Join-Path $TestDrive 'components.csv'
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $mixture | Get-MixtureComponent | Export-Csv $file -NoTypeInformation -UseCulture
            $back = Import-Csv $file -UseCulture | New-GaussianMixture -Culture $_
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        $back.Property | Should -Be 'size', 'b_c', 'b'
        Compare-GaussianMixture $mixture $back | Where-Object Deviation -NE 0 | Should -BeNullOrEmpty
    }

    It 'says which weight is wrong' {
        { New-GaussianMixture -Weight 0.5, 0.6 -Mean 1, 2 -Covariance 1, 1 } | Should -Throw -ErrorId 'WeightSum,*'
    }
}
