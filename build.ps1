#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, demonstrates, measures or packages GmmTools. All work is done by dotnet; this file only names it.
.DESCRIPTION
Without a PowerShell on the machine, 'dotnet tool exec powershell --yes -- -File build.ps1 Build' runs it in the one that the repository pins.
.EXAMPLE
./build.ps1 Build
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Benchmark', 'Package')]
    [string] $Task = 'Build',

    # Passed on to the benchmark program or the demonstration.
    [Parameter(Position = 1, ValueFromRemainingArguments)]
    [string[]] $Argument = @()
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

# Examples take their parameters by name; a child of this PowerShell reads them as they were written.
function Invoke-Demo {
    & (Join-Path $PSHOME 'pwsh') -NoProfile -Command "Import-Module ./GmmTools.psd1; & ./src/Examples/OldFaithful.ps1 $Argument"
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
        'Package' { dotnet build src/GmmTools -c Release -t:Package --nologo }
    }
}
finally {
    Pop-Location
}
