BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    $script:few = Import-Csv (Get-ExamplePath faithful.csv) | Select-Object -First 6
    $script:fits = $few | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue
    $script:failed = $fits[1]
    $script:copies = @{
        itself = $failed
        clixml = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($failed))
        json   = $failed | ConvertTo-Json | ConvertFrom-Json
    }
}

Describe 'A combination that cannot be fitted' {
    It 'is a FitFailure, and the others are fits' {
        $fits | ForEach-Object { $_.GetType().Name } | Should -Be 'EmFit', 'FitFailure'
        $failed.ComponentCount, $failed.CovarianceModel, $failed.RowCount, $failed.StopReason | Should -Be 9, 'VVV', 6, 'NotFitted'
        $failed.Property | Should -Be 'eruptions', 'waiting'
        $failed.Failure | Should -Match '^6 rows cannot determine 9 components'
        $fits | Where-Object Failure | Should -HaveCount 1
    }

    It 'stands in the table of the fits' {
        $lines = ($fits | Out-String -Width 120).Trim() -split '\r?\n'
        $lines | Should -HaveCount 4
        $lines[3] | Should -Match '^ *9 VVV +6 +53 +not fitted: 6 rows cannot determine 9'
    }

    It 'says why as a list and as a summary' {
        $failed | Format-List | Out-String | Should -Match 'Failure *: 6 rows cannot determine'
        $failed | Format-Custom -View Summary | Out-String | Should -Match 'Not fitted: 6 rows cannot determine'
    }

    It 'is one that Select-MixtureFit leaves out, as <_>' -ForEach 'itself', 'clixml', 'json' {
        $selected = $fits[0], $copies[$_] | Select-MixtureFit
        $selected.ComponentCount | Should -Be 1
        { $copies[$_] | Select-MixtureFit } | Should -Throw -ErrorId 'NothingFitted,*'
    }

    It 'is no model to other commands, as <_>' -ForEach 'itself', 'clixml', 'json' {
        $model = $copies[$_]
        { $model | Get-MixtureComponent } | Should -Throw -ErrorId 'NotFitted,*' -ExpectedMessage '*VVV with 9 components*'
        { $few | Measure-MixtureLikelihood $model } | Should -Throw -ErrorId 'NotFitted,*'
        { $few | Update-EmFit $model } | Should -Throw -ErrorId 'NotFitted,*'
        { $few | Invoke-EmFit -InitialModel $model } | Should -Throw -ErrorId 'NotFitted,*'
        { Export-GaussianMixture $model -Path "$TestDrive/none.json" } | Should -Throw -ErrorId 'NotFitted,*'
    }
}
