<#
.SYNOPSIS
Process memory: the process that leaks, among processes of very different sizes.
.DESCRIPTION
A limit on the memory of all processes is too high for small ones and too low for large ones. Here each name has a mixture of its own, learned
from its first snapshots, and a snapshot is reported when it is unlike those of its name, at a stated false-alarm rate.

Your own snapshots are what Get-Process gives, once a minute, with the minute added:

1..120 | ForEach-Object { $minute = $_; Get-Process | Select-Object Name, WorkingSet64, HandleCount, @{ n = 'Minute'; e = { $minute } }; Start-Sleep 60 }
.EXAMPLE
./Recipe-ProcessMemory.ps1
.EXAMPLE
./Recipe-ProcessMemory.ps1 -Snapshot $snapshots -Learn 60
#>
[CmdletBinding()]
param(
    # Rows with Name, WorkingSet64, HandleCount and Minute; made ones if there are none.
    [object[]] $Snapshot,

    # How many of the first minutes are taken to be sound.
    [int] $Learn = 60
)

if (-not $Snapshot) {
    # four services for two hours; from minute 90 on, the cache holds half a percent more memory each minute
    $megabytes = @{ agent = 30; cache = 4000; web = 300; worker = 120 }
    $Snapshot = foreach ($name in $megabytes.Keys | Sort-Object) {
        $usual = New-GaussianMixture -Weight 1 -Mean (, @([math]::Log10($megabytes[$name]), 2.5)) -Covariance (, @(0.0001, 0.00005, 0.00005, 0.0004)) -Property memory, handles
        $minute = 0
        New-GaussianMixtureSample $usual -Count 120 -Seed $name.Length | ForEach-Object {
            $minute++
            $leak = if ($name -eq 'cache' -and $minute -ge 90) { [math]::Pow(1.005, $minute - 89) } else { 1 }
            [pscustomobject]@{
                Name = $name; Minute = $minute
                WorkingSet64 = [long](1MB * $leak * [math]::Pow(10, $_.memory)); HandleCount = [int][math]::Pow(10, $_.handles)
            }
        }
    }
}

$memory = @{ Name = 'memory'; Expression = { [math]::Log10($_.WorkingSet64) } }
$handles = @{ Name = 'handles'; Expression = { [math]::Log10($_.HandleCount) } }

'What is usual, by name'
$usual = $Snapshot | Where-Object Minute -le $Learn | Invoke-EmFit $memory, $handles -ComponentCount 1 -GroupProperty Name
$usual | ForEach-Object {
    $component = $_ | Get-MixtureComponent
    [pscustomobject]@{ Name = $_.Name; MB = '{0:F0}' -f ([math]::Pow(10, $component.Mean_memory) / 1MB); Handles = '{0:F0}' -f [math]::Pow(10, $component.Mean_handles) }
} | Format-Table

'What is not: one sound snapshot in ten thousand would be reported'
$found = @($Snapshot | Find-MixtureOutlier $usual -Property $memory, $handles -FalseAlarmRate 0.0001)
$found | Group-Object Name | ForEach-Object {
    [pscustomobject]@{ Name = $_.Name; Snapshots = $_.Count; Since = $_.Group[0].Minute; Contributor = ($_.Group.Contributor | Group-Object | Sort-Object Count | Select-Object -Last 1).Name }
} | Format-Table
