# Brackets in -Path that are no pattern, in every command that has the parameter.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $commands = Get-Command -Module GmmTools | Where-Object { $_.Parameters.ContainsKey('Path') -and $_.Parameters.ContainsKey('LiteralPath') } |
        ForEach-Object { @{ Command = $_.Name } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:model = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property x
    $script:arguments = @{
        'Invoke-EmFit'           = @{ ComponentCount = 1 }
        'Import-GaussianMixture' = @{}
        'Get-MixtureConditional' = @{ Model = New-GaussianMixture -Random -ComponentCount 1 -Dimension 2 -Seed 1; Predict = 'x2' }
        'Compare-MixtureSample'  = @{ ReferenceObject = 1, 2 }
        'Test-MixtureComponentCount' = @{}
        'New-MixtureClassifier'     = @{ Class = 'x' }
        'Measure-MixtureClassifier' = @{ Class = 'x' }
        'Get-MixtureClass'          = @{ Model = 1..9 | ForEach-Object { [pscustomobject]@{ x = [math]::Sin($_); y = $_ % 2 } } | New-MixtureClassifier y }
        'Update-EmFit'           = @{ Model = $model; ModelWeight = 10 }
    }

    function Get-PathError([string] $Command, [string] $Path) {
        $given = $arguments.ContainsKey($Command) ? $arguments[$Command] : @{ Model = $model }
        try { $null = & $Command @given -Path $Path } catch { return $_ }
        throw "$Command takes the path '$Path'."
    }

    Push-Location $TestDrive
    'x', '1', '2', '4' | Set-Content -LiteralPath 'a[1].csv', 'a[].csv'
}

AfterAll {
    Pop-Location
}

Describe 'A path with brackets that are no pattern' {
    It 'is an error of <Command> that says what to do' -ForEach $commands {
        foreach ($path in 'a[].csv', '[z-a].csv', 'a[b-a]*', 'a[1') {
            $record = Get-PathError $Command $path
            $record.FullyQualifiedErrorId | Should -BeLike 'InvalidPathPattern,*' -Because "$path`: $record"
            $record.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $record.TargetObject | Should -BeExactly $path
            "$record" | Should -BeLike "*'$([WildcardPattern]::Escape($path))'*-LiteralPath*"
        }
    }

    It 'that match no file say the same in <Command>' -ForEach $commands {
        foreach ($path in 'a[1].csv', 'none[0-9].csv') {
            $record = Get-PathError $Command $path
            $record.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*' -Because "$path`: $record"
            "$record" | Should -BeLike '*-LiteralPath*'
        }
    }

    It 'is read by -LiteralPath' {
        (Invoke-EmFit -LiteralPath 'a[].csv' -ComponentCount 1).RowCount | Should -Be 3
        (Invoke-EmFit -Path 'a`[1`].csv' -ComponentCount 1).RowCount | Should -Be 3
    }

    It 'is an error of the rows of a picture, which names their parameter' {
        $record = try { Export-MixturePlot a.png -Model $model -DataPath 'a[].csv' } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'InvalidPathPattern,*' -Because "$record"
        "$record" | Should -BeLike '*-DataLiteralPath*'
    }

    It 'is an error of training rows, which have no literal path' {
        $record = try { 1, 2 | Find-MixtureOutlier $model 0.1 -Training 'a[].csv' } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'InvalidPathPattern,*'
        "$record" | Should -BeLike '*backtick*'
    }
}
