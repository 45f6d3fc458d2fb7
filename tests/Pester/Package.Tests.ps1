# The package is made of the module as it was built, and goes the way of a user: a repository, an installation, an update while the module
# is in use, an uninstallation; each in a PowerShell that has no other modules than its own.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $script:root = Get-RepositoryRoot
    $script:manifest = Import-PowerShellDataFile (Join-Path $root 'GmmTools.psd1')
    $script:output = Join-Path $TestDrive 'out'
    $script:printed = dotnet msbuild (Join-Path $root 'src/GmmTools') -t:Package -p:NoBuild=true "-p:PackageOutput=$output/" -nologo -v:m
    $script:packages = @(Get-ChildItem $output -Filter *.nupkg)
    $script:unpacked = Join-Path $TestDrive 'unpacked'
    Expand-Archive $packages[0].FullName $unpacked
    $script:nuspec = ([xml](Get-Content -Raw (Join-Path $unpacked 'GmmTools.nuspec'))).package.metadata

    # a user who has nothing yet: modules are installed into this folder, and settings of repositories are kept there
    $script:userFolder = (New-Item -ItemType Directory (Join-Path $TestDrive 'user')).FullName
    $script:repository = (New-Item -ItemType Directory (Join-Path $TestDrive 'repository')).FullName
    $script:later = Join-Path $TestDrive 'later/GmmTools'
    $script:laterVersion = $null
    Copy-Item $packages[0].FullName $repository

    function Invoke-AsUser([string] $Code, [string] $WorkingDirectory = $TestDrive) {
        $folders = @{ HOME = $userFolder; USERPROFILE = $userFolder; LOCALAPPDATA = $userFolder; XDG_DATA_HOME = $null; XDG_CONFIG_HOME = $null; XDG_CACHE_HOME = $null; PSModulePath = $null }
        $result = Invoke-Pwsh -Bare -WorkingDirectory $WorkingDirectory -Environment $folders "`$ErrorActionPreference = 'Stop'; $Code"
        $result.Errors | Should -BeNullOrEmpty
        $result.ExitCode | Should -Be 0
        $result.Lines
    }
}

Describe 'The package' -Tag FastEngine {
    It 'is one file, and its size is printed' {
        $packages.Count | Should -Be 1
        $printed -join "`n" | Should -Match 'GmmTools\.[0-9.]+\.nupkg, [0-9.]+ MB'
    }

    It 'says what the manifest says' {
        $nuspec.version | Should -Be $manifest.ModuleVersion
        $nuspec.description | Should -Be $manifest.Description
        $nuspec.authors | Should -Be $manifest.Author
        foreach ($tag in $manifest.PrivateData.PSData.Tags + 'PSModule' + ($manifest.CmdletsToExport | ForEach-Object { "PSCommand_$_" })) {
            $nuspec.tags -split ' ' | Should -Contain $tag
        }
    }

    It 'has what is needed, and nothing else' {
        $files = @(Get-ChildItem $unpacked -Recurse -File | ForEach-Object { [System.IO.Path]::GetRelativePath($unpacked, $_.FullName).Replace('\', '/') })
        foreach ($file in 'GmmTools.psd1', 'LICENSE', 'ThirdPartyNotices.txt', 'DejaVuSans-LICENSE.txt', 'bin/GmmTools.dll', 'en-US/GmmTools.dll-Help.xml', 'src/Examples/faithful.csv') {
            $files | Should -Contain $file
        }
        $files | Where-Object { $_ -match '\.(pdb|deps\.json|cs)$' -or ($_ -match '\.xml$' -and $_ -notmatch '-Help\.xml$|Content_Types') } | Should -BeNullOrEmpty
        $files | Where-Object { $_ -match 'System\.Management\.Automation|PowerShellStandard' } | Should -BeNullOrEmpty
    }

    It 'has each of our assemblies once, named after the version' {
        foreach ($engine in 'net10.0', 'netstandard2.0') {
            (Get-ChildItem (Join-Path $unpacked "bin/$engine") -Filter *.dll).Name | Sort-Object | Should -Be @($(if ($engine -eq 'net10.0') { 'Connectors', 'Core', 'Feedback', 'Plots' } else { 'Connectors', 'Core', 'Plots' }) | ForEach-Object { "GmmTools.$_-$($manifest.ModuleVersion).dll" })
        }
        [Reflection.AssemblyName]::GetAssemblyName((Join-Path $unpacked 'bin/GmmTools.dll')).Name | Should -Be "GmmTools-$($manifest.ModuleVersion)"
    }

    It 'names the licence of every library that it brings' {
        $notices = Get-Content -Raw (Join-Path $unpacked 'ThirdPartyNotices.txt')
        foreach ($library in Get-ChildItem (Join-Path $unpacked 'bin/deps') -Recurse -File | Sort-Object BaseName -Unique) {
            [regex]::Matches($notices, "(?m)^$([regex]::Escape($library.BaseName))\r?$") | Should -HaveCount 1 -Because $library.BaseName
        }
    }

    It 'is listed with every library that it brings, and with nothing that it does not' {
        dotnet msbuild (Join-Path $root 'src/GmmTools') -t:Sbom "-p:PackageOutput=$output/" -nologo -v:m | Out-Null
        $list = Get-Content -Raw (Join-Path $output 'GmmTools.cdx.json') | ConvertFrom-Json
        $list.bomFormat | Should -Be 'CycloneDX'
        $list.metadata.component.version | Should -Be $manifest.ModuleVersion
        # Parquet.dll is of the package Parquet.Net
        $brought = @(Get-ChildItem (Join-Path $unpacked 'bin/deps') -Recurse -File | ForEach-Object BaseName | Sort-Object -Unique)
        $brought.Count | Should -BeGreaterThan 5
        $brought | Where-Object { $name = $_; -not @($list.components.name | Where-Object { $_ -eq $name -or $_.StartsWith("$name.") }) } | Should -BeNullOrEmpty
        $list.components.name | Where-Object { $_ -match 'PowerShell|Management\.Automation|NETStandard|xunit' } | Should -BeNullOrEmpty
        $list.components | Where-Object { -not $_.hashes } | Should -BeNullOrEmpty
    }

    It 'has a manifest without faults' {
        Test-ModuleManifest (Join-Path $unpacked 'GmmTools.psd1') -WarningVariable faults | Should -Not -BeNullOrEmpty
        $faults | Should -BeNullOrEmpty
    }
}

Describe 'The installed module' -Tag FastEngine {
    BeforeAll {
        # a real build of the same sources with a later version, published as an author does it
        Copy-Item (Get-LaterModule) $later -Recurse
        $script:laterVersion = (Import-PowerShellDataFile (Join-Path $later 'GmmTools.psd1')).ModuleVersion
        $script:installed = Invoke-AsUser "
            Register-PSResourceRepository -Name local -Uri '$repository' -Trusted
            Install-PSResource GmmTools -Repository local -Version $($manifest.ModuleVersion) -WarningAction SilentlyContinue
            Import-Module GmmTools
            (Get-Module GmmTools).ModuleBase
            (Get-Module GmmTools).ExportedCommands.Count
            [GmmTools.Mixtures.GaussianMixture].Assembly.Location"
    }

    It 'is found by name in the folder of the user' {
        $installed[0] | Should -BeLike "$userFolder*$($manifest.ModuleVersion)*"
        $installed[1] | Should -Be $manifest.CmdletsToExport.Count
    }

    It 'runs the machine code of this platform, and the IL where there is none' {
        $native = Get-ChildItem (Join-Path $unpacked 'bin/net10.0') -Directory
        $native.Name | Should -Be "$($IsWindows ? 'windows' : $IsMacOS ? 'osx' : 'linux')-$("$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant())"
        (Get-ChildItem $native -Filter *.dll).Name | Sort-Object | Should -Be @('Connectors', 'Core', 'Plots' | ForEach-Object { "GmmTools.$_-$($manifest.ModuleVersion).dll" })
        Split-Path $installed[2] | Should -Be (Join-Path $installed[0] 'bin' 'net10.0' $native.Name)

        $other = Join-Path $TestDrive 'other'
        Copy-Item $unpacked $other -Recurse
        Rename-Item (Join-Path $other 'bin' 'net10.0' $native.Name) 'another-platform'
        Invoke-AsUser "Import-Module '$(Join-Path $other 'GmmTools.psd1')'; (1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount; Split-Path ([GmmTools.Mixtures.GaussianMixture].Assembly.Location)" |
            Should -Be '4', (Join-Path $other 'bin' 'net10.0')
    }

    It 'runs examples of its help where it is installed' {
        $lines = Invoke-AsUser '
            Import-Module GmmTools
            Set-Location (Get-Module GmmTools).ModuleBase
            foreach ($name in "Invoke-EmFit", "Get-MixtureComponent", "Find-MixtureOutlier") {
                $code = @((Get-Help $name -Examples).examples.example)[0].code
                "$name gives $(@(& ([scriptblock]::Create($code))).Count -gt 0)"
            }
            (Get-Help about_GmmTools).Trim().Split([char]10)[0].Trim()'
        $lines | Should -Be 'Invoke-EmFit gives True', 'Get-MixtureComponent gives True', 'Find-MixtureOutlier gives True', 'TOPIC'
    }

    It 'loads when one of its commands is typed' {
        Invoke-AsUser '(1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount' | Should -Be '4'
    }

    It 'is updated while it is in use: the new version takes over, and takes the objects of the old one' {
        $lines = Invoke-AsUser "
            Import-Module GmmTools
            `$old = 1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1
            Publish-PSResource -Path '$later' -Repository local
            Update-PSResource GmmTools -Repository local -WarningAction SilentlyContinue
            (Get-Module GmmTools).Version -join ' '
            Import-Module GmmTools
            (Get-Module GmmTools).Version -join ' '
            (Get-Command Invoke-EmFit).Version.ToString()
            `$new = 1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1
            `$new.GetType().Assembly.GetName().Version.ToString(3)
            @(Compare-GaussianMixture `$old `$new | Where-Object Deviation -NE 0).Count
            (`$old | Get-MixtureComponent).Mean_x1
            `$new | Export-Clixml '$TestDrive/fit.xml'
            (Import-Clixml '$TestDrive/fit.xml' | Get-MixtureComponent).Covariance_x1_x1"
        $lines | Should -Be $manifest.ModuleVersion, $laterVersion, $laterVersion, $laterVersion, '0', '3.75', '7.1875'
    }

    It 'goes when it is uninstalled' {
        Invoke-AsUser '
            Uninstall-PSResource GmmTools -Version "*"
            @(Get-Module GmmTools -ListAvailable).Count
            @(Get-Command Invoke-EmFit -ErrorAction Ignore).Count' | Should -Be '0', '0'
    }
}
