BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $fit = Get-FaithfulFit
}

Describe 'Get-MixtureComponent' {
    It 'gives flat rows whose columns are in a fixed order' {
        $rows = New-GaussianMixture -Random -ComponentCount 2 -Dimension 3 -Seed 1 -Property a, b, c | Get-MixtureComponent
        $rows | Should -HaveCount 2
        foreach ($row in $rows) {
            $row.PSObject.Properties.Name | Should -BeExactly @(
                'Component', 'Weight', 'Mean_a', 'Mean_b', 'Mean_c'
                'Covariance_a_a', 'Covariance_a_b', 'Covariance_a_c', 'Covariance_b_b', 'Covariance_b_c', 'Covariance_c_c')
        }
        $rows[0].Component | Should -Be 1
        $rows[0].Weight | Should -BeOfType double
    }

    It 'gives several models one after the other' {
        $fit, $fit.Mixture | Get-MixtureComponent | Should -HaveCount 4
    }

    It 'goes to a file and comes back without loss' -Tag Culture {
        $file = Join-Path $TestDrive 'components.csv'
        $fit | Get-MixtureComponent | Export-Csv $file -NoTypeInformation
        Assert-SameMixture $fit (Import-Csv $file | New-GaussianMixture -Culture (Get-Culture))
    }

    It 'gives numbers that can be sorted and computed with' {
        $rows = $fit | Get-MixtureComponent
        ($rows | Sort-Object Mean_waiting)[0].Component | Should -Be 2
        ($rows | Measure-Object Weight -Sum).Sum | Should -BeGreaterThan 0.999999
    }

    It 'is shown with means and standard deviations' -Tag Culture {
        $text = $fit | Get-MixtureComponent | Out-String -Width 100
        $text | Should -Match 'eruptions 4[.,]2897 . 0[.,]4123'
    }

    It 'says that there is no model' {
        Assert-Failure { $null | Get-MixtureComponent } -ErrorId NoModel -Contains 'Invoke-EmFit'
    }

    It 'gives numbers a text of their own where it would lose digits' -Tag Culture {
        # Windows PowerShell needs this; here the wrapping is tested by itself
        $wrapping = (Get-Command Get-MixtureComponent).ImplementingType.Assembly.GetType('GmmTools.Output.RoundTripNumber', $true).GetMethod('Wrap')
        $wrapped = $wrapping.Invoke($null, @(0.1 + 0.2))
        $wrapped.ToString() | Should -BeExactly (0.1 + 0.2).ToString([cultureinfo]::CurrentCulture)
        Assert-Close ($wrapped + 1) 1.3 5e-13
        $wrapped -lt 0.5 | Should -BeTrue
    }
}
