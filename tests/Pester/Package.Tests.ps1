# The package is made of the module as it was built, put into a module path as an installation does, and used from there.
BeforeAll {
    $script:root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $script:output = Join-Path $TestDrive 'out'
    $script:printed = dotnet msbuild (Join-Path $root 'src/GmmTools') -t:Package -p:NoBuild=true "-p:PackageOutput=$output/" -nologo -v:m
    $script:packages = @(Get-ChildItem $output -Filter *.nupkg)
    $version = (Import-PowerShellDataFile (Join-Path $root 'GmmTools.psd1')).ModuleVersion
    $script:modules = Join-Path $TestDrive 'Modules'
    $script:installed = Join-Path $modules "GmmTools/$version"
    Add-Type -AssemblyName System.IO.Compression.FileSystem
    [System.IO.Compression.ZipFile]::ExtractToDirectory($packages[0].FullName, $installed)
    $script:nuspec = ([xml](Get-Content -Raw (Join-Path $installed 'GmmTools.nuspec'))).package.metadata

    # a PowerShell that finds nothing but the installed module, in a folder of its own
    function Invoke-Installed([string] $Code) {
        $before = $env:PSModulePath
        Push-Location $TestDrive
        try {
            $env:PSModulePath = $modules
            pwsh -NoProfile -NonInteractive -Command $Code
        }
        finally {
            $env:PSModulePath = $before
            Pop-Location
        }
    }
}

Describe 'The package' {
    It 'is one file, and its size is printed' {
        $packages.Count | Should -Be 1
        $printed -join "`n" | Should -Match 'GmmTools\.[0-9.]+\.nupkg, [0-9.]+ MB'
    }

    It 'says what the manifest says' {
        $manifest = Import-PowerShellDataFile (Join-Path $root 'GmmTools.psd1')
        $nuspec.version | Should -Be $manifest.ModuleVersion
        $nuspec.description | Should -Be $manifest.Description
        $nuspec.authors | Should -Be $manifest.Author
        foreach ($tag in $manifest.PrivateData.PSData.Tags + 'PSModule' + ($manifest.CmdletsToExport | ForEach-Object { "PSCommand_$_" })) {
            $nuspec.tags -split ' ' | Should -Contain $tag
        }
    }

    It 'has what is needed, and nothing else' {
        $files = @(Get-ChildItem $installed -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($installed, $_.FullName).Replace('\', '/') })
        foreach ($file in 'GmmTools.psd1', 'LICENSE', 'ThirdPartyNotices.txt', 'SkiaSharp-NOTICES.txt', 'DejaVuSans-LICENSE.txt', 'bin/GmmTools.dll', 'en-US/GmmTools.dll-Help.xml', 'src/Examples/faithful.csv') {
            $files | Should -Contain $file
        }
        $files | Where-Object { $_ -match '\.(pdb|deps\.json|cs)$' -or ($_ -match '\.xml$' -and $_ -notmatch '-Help\.xml$|Content_Types') } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -match 'System\.Management\.Automation|PowerShellStandard' } | Should -BeNullOrEmpty
    }

    It 'names the licence of every library that it brings' {
        $notices = Get-Content -Raw (Join-Path $installed 'ThirdPartyNotices.txt')
        foreach ($library in Get-ChildItem (Join-Path $installed 'bin/deps') -Recurse -File | Sort-Object BaseName -Unique) {
            $notices | Should -Match "(?m)^$([regex]::Escape($library.BaseName))\r?$"
        }
    }

    It 'has a manifest without faults' {
        Test-ModuleManifest (Join-Path $installed 'GmmTools.psd1') -WarningVariable faults | Should -Not -BeNullOrEmpty
        $faults | Should -BeNullOrEmpty
    }

    It 'is found by name, fits, and has its help' {
        $lines = Invoke-Installed "
            Import-Module GmmTools
            (Get-Module GmmTools).ModuleBase
            Set-Location (Get-Module GmmTools).ModuleBase
            (Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2).LogLikelihood.ToString('F3', [cultureinfo]::InvariantCulture)
            (Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3).ComponentCount
            (Get-Help Invoke-EmFit).Synopsis
            (Get-Help about_GmmTools).Trim().Split([char]10)[0].Trim()"
        $lines[0] | Should -Be $installed
        $lines[1] | Should -Be '-1130.264'
        $lines[2] | Should -Be '3'
        $lines[3] | Should -Match 'expectation-maximization'
        $lines[4] | Should -Be 'TOPIC'
    }

    It 'loads when one of its commands is typed' {
        Invoke-Installed "(1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount" | Should -Be '4'
    }
}
