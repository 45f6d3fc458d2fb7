# The commands are called in one way.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:file = Get-ExamplePath 'faithful.csv'
    $script:fit = Get-FaithfulFit
    Push-Location $TestDrive
    $fit | Export-GaussianMixture saved.json
}

AfterAll {
    Pop-Location
}

Describe 'A model' {
    It 'is piped or the first argument, with the same result: <Piped>' -ForEach @(
        @{ Piped = { $fit | Get-MixtureComponent }; Given = { Get-MixtureComponent $fit } }
        @{ Piped = { $fit | Get-MixtureMarginal waiting }; Given = { Get-MixtureMarginal $fit waiting } }
        @{ Piped = { $fit | ConvertTo-MixtureSql }; Given = { ConvertTo-MixtureSql $fit } }
        @{ Piped = { $fit | New-GaussianMixtureSample 3 -Seed 1 }; Given = { New-GaussianMixtureSample $fit 3 -Seed 1 } }
        @{ Piped = { $fit | Get-MixtureMembership -Path $file }; Given = { Get-MixtureMembership $fit -Path $file } }
        @{ Piped = { $fit | Find-MixtureOutlier -FalseAlarmRate 0.01 -LiteralPath $file }; Given = { Find-MixtureOutlier $fit -FalseAlarmRate 0.01 -LiteralPath $file } }
        @{ Piped = { $fit | Get-MixtureDensity -Path $file }; Given = { Get-MixtureDensity $fit -Path $file } }
        @{ Piped = { $fit | Measure-MixtureLikelihood -Path $file }; Given = { Measure-MixtureLikelihood $fit -Path $file } }
        @{ Piped = { $fit | Merge-MixtureComponent -Path $file }; Given = { Merge-MixtureComponent $fit -Path $file } }
        @{ Piped = { $fit | Get-MixtureConditional -Predict waiting -Path $file }; Given = { Get-MixtureConditional $fit -Predict waiting -Path $file } }
        @{ Piped = { ($fit | Update-EmFit -Path $file).LogLikelihood }; Given = { (Update-EmFit $fit -Path $file).LogLikelihood } }
        @{
            Piped = { $fit | Export-GaussianMixture a.json -PassThru | Out-Null; Get-Content a.json }
            Given = { Export-GaussianMixture $fit b.json; Get-Content b.json }
        }
        @{
            Piped = { $fit | New-GaussianMixtureSample 3 -Seed 1 -Path a.csv; Get-Content a.csv }
            Given = { New-GaussianMixtureSample $fit 3 -Seed 1 -Path b.csv; Get-Content b.csv }
        }
    ) {
        $piped = @(& $Piped)
        $given = @(& $Given)
        $piped | Should -Not -BeNullOrEmpty
        ($piped | ConvertTo-Json -Depth 4) | Should -BeExactly ($given | ConvertTo-Json -Depth 4)
    }

    It 'is one where rows are in files' {
        Assert-Failure { $fit, $fit | Get-MixtureMembership -Path $file | Select-Object -First 0 } -ErrorId SeveralModels -Contains 'Choose one'
        Assert-Failure { @() | Measure-MixtureLikelihood -Path $file } -ErrorId NoModel
    }

    It 'may be the path of its file' {
        (Import-Csv $file | Measure-MixtureLikelihood saved.json).LogLikelihood | Should -Be $fit.LogLikelihood
        (Update-EmFit saved.json -Path $file).LogLikelihood | Should -Be (Update-EmFit $fit -Path $file).LogLikelihood
        (Get-Item saved.json | Get-MixtureComponent).Weight | Should -Be $fit.Mixture.Components.Weight
        Compare-GaussianMixture saved.json $fit | Where-Object Deviation -NE 0 | Should -BeNullOrEmpty
        (Import-Csv $file | Invoke-EmFit -InitialModel ./saved.json).ComponentCount | Should -Be 2

        Set-Content broken.json '{ "weights": [1] }'
        Assert-Failure { 1 | Get-MixtureMembership broken.json } -ErrorId InvalidMixtureFile
        Assert-Failure { 1 | Get-MixtureMembership missing.json } -ErrorId NotAModel -Contains "the text 'missing.json'"
    }
}

Describe 'Files that are written' {
    It 'are replaced unless -NoClobber says otherwise: <_>' -ForEach 'Export-GaussianMixture', 'Export-MixturePlot', 'New-GaussianMixtureSample' {
        $target = @{ 'Export-GaussianMixture' = 'again.json'; 'Export-MixturePlot' = 'again.svg'; 'New-GaussianMixtureSample' = 'again.csv' }[$_]
        $arguments = @{ Path = $target }
        if ($_ -eq 'New-GaussianMixtureSample') { $arguments.Count = 2 }
        if ($_ -eq 'Export-MixturePlot' -and (Get-TestedEngine) -ne 'net10.0') { return }
        $fit | & $_ @arguments
        Set-Content $target 'old'
        Assert-Failure { $fit | & $_ @arguments -NoClobber } -ErrorId FileExists -Contains 'Leave out -NoClobber'
        Get-Content $target | Should -BeExactly 'old'
        $fit | & $_ @arguments
        (Get-Content $target -TotalCount 1) | Should -Not -BeExactly 'old'
        (Get-Command $_).Parameters.Keys | Should -Contain Force
    }

    It 'are named as they were given in errors' -Skip:(-not $IsLinux) {
        $writes = @({ $fit | Export-GaussianMixture /proc/a.json }, { $fit | New-GaussianMixtureSample 2 -Path /proc/a.csv })
        if ((Get-TestedEngine) -eq 'net10.0') { $writes += { $fit | Export-MixturePlot /proc/a.svg } }
        foreach ($write in $writes) {
            $failure = Assert-Failure $write -ErrorId UnwritableFile -Contains "'/proc/a."
            "$failure" | Should -Not -Match 'partial|tmp'
        }
    }
}

Describe 'What may be left out' {
    It 'is the number of components; 1 to 9 are tried' {
        $output = @(Import-Csv $file | Invoke-EmFit 6>&1)
        $output | Should -HaveCount 2
        "$($output[0])" | Should -BeLike 'Of 1 to 9 components, * has the smallest BIC.*'
        $output[1].ComponentCount | Should -Be 2
    }

    It 'is what -ExcludeProperty names' {
        (Import-Csv $file | Invoke-EmFit -ComponentCount 1 -ExcludeProperty @()).Property | Should -BeExactly 'eruptions', 'waiting'
    }
}
