BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../GmmTools.psd1') -Force
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
        $said[0] | Should -BeLike '1 of 2 combinations could not be fitted*VVV,9: 6 rows*'
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
        ($back | Out-String) | Should -Match '-1130\.264'
    }

    It 'says which column was meant' {
        { Import-Csv $faithful | Invoke-EmFit -Property eruption, waiting -ComponentCount 2 } |
            Should -Throw -ErrorId 'UnknownProperty,*' -ExpectedMessage '*Did you mean ''eruptions''*'
    }

    It 'stops at a blank cell, and the filter in the message helps' {
        $rows = Import-Csv $faithful
        $rows[16].waiting = ''
        { $rows | Invoke-EmFit -ComponentCount 2 } | Should -Throw -ErrorId 'MissingValue,*' -ExpectedMessage '*Row 17*waiting*Where-Object waiting*'
        ($rows | Where-Object waiting | Invoke-EmFit -ComponentCount 2).RowCount | Should -Be 271
    }

    It 'completes the properties of its result' {
        $typed = 'Invoke-EmFit -ComponentCount 2 | Where-Object LogL'
        (TabExpansion2 $typed $typed.Length).CompletionMatches.CompletionText | Should -Contain 'LogLikelihood'
    }
}
