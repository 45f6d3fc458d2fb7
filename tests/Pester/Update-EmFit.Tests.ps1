BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $rows = Import-Example 'faithful.csv'
    $fit = $rows[0..199] | Invoke-EmFit -ComponentCount 2
    $new = $rows[200..271]

    # the new rows with one value missing
    function Get-Gappy {
        $copies = (Import-Example 'faithful.csv')[200..271]
        $copies[1].waiting = ''
        $copies
    }
}

Describe 'Update-EmFit' {
    It 'goes on tomorrow from a file, without the rows of today' {
        $state = Join-Path $TestDrive 'state.json'
        $fit | Export-GaussianMixture -Path $state
        $updated = $new | Update-EmFit (Import-GaussianMixture $state)
        $updated.RowCount | Should -Be 272
        $whole = $rows | Invoke-EmFit -ComponentCount 2
        ($whole.LogLikelihood - ($rows | Measure-MixtureLikelihood $updated).LogLikelihood) | Should -BeLessThan 0.05
    }

    It 'adds rows to a fit: <Call>' -ForEach @(
        @{ Call = { $new | Update-EmFit $fit } }
        @{ Call = { Update-EmFit $fit -InputObject $new } }
        @{ Call = { $new | Update-EmFit -Model $fit -ForgettingFactor 1 -ThrottleLimit 1 } }
    ) {
        $updated = @(& $Call)
        $updated | Should -HaveCount 1
        $updated[0].RowCount | Should -Be 272
        $updated[0].ReadRowCount | Should -Be 272
        Assert-Close $updated[0].LogLikelihood -1130.26 0.5
    }

    It 'takes from a file what it takes from the pipeline' {
        $file = Join-Path $TestDrive 'new.csv'
        Get-Content (Get-ExamplePath 'faithful.csv') | Select-Object -Index (@(0) + 201..272) | Set-Content $file
        foreach ($batch in @{}, @{ BatchSize = 20; MaxIteration = 3 }) {
            $piped = $new | Update-EmFit $fit @batch
            $read = Update-EmFit $fit -Path $file @batch
            Assert-SameMixture $piped $read
            $read.LogLikelihood | Should -Be $piped.LogLikelihood
        }
    }

    It 'knows the rows of a copy of a fit' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit))
        $updated = @($new | Update-EmFit $copy)
        $updated | Should -HaveCount 1
        $updated[0].RowCount | Should -Be 272
        Assert-Close $updated[0].LogLikelihood -1130.26 0.5
    }

    It 'lets a mixture stand for as many rows as one says' {
        $model = New-GaussianMixture -Weight 0.5, 0.5 -Mean 0, 10 -Covariance 1, 1
        $updated = @(9..11 | Update-EmFit $model -ModelWeight 97)
        $updated | Should -HaveCount 1
        $updated[0].RowCount | Should -Be 100
        Assert-Close ($updated[0] | Get-MixtureComponent)[0].Weight 0.515 1e-3
    }

    It 'tells gaps, leaves them out, or uses them' {
        Assert-Failure { Get-Gappy | Update-EmFit $fit } -ErrorId MissingValue
        (Get-Gappy | Update-EmFit $fit -MissingValue Omit -WarningAction Ignore).RowCount | Should -Be 271
        (Get-Gappy | Update-EmFit $fit -MissingValue Marginalize -BatchSize 30).IncompleteRowCount | Should -Be 1
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Call = { $new | Update-EmFit $null } }
        @{ ErrorId = 'ModelWeightMissing'; Call = { $new | Update-EmFit $fit.Mixture } }
        @{ ErrorId = 'BatchSizeMissing'; Call = { $new | Update-EmFit $fit -StepExponent 0.6 } }
        @{ ErrorId = 'BatchSizeMissing'; Call = { $new | Update-EmFit $fit -EmitAll } }
        @{ ErrorId = 'InvalidForgettingFactor'; Call = { $new | Update-EmFit $fit -ForgettingFactor 0 } }
        @{ ErrorId = 'InvalidStepExponent'; Call = { $new | Update-EmFit $fit -BatchSize 9 -StepExponent 2 } }
        @{ ErrorId = 'UnknownProperty'; Call = { [pscustomobject]@{ a = 1 } | Update-EmFit $fit } }
        @{ ErrorId = 'NoRows'; Call = { @() | Update-EmFit $fit } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId
    }
}

Describe 'Update-EmFit -BatchSize' {
    It 'follows a stream in batches' {
        $truth = New-GaussianMixture -Weight 0.6, 0.4 -Mean 0, 5 -Covariance 1, 2
        $start = New-GaussianMixtureSample $truth -Count 500 -Seed 1 | Invoke-EmFit -ComponentCount 2
        $fits = New-GaussianMixtureSample $truth -Count 20000 -Seed 2 | Update-EmFit $start -BatchSize 1000 -StepExponent 0.6 -EmitAll
        $fits.Count | Should -Be 20
        $fits[-1].RowCount | Should -Be 20500
        $fits[-1] | Get-MixtureComponent | Select-Object -First 1 -ExpandProperty Weight | Should -BeGreaterThan 0.57
    }

    It 'gives fits as batches are full' {
        $fits = $new | Update-EmFit $fit -BatchSize 30 -EmitAll
        $fits.RowCount | Should -Be 230, 260, 272
        $last = @($new | Update-EmFit $fit -BatchSize 30 -WarningVariable said)
        $said | Should -HaveCount 0
        $last | Should -HaveCount 1
        Assert-SameMixture $fits[2] $last[0]
    }
}
