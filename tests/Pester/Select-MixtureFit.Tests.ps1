BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $iris = Get-ExamplePath 'iris.csv'
    $fits = Import-Csv $iris | Invoke-EmFit -ComponentCount (1..4) -CovarianceModel * -WarningAction SilentlyContinue
    $geyser = Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 1, 2, 3 -CovarianceModel EEE, VVV -WarningAction SilentlyContinue

    # the account of a fit that was never made
    function Get-Account([int] $ComponentCount, [double] $LogLikelihood) {
        [pscustomobject]@{
            ComponentCount = $ComponentCount; CovarianceModel = 'VVV'; Property = 'a', 'b'; RowCount = 100; TotalWeight = 100
            LogLikelihood = $LogLikelihood; ParameterCount = 6 * $ComponentCount - 1; Entropy = 1; IsSpurious = $false; Failure = $null
        }
    }
}

Describe 'Select-MixtureFit' {
    It 'finds the model of iris that BIC prefers' -Tag Culture {
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

    It 'gives <Expected> of fits and of copies of them: <Call>' -ForEach @(
        @{ Expected = 'EEE,3'; Call = { $candidates | Select-MixtureFit } }
        @{ Expected = 'EEE,3'; Call = { Select-MixtureFit -InputObject $candidates } }
        @{ Expected = 'EEE,3 VVV,2 VVV,3'; Call = { $candidates | Select-MixtureFit -Criterion BIC -First 3 } }
        @{ Expected = 'VVV,2'; Call = { $candidates | Select-MixtureFit icl } }
        @{ Expected = 'VVV,3'; Call = { $candidates | Select-MixtureFit aic } }
        @{ Expected = 'VVV,3 EEE,3 VVV,2 EEE,2 EEE,1 VVV,1'; Call = { $candidates | Select-MixtureFit aicc -First 99 } }
    ) {
        $copies = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($geyser, 6))
        foreach ($candidates in $geyser, $copies) {
            $best = & $Call 3>$null
            ($best | ForEach-Object { "$($_.CovarianceModel.ToString()),$($_.ComponentCount)" }) -join ' ' | Should -BeExactly $Expected
        }
    }

    It 'gives the fit itself' {
        $two = @($geyser | Where-Object { $_.CovarianceModel -eq 'EEE' -and $_.ComponentCount -ge 2 })
        $two | Should -HaveCount 2
        $best = @($two | Select-MixtureFit 3>$null)
        $best | Should -HaveCount 1
        [object]::ReferenceEquals($best[0], $two[1]) | Should -BeTrue
    }

    It 'goes on to whatever takes a model' {
        $rows = Import-Csv $iris | Measure-MixtureLikelihood -Model ($fits | Select-MixtureFit) -PerObservation
        @($rows | Where-Object { $_.class -eq 'setosa' -and $_.Component -eq 2 }) | Should -HaveCount 50
    }

    It 'chooses among fits that were saved' -Tag Culture {
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

    It 'warns at an edge with a remedy: <Fits>' -ForEach @(
        @{ Fits = '1: -100, 2: -60, 3: -20'; Problem = 'VVV,3, has the largest'; Remedy = '-ComponentCount (1..6)' }
        @{ Fits = '2: -20, 3: -20'; Problem = 'VVV,2, has the smallest'; Remedy = '-ComponentCount (1..3)' }
    ) {
        $best = $Fits -split ', ' | ForEach-Object { Get-Account ($_ -split ': ')[0] ($_ -split ': ')[1] } | Select-MixtureFit -WarningVariable said 3>$null
        $best | Should -HaveCount 1
        $said | Should -HaveCount 1
        $said[0].Message.Contains($Problem, [StringComparison]::Ordinal) | Should -BeTrue -Because $said[0].Message
        $said[0].Message.Contains($Remedy, [StringComparison]::Ordinal) | Should -BeTrue -Because $said[0].Message
    }

    It 'does not warn where there is no edge: <Fits>' -ForEach @(
        @{ Fits = '1: -20, 2: -20' }
        @{ Fits = '1: -100, 2: -20, 3: -20' }
    ) {
        $best = $Fits -split ', ' | ForEach-Object { Get-Account ($_ -split ': ')[0] ($_ -split ': ')[1] } | Select-MixtureFit -WarningVariable said 3>$null
        $best | Should -HaveCount 1
        $said | Should -HaveCount 0
    }

    It 'lets spurious fits compete when asked to, or when there are no others' {
        $good = (Get-Account 1 -100), (Get-Account 2 -60), (Get-Account 4 -60)
        $bad = Get-Account 3 500
        $bad.IsSpurious = $true
        ($good + $bad | Select-MixtureFit).ComponentCount | Should -Be 2
        ($good + $bad | Select-MixtureFit -IncludeSpurious).ComponentCount | Should -Be 3
        $bad | Select-MixtureFit -WarningVariable said 3>$null | Should -HaveCount 1
        $said | Should -HaveCount 1
        $said[0].Message.Contains('spurious', [StringComparison]::Ordinal) | Should -BeTrue -Because $said[0].Message
    }

    It 'leaves out what could not be fitted' {
        $three = Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 1, 2, 300 -WarningAction SilentlyContinue
        ($three | Select-MixtureFit 3>$null).ComponentCount | Should -Be 2
        Assert-Failure { $three[2] | Select-MixtureFit } -ErrorId NothingFitted -Contains 'The only combination could not be fitted', 'VVV,300'
    }

    It 'does not compare fits of different data' {
        $other = Import-Csv $iris | Invoke-EmFit Petal* 2
        Assert-Failure { @($fits) + $other | Select-MixtureFit } -ErrorId DifferentData -Contains 'different data'
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoFits'; Part = 'Pipe fits from Invoke-EmFit'; Call = { @() | Select-MixtureFit } }
        @{ ErrorId = 'NoFits'; Part = 'Pipe fits from Invoke-EmFit'; Call = { $null | Select-MixtureFit } }
        @{ ErrorId = 'NoFits'; Part = 'Pipe fits from Invoke-EmFit'; Call = { Select-MixtureFit -InputObject @() } }
        @{ ErrorId = 'NotAFit'; Part = 'System.Int32'; Call = { 1, 2 | Select-MixtureFit } }
        @{ ErrorId = 'NotAFit'; Part = 'GaussianMixture'; Call = { New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Seed 1 | Select-MixtureFit } }
        @{ ErrorId = 'NotAFit'; Part = 'usable RowCount'; Call = { $a = Get-Account 1 -5; $a.RowCount = 'many'; $a | Select-MixtureFit } }
        @{ ErrorId = 'DamagedModel'; Part = 'CovarianceModel'; Call = { $a = Get-Account 1 -5; $a.CovarianceModel = 'XXX'; $a | Select-MixtureFit } }
        @{ ErrorId = 'DifferentData'; Part = '100 rows and 99 rows'; Call = { $a = Get-Account 1 -5; $a.RowCount = 99; (Get-Account 2 -4), $a | Select-MixtureFit } }
        @{ ErrorId = 'DifferentData'; Part = 'columns a, b and columns a, c'; Call = { $a = Get-Account 1 -5; $a.Property = 'a', 'c'; (Get-Account 2 -4), $a | Select-MixtureFit } }
        @{ ErrorId = 'InfiniteCriterion'; Part = '100 rows are too few'; Call = { Get-Account 20 -5 | Select-MixtureFit Aicc } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }

    It 'tells with -Verbose who competes' {
        $said = (Get-Account 1 -100), (Get-Account 2 -60) | Select-MixtureFit -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $said[0].Message | Should -BeExactly '2 fits: 2 compete, 0 could not be fitted, 0 are spurious.'
        $said[1].Message.StartsWith('VVV,2: Bic ', [StringComparison]::Ordinal) | Should -BeTrue -Because $said[1].Message
    }

    It 'shows the best in full' -Tag Culture {
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
        (Get-Completion 'Select-MixtureFit -Criterion ai').CompletionText | Should -Be 'Aic', 'Aicc'
    }
}
