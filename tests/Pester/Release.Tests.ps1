# The steps of a release that a workflow calls, as far as they can be taken anywhere: nothing is signed or published here.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $script:root = Get-RepositoryRoot
    $script:smoke = Join-Path $root 'tests/Smoke.ps1'
    $script:build = Join-Path $root 'build.ps1'
}

Describe 'The smoke test' {
    It 'is passed by the module' {
        $result = Invoke-Pwsh -ArgumentList '-NoProfile', '-NonInteractive', '-File', $smoke, '-Manifest', (Get-TestedManifest)
        $result.Output | Should -Match '(?m)^passed  published values are found here'
        $result.Output | Should -Match '(?m)^0 failed'
        $result.ExitCode | Should -Be 0
    }

    It 'is not passed by a module that does nothing' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'GmmTools')).FullName
        New-ModuleManifest (Join-Path $folder 'GmmTools.psd1') -CmdletsToExport 'Invoke-EmFit'
        $result = Invoke-Pwsh -ArgumentList '-NoProfile', '-NonInteractive', '-File', $smoke, '-Manifest', (Join-Path $folder 'GmmTools.psd1')
        $result.Output | Should -Not -Match '(?m)^passed'
        $result.Output | Should -Match '(?m)^FAILED  a fit has the likelihood that is published: '
        $result.ExitCode | Should -Be 1
    }

    It 'is written in the language of Windows PowerShell 5.1' {
        $tokens = $faults = $null
        $ast = [Management.Automation.Language.Parser]::ParseFile($smoke, [ref] $tokens, [ref] $faults)
        $faults | Should -BeNullOrEmpty
        $ast.FindAll({ $args[0].GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' }, $true) | Should -BeNullOrEmpty
        $tokens | Where-Object { "$($_.Kind)" -in 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr' } | Should -BeNullOrEmpty
        [IO.File]::ReadAllText($smoke) | Should -Not -Match '[^\x00-\x7F]'
        # there, Join-Path takes two parts
        $ast.FindAll({ $args[0].GetType().Name -eq 'CommandAst' -and $args[0].GetCommandName() -eq 'Join-Path' -and $args[0].CommandElements.Count -gt 3 }, $true) | Should -BeNullOrEmpty
    }
}

Describe 'build.ps1' -Tag FastEngine {
    It 'has help, with examples' {
        $help = Get-Help $build -Full
        $help.Synopsis | Should -BeLike 'Builds, tests,*'
        @($help.examples.example).Count | Should -BeGreaterThan 1
    }

    It 'does something for each task that it takes' {
        $ast = [Management.Automation.Language.Parser]::ParseFile($build, [ref] $null, [ref] $null)
        $switch = $ast.Find({ $args[0].GetType().Name -eq 'SwitchStatementAst' }, $true)
        $done = @($switch.Clauses | ForEach-Object { $_.Item1.Value })
        $taken = (Get-Command $build).Parameters.Task.Attributes.ValidValues
        $taken | Should -Be $done
    }
}

Describe 'A tag' -Tag FastEngine {
    It 'is that of the manifest' {
        { & $build Tag v99.0.0 } | Should -Throw "The tag 'v99.0.0' is not that of the manifest, 'v*"
    }

    It 'has the version of the assemblies and a heading in the changelog' {
        $copy = (New-Item -ItemType Directory (Join-Path $TestDrive 'tagged/src')).Parent.FullName
        Copy-Item $build, (Join-Path $root 'GmmTools.psd1') $copy
        $version = (Import-PowerShellDataFile (Join-Path $copy 'GmmTools.psd1')).ModuleVersion
        Set-Content (Join-Path $copy 'src/Directory.Build.props') '<Project><PropertyGroup><Version>0.0.1</Version></PropertyGroup></Project>'
        Set-Content (Join-Path $copy 'CHANGELOG.md') '## [Unreleased]'
        { & $copy/build.ps1 Tag "v$version" } | Should -Throw "The assemblies have version 0.0.1 *, the manifest has $version *"
        Copy-Item (Join-Path $root 'src/Directory.Build.props') (Join-Path $copy 'src')
        { & $copy/build.ps1 Tag "v$version" } | Should -Throw "CHANGELOG.md has no heading '## ``[$version``]'."
        Add-Content (Join-Path $copy 'CHANGELOG.md') "## [$version] - 2026-12-31"
        & $copy/build.ps1 Tag "v$version" | Should -Be "v$version is the version of the manifest, the assemblies and the changelog."
    }
}

Describe 'Without a key' -Tag FastEngine {
    BeforeAll {
        $script:before = $env:GMMTOOLS_SIGNING_CERTIFICATE, $env:GMMTOOLS_GALLERY_KEY
        $env:GMMTOOLS_SIGNING_CERTIFICATE = $env:GMMTOOLS_GALLERY_KEY = $null
    }
    AfterAll { $env:GMMTOOLS_SIGNING_CERTIFICATE, $env:GMMTOOLS_GALLERY_KEY = $before }

    It 'nothing is signed, and that is said' {
        & $build Sign | Should -BeLike 'Not signed: GMMTOOLS_SIGNING_CERTIFICATE*'
    }

    It 'nothing is published' {
        { & $build Publish } | Should -Throw 'GMMTOOLS_GALLERY_KEY*is not set.'
    }
}
