#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, demonstrates, measures or packages GmmTools. All work is done by dotnet; this file only names it.
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

function Write-ImportTime {
    # in a fresh session; the second one finds the files in the memory of the system
    $code = "'{0:N0}' -f (Measure-Command { Import-Module ./GmmTools.psd1 }).TotalMilliseconds"
    $milliseconds = 1..2 | ForEach-Object { pwsh -NoProfile -NonInteractive -Command $code }
    "A fresh session imports GmmTools in $($milliseconds[-1]) ms."
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' {
            dotnet build GmmTools.sln --nologo
            Write-ImportTime
        }
        'Test' { dotnet test GmmTools.sln --nologo }
        'Demo' { dotnet run --project src/GmmTools.Shell -- src/Examples/OldFaithful.ps1 @Argument }
        'Benchmark' { dotnet run -c Release --project tests/GmmTools.Benchmarks -- @Argument }
        'Package' {
            dotnet build src/GmmTools -c Release -t:Package --nologo
            Write-ImportTime
        }
    }
}
finally {
    Pop-Location
}
