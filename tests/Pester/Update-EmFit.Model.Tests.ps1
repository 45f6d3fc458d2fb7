BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    $script:rows = Import-Csv (Get-ExamplePath faithful.csv)
    $script:first = $rows[0..199]
    $script:new = $rows[200..271]
    $script:plain = $first | Invoke-EmFit -ComponentCount 2

    # the rows of -New with gaps in the second, the forty-first and the last
    $script:gaps = $new | ForEach-Object { $_.PSObject.Copy() }
    $gaps[1].waiting = $gaps[40].waiting = $gaps[71].waiting = ''
}

Describe 'Update-EmFit, the same model again' {
    It 'keeps fixed weights fixed, of a fit that came as <Way>' -ForEach @(
        @{ Way = 'itself'; Copy = { $args[0] } }
        @{ Way = 'a file'; Copy = { Export-GaussianMixture $args[0] -Path "$TestDrive/fit.json" -Force; Import-GaussianMixture "$TestDrive/fit.json" } }
        @{ Way = 'a copy'; Copy = { [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($args[0])) } }
        @{ Way = 'JSON of PowerShell'; Copy = { $args[0] | ConvertTo-Json -Depth 6 | ConvertFrom-Json } }
    ) {
        $fit = $first | Invoke-EmFit -ComponentCount 2 -FixedWeight 0.5, 0.5
        $updated = $new | Update-EmFit (& $Copy $fit)
        $updated.Mixture.Components.Weight | Should -Be 0.5, 0.5
        $updated.ParameterCount | Should -Be $fit.ParameterCount
        $updated.RowCount | Should -Be 272
    }

    It 'keeps prior, floor, policy, scale and acceleration' {
        $fit = $first | Invoke-EmFit -ComponentCount 2 -Prior -CovarianceFloor 1e-4 -CollapsePolicy Drop -Standardize -Acceleration None -Seed 7
        $options = ($new | Update-EmFit $fit).Options
        $options.Prior, $options.CovarianceFloor, $options.CollapsePolicy, $options.Standardize, $options.Acceleration, $options.Seed |
            Should -Be $true, 1e-4, 'Drop', $true, 'None', 7
    }

    It 'iterates as the command says, not as the fit did' {
        $fit = $first | Invoke-EmFit -ComponentCount 2 -MaxIteration 2 -Tolerance 0
        ($new | Update-EmFit $fit).StopReason | Should -Be 'Converged'
        $options = ($new | Update-EmFit $fit -MaxIteration 3 -Tolerance 1e-3 -WarningAction Ignore).Options
        $options.MaxIteration, $options.Tolerance | Should -Be 3, 1e-3
    }

    It 'does not trust the options of a copy' {
        $copy = $plain | ConvertTo-Json -Depth 6 | ConvertFrom-Json
        $copy.Options.CovarianceFloor = 2
        { $new | Update-EmFit $copy } | Should -Throw -ErrorId 'InvalidCovarianceFloor,*'
        $copy.Options = 'cut short'
        { $new | Update-EmFit $copy } | Should -Throw -ErrorId 'DamagedModel,*'
    }
}

Describe 'Update-EmFit -BatchSize' {
    It 'counts and tells the rows left out, whether they come by <_>' -ForEach 'pipeline', 'file' {
        $gaps | Export-Csv "$TestDrive/gaps.csv"
        foreach ($each in $false, $true) {
            $options = @{ BatchSize = 20; MissingValue = 'Omit'; EmitAll = $each; WarningVariable = 'told'; WarningAction = 'SilentlyContinue' }
            $fits = if ($_ -eq 'file') { Update-EmFit $plain -Path "$TestDrive/gaps.csv" @options } else { $gaps | Update-EmFit $plain @options }
            $fits[-1].RowCount, $fits[-1].ReadRowCount, $fits[-1].OmittedRowCount | Should -Be 269, 272, 3
            $told | Should -HaveCount 1
            $told[0].Message | Should -Match '^3 of 272 rows were left out'
        }
    }

    It 'makes the same batches of a file as of the pipeline' {
        $gaps | Export-Csv "$TestDrive/gaps.csv"
        $piped = $gaps | Update-EmFit $plain -BatchSize 20 -MissingValue Omit -WarningAction Ignore
        (Update-EmFit $plain -Path "$TestDrive/gaps.csv" -BatchSize 20 -MissingValue Omit -WarningAction Ignore).LogLikelihood | Should -Be $piped.LogLikelihood
    }

    It 'tells a collapse, also of batches whose fits are not given, and not that a step did not converge' {
        $same = 1..60 | ForEach-Object { [pscustomobject]@{ eruptions = 2; waiting = 55 } }
        $fit = $same | Update-EmFit $plain -BatchSize 20 -ForgettingFactor 0.001 -WarningVariable told -WarningAction SilentlyContinue
        $fit.StopReason | Should -Be 'MaxIteration'
        $told | Should -HaveCount 2
        $told[0].Message | Should -Match '^2 of 2 batches before the last one had warnings. The first: A component collapsed or ran out of rows'
        $told[1].Message | Should -Match '^A component collapsed or ran out of rows'
        $null = $new | Update-EmFit $plain -BatchSize 20 -Tolerance 1e-9 -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeNullOrEmpty
    }

    It 'tells a gap at once, not when a batch is full' {
        { $gaps | Update-EmFit $plain -BatchSize 1000 } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage 'Row 2, column*'
    }
}
