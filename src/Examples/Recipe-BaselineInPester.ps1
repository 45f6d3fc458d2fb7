<#
.SYNOPSIS
A baseline in Pester: a test that fails when traffic is not what it was.
.DESCRIPTION
LatencyBaseline.Tests.ps1 is a Pester test of one It: the traffic of an hour against latency-baseline.json, the fit of three sound hours. Its
message says what differs. This script runs it for two hours, one sound and one with an incident, as a build or a scheduled task would.

Of the hours of a sound server one in a hundred fails: -FalseAlarmRate says how many do.
.EXAMPLE
./Recipe-BaselineInPester.ps1
.EXAMPLE
./Recipe-BaselineInPester.ps1 -Hour 2026-03-02T15
#>
[CmdletBinding()]
param(
    # The hours to test, as the times of the log begin.
    [string[]] $Hour = @('2026-03-02T09', '2026-03-02T10')
)

if (-not (Get-Module Pester)) { Import-Module Pester -MinimumVersion 5.0 -ErrorAction SilentlyContinue }
if (-not (Get-Module Pester)) { return 'This needs Pester 5 or later: Install-Module Pester -Force -SkipPublisherCheck' }

foreach ($one in $Hour) {
    $container = New-PesterContainer -Path (Join-Path $PSScriptRoot 'LatencyBaseline.Tests.ps1') -Data @{ Hour = $one }
    $result = Invoke-Pester -Container $container -Output None -PassThru
    foreach ($test in $result.Tests) {
        "$one  $($test.ExpandedPath): $($test.Result)"
        if ($test.ErrorRecord) { '  ' + ($test.ErrorRecord[0].Exception.Message -replace '\r?\n', ' ') }
    }
}
