#Requires -Version 7.4

<#
.SYNOPSIS
Builds, tests, demonstrates, measures, documents, packages or publishes GmmTools. All work is done by dotnet; this file only names it.
.DESCRIPTION
Without a PowerShell on the machine, 'dotnet tool exec powershell --yes -- -File build.ps1 Build' runs it in the one that the repository pins.

A release goes through Tag, Package, Sign, Sbom, TestPackage, Smoke and Publish in this order, as .github/workflows/release.yml does.
.EXAMPLE
./build.ps1 Build
.EXAMPLE
./build.ps1 Docs
Makes the site in out/site, and fails when a link leads nowhere.
.EXAMPLE
./build.ps1 Tag v1.2.3
Fails unless the manifest, the assemblies and the changelog have this version. A workflow names the tag in GITHUB_REF_NAME.
.EXAMPLE
./build.ps1 Smoke powershell.exe
Uses the package that is in out/ in Windows PowerShell.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Benchmark', 'Docs', 'Tag', 'Package', 'Sign', 'Sbom', 'TestPackage', 'Smoke', 'Publish')]
    [string] $Task = 'Build',

    # Passed on to the benchmark program or the demonstration; the tag, the filter of the tests of the package, the PowerShell of the smoke
    # test, the repository to publish to.
    [Parameter(Position = 1, ValueFromRemainingArguments)]
    [string[]] $Argument = @()
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
$manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'GmmTools.psd1')
$package = Join-Path $PSScriptRoot "out/GmmTools.$($manifest.ModuleVersion).nupkg"

# Examples take their parameters by name; a child of this PowerShell reads them as they were written.
function Invoke-Demo {
    & (Join-Path $PSHOME 'pwsh') -NoProfile -Command "Import-Module ./GmmTools.psd1; & ./src/Examples/OldFaithful.ps1 $Argument"
}

# The site in out/site, in a child of this PowerShell, as the demonstration.
function Invoke-Docs { & (Join-Path $PSHOME 'pwsh') -NoProfile -Command "Import-Module ./GmmTools.psd1; ./src/Site/Build-Site.ps1 $Argument" }

# A tag is v and the version; what carries the version has to agree before anything is made of it.
function Assert-Tag([string] $Tag) {
    $version = $manifest.ModuleVersion
    if ($Tag -cne "v$version") { throw "The tag '$Tag' is not that of the manifest, 'v$version'. Set ModuleVersion in GmmTools.psd1, or tag v$version." }
    $built = ([xml](Get-Content -Raw src/Directory.Build.props)).SelectSingleNode('//Version').InnerText
    if ($built -cne $version) { throw "The assemblies have version $built (src/Directory.Build.props), the manifest has $version (GmmTools.psd1)." }
    if (-not (Select-String -LiteralPath CHANGELOG.md -SimpleMatch "## [$version]" -Quiet)) { throw "CHANGELOG.md has no heading '## [$version]'." }
    "$Tag is the version of the manifest, the assemblies and the changelog."
}

# Everything that an execution policy asks about, and our own assemblies; libraries of others keep the signatures that they came with.
function Invoke-Signing {
    if (-not $env:GMMTOOLS_SIGNING_CERTIFICATE) { return 'Not signed: GMMTOOLS_SIGNING_CERTIFICATE (a PFX file as base64) is not set.' }
    if (-not (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) { throw 'Signing needs Windows: this PowerShell has no Set-AuthenticodeSignature.' }
    $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String($env:GMMTOOLS_SIGNING_CERTIFICATE), $env:GMMTOOLS_SIGNING_PASSWORD)
    $files = @(Get-ChildItem out/GmmTools -Recurse -Include *.psd1, *.ps1xml, *.ps1, GmmTools*.dll)
    if (-not $files) { throw "There is nothing to sign in out/GmmTools. Run './build.ps1 Package' first." }
    foreach ($file in $files) {
        $signature = Set-AuthenticodeSignature $file.FullName $certificate -HashAlgorithm SHA256 -TimestampServer 'http://timestamp.digicert.com'
        if ($signature.Status -ne 'Valid') { throw "$($file.FullName) was not signed: $($signature.StatusMessage)" }
    }
    "$($files.Count) files signed by $($certificate.Subject)"
    dotnet build src/GmmTools -c Release -t:PackStaged -p:NoBuild=true --nologo
}

# The package as a gallery would install it.
function Expand-Package {
    if (-not (Test-Path -LiteralPath $package)) { throw "There is no $package. Run './build.ps1 Package' first." }
    if (Test-Path out/tested) { Remove-Item out/tested -Recurse -Force }
    Expand-Archive -LiteralPath $package out/tested/GmmTools
    Join-Path $PSScriptRoot 'out/tested/GmmTools/GmmTools.psd1'
}

function Test-Package {
    $env:GMMTOOLS_TESTED_MANIFEST = Expand-Package
    $filter = @(if ($Argument) { '--filter', "$Argument" })
    try { dotnet test tests/GmmTools.Pester.Tests --nologo --logger trx --results-directory out/results @filter }
    finally { $env:GMMTOOLS_TESTED_MANIFEST = $null }
}

function Invoke-Smoke {
    $tested = Expand-Package
    $program = @($Argument) + (Get-Process -Id $PID).Path | Select-Object -First 1
    # the pinned PowerShell is a library that dotnet runs
    $start = @(if ((Split-Path -LeafBase $program) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }) + '-NoProfile', '-NonInteractive'
    if ($IsWindows) { $start += '-ExecutionPolicy', 'Bypass' }
    # another PowerShell finds its own modules, not those of this one
    $modules = $env:PSModulePath
    $env:PSModulePath = $null
    try { & $program @start -File tests/Smoke.ps1 -Manifest $tested }
    finally { $env:PSModulePath = $modules }
}

# The file that was tested goes out as it is: nothing is built or packed here.
function Publish-Package {
    if (-not $env:GMMTOOLS_GALLERY_KEY) { throw 'GMMTOOLS_GALLERY_KEY, the key of the gallery, is not set.' }
    $repository = @($Argument) + 'PSGallery' | Select-Object -First 1
    Publish-PSResource -NupkgPath $package -Repository $repository -ApiKey $env:GMMTOOLS_GALLERY_KEY
    "$((Get-FileHash -LiteralPath $package).Hash)  $(Split-Path -Leaf $package) -> $repository"
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build GmmTools.sln --nologo }
        'Test' { dotnet test GmmTools.sln --nologo }
        'Demo' {
            dotnet build src/GmmTools --nologo --verbosity minimal
            Invoke-Demo
        }
        'Benchmark' { dotnet run -c Release --project tests/GmmTools.Benchmarks -- @Argument }
        'Docs' {
            dotnet tool restore
            # one of the recipes is a test in Pester
            dotnet restore tests/GmmTools.Pester.Tests --verbosity quiet
            dotnet build src/GmmTools --nologo --verbosity minimal
            Invoke-Docs
        }
        'Tag' { Assert-Tag ($Argument ? "$Argument" : $env:GITHUB_REF_NAME) }
        'Package' { dotnet build src/GmmTools -c Release -t:Package --nologo }
        'Sign' { Invoke-Signing }
        'Sbom' {
            dotnet tool restore
            dotnet build src/GmmTools -c Release -t:Sbom --nologo
        }
        'TestPackage' { Test-Package }
        'Smoke' { Invoke-Smoke }
        'Publish' { Publish-Package }
    }
}
finally {
    Pop-Location
}
