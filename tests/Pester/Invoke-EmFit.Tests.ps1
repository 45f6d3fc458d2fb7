BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:examples = Join-Path $PSScriptRoot '../../src/Examples'
    $script:faithful = Join-Path $examples 'faithful.csv'
    $script:iris = Join-Path $examples 'iris.csv'
}

Describe 'Invoke-EmFit' {
    It 'fits Old Faithful as it comes from Import-Csv' {
        $fit = Import-Csv $faithful | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2
        $fit.LogLikelihood | Should -BeGreaterThan -1130.265
        $fit.LogLikelihood | Should -BeLessThan -1130.263
        $fit.Converged | Should -BeTrue
        $fit.Mixture.Components[0].Weight.ToString('F3', [cultureinfo]::InvariantCulture) | Should -Be '0.644'
    }

    It 'reads the file itself, with the same result' {
        $piped = Import-Csv $faithful | Invoke-EmFit -ComponentCount 2
        $read = Invoke-EmFit -Path $faithful -ComponentCount 2
        $read.LogLikelihood | Should -Be $piped.LogLikelihood
    }

    It 'finds files relative to the location' {
        Push-Location $examples
        try {
            (Invoke-EmFit -Path faith*.csv -ComponentCount 2).RowCount | Should -Be 272
        }
        finally {
            Pop-Location
        }
    }

    It 'takes the numeric columns of iris and leaves the class alone' {
        $fit = Import-Csv $iris | Invoke-EmFit -ComponentCount 3
        $fit.Property | Should -Be 'Sepal_Length', 'Sepal_Width', 'Petal_Length', 'Petal_Width'
    }

    It 'takes wildcards' {
        (Import-Csv $iris | Invoke-EmFit Petal* 2).Property | Should -Be 'Petal_Length', 'Petal_Width'
    }

    It 'lines up several fits as a table' {
        $table = 1..3 | ForEach-Object { Import-Csv $faithful | Invoke-EmFit -ComponentCount $_ } | Out-String -Width 100
        ($table -split '\r?\n' | Where-Object { $_ -match 'VVV' }) | Should -HaveCount 3
    }

    It 'fits all combinations from one reading of the rows' {
        $fits = Import-Csv $faithful | Invoke-EmFit -ComponentCount (1..2) -CovarianceModel E*, Full -WarningAction SilentlyContinue
        $fits | Should -HaveCount 16
        "$($fits[-1].CovarianceModel),$($fits[-1].ComponentCount)" | Should -Be 'VVV,2'
        ($fits | Out-String -Width 80) -split '\r?\n' | Where-Object { $_ -match 'Converged' } | Should -HaveCount 16
    }

    It 'says which combination could not be fitted, and goes on' {
        $fits = Import-Csv $faithful | Select-Object -First 6 | Invoke-EmFit -ComponentCount 1, 9 -WarningVariable said -WarningAction SilentlyContinue
        $fits.StopReason | Should -Be 'Converged', 'NotFitted'
        $said[0] | Should -BeLike '1 of 2 combinations could not be fitted*(VVV,9): 6 rows*'
        { $fits[1] | Get-MixtureComponent } | Should -Throw -ErrorId 'NotFitted,*'
        { $fits | ConvertTo-Json -Depth 6 -ErrorAction Stop } | Should -Not -Throw
        ($fits | ConvertTo-Json -Depth 6).Length | Should -BeLessThan 10000
    }

    It 'fits sizes of files' {
        $fit = Get-ChildItem $PSHOME -Filter *.dll -File | Invoke-EmFit -Property Length -ComponentCount 1
        $fit.Mixture.Components[0].Mean[0] | Should -BeGreaterThan 0
    }

    It 'returns from a job as good as new' {
        $manifest = (Get-Module GmmTools).Path -replace 'bin.GmmTools\.dll$', 'GmmTools.psd1'
        $fit = Start-Job { Import-Module $using:manifest; Invoke-EmFit -Path $using:faithful -ComponentCount 2 } | Receive-Job -Wait -AutoRemoveJob
        $fit.PSObject.TypeNames[0] | Should -Be 'Deserialized.GmmTools.Estimation.EmFit'
        (Import-Csv $faithful | Measure-MixtureLikelihood -Model $fit).LogLikelihood | Should -BeLessThan -1130.263
    }

    It 'survives Export-Clixml' {
        $file = Join-Path $TestDrive 'fit.xml'
        $fit = Invoke-EmFit -Path $faithful -ComponentCount 2
        $fit | Export-Clixml $file
        $back = Import-Clixml $file
        Compare-GaussianMixture $fit $back | Where-Object Deviation -NE 0 | Should -BeNullOrEmpty
        ($back | Out-String) | Should -Match '-1130[.,]264'
    }

    It 'says which column was meant' {
        { Import-Csv $faithful | Invoke-EmFit -Property eruption, waiting -ComponentCount 2 } |
            Should -Throw -ErrorId 'UnknownProperty,*' -ExpectedMessage '*Did you mean ''eruptions''*'
    }

    It 'stops at a blank cell, and the remedies in the message help' {
        $rows = Import-Csv $faithful
        $rows[16].waiting = ''
        { $rows | Invoke-EmFit -ComponentCount 2 } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage '*Row 17*waiting*1 of 272 rows*-MissingValue Omit*-MissingValue Marginalize*'
        $fit = $rows | Invoke-EmFit -ComponentCount 2 -MissingValue Omit -WarningVariable warning -WarningAction SilentlyContinue
        $fit.RowCount, $fit.ReadRowCount, $fit.OmittedRowCount | Should -Be 271, 272, 1
        $warning | Should -HaveCount 1
        $warning[0].Message | Should -BeLike '1 of 272 rows was left out*'
        $fit.Warnings | Should -Be $warning[0].Message
        $marginal = $rows | Invoke-EmFit -ComponentCount 2 -MissingValue Marginalize -WarningVariable warning
        $warning | Should -BeNullOrEmpty
        $marginal.RowCount, $marginal.IncompleteRowCount, $marginal.OmittedRowCount | Should -Be 272, 1, 0
        Compare-GaussianMixture $fit $marginal | Where-Object Parameter -EQ Weight | ForEach-Object { $_.Deviation | Should -BeLessThan 0.01 }
    }

    It 'reads gaps in files as it reads them in the pipe' {
        $file = Join-Path $TestDrive 'gaps.csv'
        $rows = Import-Csv $faithful
        for ($i = 0; $i -lt 272; $i += 7) { $rows[$i].waiting = '?' }
        for ($i = 3; $i -lt 272; $i += 11) { $rows[$i].eruptions = 'n/a' }
        $rows | Export-Csv $file
        $gaps = @{ ComponentCount = 2; MissingValue = 'Marginalize'; MissingText = '?', 'n/a'; Property = 'eruptions', 'waiting'; WarningAction = 'SilentlyContinue' }
        $piped = $rows | Invoke-EmFit @gaps
        $read = Invoke-EmFit -Path $file @gaps
        $read.LogLikelihood | Should -Be $piped.LogLikelihood
        $read.ReadRowCount | Should -Be 272
        $scored = Measure-MixtureLikelihood -Path $file $read -MissingValue Marginalize -MissingText '?', 'n/a' -WarningAction SilentlyContinue
        $scored.LogLikelihood | Should -BeGreaterThan ($read.LogLikelihood - 1e-9)
        $scored.IncompleteRowCount | Should -Be $read.IncompleteRowCount
    }

    It 'counts rows by their weights' {
        $file = Join-Path $TestDrive 'counts.csv'
        $start = New-GaussianMixture -Weight 0.5, 0.5 -Mean 55, 80 -Covariance 30, 30 -Property waiting
        $rows = Import-Csv $faithful
        $bins = $rows | Group-Object waiting | ForEach-Object { [pscustomobject]@{ waiting = $_.Name; count = $_.Count } }
        $bins | Export-Csv $file
        $whole = $rows | Invoke-EmFit waiting -InitialModel $start
        foreach ($fit in ($bins | Invoke-EmFit -WeightProperty count -InitialModel $start), (Invoke-EmFit -Path $file -WeightProperty count -InitialModel $start)) {
            $fit.RowCount | Should -Be $bins.Count
            $fit.TotalWeight | Should -Be 272
            [Math]::Abs($fit.LogLikelihood - $whole.LogLikelihood) | Should -BeLessThan 1e-9
            [Math]::Abs($fit.Bic - $whole.Bic) | Should -BeLessThan 1e-9
        }
        ($bins | Measure-MixtureLikelihood $whole -WeightProperty count).TotalWeight | Should -Be 272
    }

    It 'goes on from a checkpoint after a time limit, relative to where one is' {
        Push-Location $TestDrive
        try {
            $search = @{ ComponentCount = 9; CovarianceModel = 'VEV'; Tolerance = 0; MaxIteration = 3000; Property = 'eruptions', 'waiting'; WarningAction = 'SilentlyContinue' }
            $whole = Invoke-EmFit -Path $faithful @search
            $parts = 0
            do {
                $fit = Invoke-EmFit -Path $faithful @search -Checkpoint night.checkpoint -TimeLimit 0.5
                $parts++
            } while ($fit.StopReason -eq 'TimeLimit' -and (Test-Path night.checkpoint) -and $parts -lt 500)
            $fit.LogLikelihood | Should -Be $whole.LogLikelihood
            $fit.IterationCount | Should -Be $whole.IterationCount
            'night.checkpoint' | Should -Not -Exist
        }
        finally {
            Pop-Location
        }
    }

    It 'completes the properties of its result' {
        $typed = 'Invoke-EmFit -ComponentCount 2 | Where-Object LogL'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain 'LogLikelihood'
    }
}
