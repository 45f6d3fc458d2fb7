# Components that are known beforehand, and a number that is added to variances.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Import-Example 'faithful.csv'
    $script:fit = $faithful | Invoke-EmFit -ComponentCount 2
    $random = [random]::new(3)
    $script:more = @($faithful) + @(foreach ($i in 1..40) { [pscustomobject]@{ eruptions = 3 + 0.1 * $random.NextDouble(); waiting = 95 + 4 * $random.NextDouble() } })
}

Describe 'Parts of a start that are kept' {
    It 'keeps <_> of all components' -ForEach 'Mean', 'Covariance', 'Weight', 'All' {
        $start = New-GaussianMixture -Weight 0.6, 0.4 -Mean (4, 75), (2, 50) -Covariance ((0.2, 0), (0, 40)), ((0.1, 0), (0, 30)) -Property eruptions, waiting
        $kept = $faithful | Invoke-EmFit -InitialModel $start -Freeze $_
        $free = @{ Mean = 7; Covariance = 5; Weight = 10; All = 0 }[$_]
        $kept.ParameterCount | Should -Be $free
        foreach ($part in 'Mean', 'Covariance', 'Weight') {
            $same = "$($kept.Mixture.Components.ForEach{ $_.$part })" -ceq "$($start.Components.ForEach{ $_.$part })"
            $same | Should -Be ($_ -in $part, 'All')
        }
    }

    It 'gives the likelihood of the mixture where all is kept' {
        $score = $faithful | Measure-MixtureLikelihood $fit
        Assert-Close ($faithful | Invoke-EmFit -InitialModel $fit -Freeze All).LogLikelihood $score.LogLikelihood 1e-9
    }

    It 'finds a component beside a baseline' {
        $grown = $more | Invoke-EmFit -InitialModel $fit -Freeze All -AdditionalComponentCount 1
        $grown.ComponentCount | Should -Be 3
        $grown.ParameterCount | Should -Be 6
        Assert-Close $grown.Mixture.Components[2].Weight (40 / 312) 0.01
        Assert-Close $grown.Mixture.Components[2].Mean[1] 97 0.5
        $grown.Mixture.Components[0].Mean | Should -BeExactly $fit.Mixture.Components[0].Mean
        $new = @($more | Get-MixtureMembership $grown | Where-Object Component -eq 3)
        $new.Count | Should -BeGreaterThan 38
        $grown.Mixture.ComponentClasses | Should -BeExactly '1', '2', $null
    }

    It 'reads a table by number and by class' {
        $by = $faithful | Invoke-EmFit -InitialModel $fit -Freeze @{ 1 = 'All'; 2 = 'Mean', 'Weight' }
        $by.ParameterCount | Should -Be 3
        "$($by.Options.Frozen.Parts)" | Should -Be 'All Mean, Weight'
        $again = $faithful | Invoke-EmFit -InitialModel $by -Freeze @{ '2' = 'Covariance' }
        $again.ParameterCount | Should -Be 8
        { $faithful | Invoke-EmFit -InitialModel $fit -Freeze @{ 3 = 'All' } } | Should -Throw '*1 to 2*'
    }

    It 'keeps a baseline from a file and by group' {
        $file = Join-Path $TestDrive 'baseline.json'
        $fit | Export-GaussianMixture $file
        $rows = foreach ($row in $more) { $row | Select-Object *, @{ n = 'side'; e = { 'left', 'right' | Get-Random } } }
        $grown = $rows | Invoke-EmFit eruptions, waiting -InitialModel $file -Freeze Mean, Covariance -AdditionalComponentCount 1 -GroupProperty side
        $grown.Count | Should -Be 2
        foreach ($one in $grown) {
            $one.Mixture.Components[1].Mean | Should -BeExactly $fit.Mixture.Components[1].Mean
            Assert-Close $one.Mixture.Components[2].Mean[1] 97 1
        }

        $copy = Join-Path $TestDrive 'grown.json'
        $grown[0] | Export-GaussianMixture $copy
        (Import-GaussianMixture $copy).Options.AdditionalComponentCount | Should -Be 1
    }

    It 'completes the parts' {
        $text = 'Invoke-EmFit -InitialModel $fit -Freeze C'
        [Management.Automation.CommandCompletion]::CompleteInput($text, $text.Length, $null).CompletionMatches.CompletionText | Should -Be 'Covariance'
    }
}

Describe 'A number that is added to variances' {
    It 'widens components by it' {
        $wide = $faithful | Invoke-EmFit eruptions 1 -RegularizeCovariance 0.5
        $plain = $faithful | Invoke-EmFit eruptions 1
        Assert-Close ($wide.Mixture.Components[0].Covariance[0, 0] - $plain.Mixture.Components[0].Covariance[0, 0]) 0.5 1e-9
        $wide.Options.RegularizeCovariance | Should -Be 0.5
        ($faithful | Invoke-EmFit -ComponentCount 2 -RegularizeCovariance 0.5).StopReason | Should -Be 'Converged'
    }
}
