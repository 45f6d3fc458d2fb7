BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:iris = Join-Path $PSScriptRoot '../../src/Examples/iris.csv'
    $script:fits = Import-Csv $iris | Invoke-EmFit -ComponentCount (1..4) -CovarianceModel * -WarningAction SilentlyContinue
}

Describe 'Select-MixtureFit' {
    It 'finds the model of iris that BIC prefers' {
        $best = $fits | Select-MixtureFit
        $best.CovarianceModel | Should -Be 'VEV'
        $best.ComponentCount | Should -Be 2
        $best.Bic.ToString('F3', [cultureinfo]::InvariantCulture) | Should -Be '561.728'
    }

    It 'gives the best few in order' {
        $few = $fits | Select-MixtureFit -Criterion Icl -First 4
        $few | Should -HaveCount 4
        $few.Icl | Should -Be ($few.Icl | Sort-Object)
    }

    It 'goes on to whatever takes a model' {
        $rows = Import-Csv $iris | Measure-MixtureLikelihood -Model ($fits | Select-MixtureFit) -PerObservation
        @($rows | Where-Object { $_.class -eq 'setosa' -and $_.Component -eq 2 }) | Should -HaveCount 50
    }

    It 'chooses among fits that were saved' {
        $file = Join-Path $TestDrive 'fits.xml'
        $fits | Export-Clixml $file
        $best = Import-Clixml $file | Select-MixtureFit -First 2
        $best[0].PSObject.TypeNames[0] | Should -Be 'Deserialized.GmmTools.Estimation.EmFit'
        $best.ComponentCount | Should -Be 2, 3
        ($best | Out-String -Width 80) | Should -Match 'VEV .*561[.,]728.*Converged'
    }

    It 'warns when more components may be better' {
        $null = $fits | Where-Object CovarianceModel -EQ EII | Select-MixtureFit -WarningVariable said -WarningAction SilentlyContinue
        "$said" | Should -BeLike '*EII,4*-ComponentCount (1..8)*'
    }

    It 'does not compare fits of different data' {
        $other = Import-Csv $iris | Invoke-EmFit Petal* 2
        { @($fits) + $other | Select-MixtureFit } | Should -Throw -ErrorId 'DifferentData,*' -ExpectedMessage '*different data*'
    }

    It 'shows the best in full' {
        $text = $fits | Select-MixtureFit | Format-Custom -View Summary | Out-String -Width 80
        $text | Should -Match 'VEV \(ellipsoidal, equal shape, varying volume and orientation\), 2 components'
        $text | Should -Match '-215[.,]726 +150 +26 +561[.,]728'
        $text | Should -Match 'Expected rows +100[.,]0 +50[.,]0'
    }

    It 'shows models by numbers of components as a grid' {
        $rows = $fits | Group-Object CovarianceModel | ForEach-Object {
            $row = [ordered]@{ Model = $_.Name }
            foreach ($fit in $_.Group) { $row["$($fit.ComponentCount)"] = $fit.Bic }
            [pscustomobject]$row
        }
        $rows | Should -HaveCount 14
        ($rows | Where-Object Model -EQ VEV).'2' | Should -Be ($fits | Select-MixtureFit).Bic
    }

    It 'completes the criteria' {
        $typed = 'Select-MixtureFit -Criterion ai'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Be 'Aic', 'Aicc'
    }
}
