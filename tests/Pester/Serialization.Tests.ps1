# What Export-Clixml, jobs and remote sessions do to objects, with PowerShell's own serializer.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:rows = Import-Example 'faithful.csv'
    $script:fit = $rows | Invoke-EmFit -ComponentCount 2

    function Copy-Object($InputObject) {
        [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($InputObject))
    }
}

Describe 'A copy' {
    It 'of a fit is as good as the fit: <_>' -ForEach 'VVV', 'VII' {
        $original = $rows | Invoke-EmFit -ComponentCount 2 -CovarianceModel $_
        $copy = Copy-Object $original
        $copy.PSObject.TypeNames[0] | Should -BeExactly 'Deserialized.GmmTools.Estimation.EmFit'
        Assert-SameMixture $original $copy
        Assert-SameMixture $original $copy.Mixture
        ($rows | Measure-MixtureLikelihood $copy).Bic | Should -Be ($rows | Measure-MixtureLikelihood $original).Bic
    }

    It 'of a mixture is as good as the mixture: <ComponentCount> components, <Dimension> columns' -ForEach @(
        @{ ComponentCount = 1; Dimension = 1 }
        @{ ComponentCount = 1; Dimension = 3 }
        @{ ComponentCount = 4; Dimension = 2 }
    ) {
        $mixture = New-GaussianMixture -Random -ComponentCount $ComponentCount -Dimension $Dimension -Seed 3
        $copy = Copy-Object $mixture
        Assert-SameMixture $mixture $copy
        (New-GaussianMixtureSample $copy 5 -Seed 1).x1 | Should -Be (New-GaussianMixtureSample $mixture 5 -Seed 1).x1
    }

    It 'of a fit keeps its account' {
        $copy = Copy-Object $fit
        @($copy.Starts)[0].Start | Should -Be 1
        @($copy.LogLikelihoodTrace) | Should -Not -BeNullOrEmpty
    }

    It 'in JSON is whole at the depth that the help names' {
        (Get-Help Export-GaussianMixture).description.Text -join ' ' | Should -BeLike '*ConvertTo-Json*-Depth 4*'
        $json = $fit | ConvertTo-Json -Depth 4 -EnumsAsStrings -WarningVariable warned 3>$null
        $warned | Should -BeNullOrEmpty
        $read = $json | ConvertFrom-Json
        $read.CovarianceModel | Should -BeExactly 'VVV'
        $read.Mixture.Components[1].Mean | Should -Be $fit.Mixture.Components[1].Mean
    }

    It 'of a fit starts another' {
        $rows | Invoke-EmFit -InitialModel (Copy-Object $fit) | Should -HaveCount 1
    }

    It 'of a fit comes back from a file of Export-Clixml' {
        $file = Join-Path $TestDrive 'fit.xml'
        $fit | Export-Clixml $file
        Assert-SameMixture $fit (Import-Clixml $file)
    }

    It 'is not trusted: <Damage>' -ForEach @(
        @{ ErrorId = 'WeightSum'; Damage = { $copy.Components[0].Weight = 0.01 } }
        @{ ErrorId = 'InvalidWeight'; Damage = { $copy.Components[0].Weight = -1 } }
        @{ ErrorId = 'NotNumeric'; Damage = { $copy.Components[0].Mean = 'text' } }
        @{ ErrorId = 'DamagedModel'; Damage = { $copy.Components[0].PSObject.Properties.Remove('Weight') } }
        @{ ErrorId = 'DamagedModel'; Damage = { $copy.CovarianceModel = 99 } }
        @{ ErrorId = 'CovarianceNotPositiveDefinite'; Damage = { $copy.Components[0].Covariance = 1, 2, 2, 1 } }
    ) {
        # copies are read-only bags; a script can still make one of its own
        function Open-Copy($Bag) {
            $properties = [ordered]@{}
            foreach ($property in $Bag.PSObject.Properties) { $properties[$property.Name] = $property.Value }
            [pscustomobject] $properties
        }
        $copy = Open-Copy (Copy-Object (New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 3))
        $copy.Components = @($copy.Components | ForEach-Object { Open-Copy $_ })
        . $Damage
        $null = Assert-Failure { $copy | Get-MixtureComponent } -ErrorId $ErrorId
    }
}
