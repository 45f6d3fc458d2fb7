<#
.SYNOPSIS
Outliers in a latency log: an incident that no limit on the latency finds.
.DESCRIPTION
Finds an incident in the log of a web server. latency.csv was made by New-LatencyLog.ps1: from 10:30 to 10:50 database reads took six times as
long as usual, which is no longer than a report takes. It is known which requests were affected, so the search can be checked. At the end
the whole day is fitted with noise, for those who do not know when traffic was normal.
.EXAMPLE
./LatencyOutliers.ps1
.EXAMPLE
./LatencyOutliers.ps1 -FalseAlarmRate 0.01
Reports more of the affected requests where there are more to find, and more others.
#>
[CmdletBinding()]
param(
    # The share of sound requests that may be reported.
    [double] $FalseAlarmRate = 0.001
)

# latencies and sizes are skewed; their logarithms are not
$log = Import-Csv -Path (Join-Path $PSScriptRoot 'latency.csv') | ForEach-Object {
    [pscustomobject]@{
        time       = $_.time
        hour       = $_.time.Substring(11, 2) + 'h'
        latency_ms = $_.latency_ms
        size_kb    = $_.size_kb
        latency    = [math]::Log10([double]::Parse($_.latency_ms, [cultureinfo]::InvariantCulture))
        size       = [math]::Log10([double]::Parse($_.size_kb, [cultureinfo]::InvariantCulture))
        affected   = [int]$_.affected
    }
}

'Traffic before nine, as a mixture (the number of components chosen by BIC)'
$sound = $log | Where-Object { $_.hour -lt '09h' }
$fit = $sound | Invoke-EmFit -Property latency, size -ComponentCount (1..5) -WarningAction SilentlyContinue | Select-MixtureFit
$fit.Mixture.Components | Format-Table

'The level below which a request is an outlier'
Find-MixtureOutlier $fit -FalseAlarmRate $FalseAlarmRate -LevelOnly | Format-Table

'Outliers of the day, by hour'
$outliers = $log | Find-MixtureOutlier $fit -FalseAlarmRate $FalseAlarmRate
$outliers | Group-Object -Property hour | Sort-Object -Property Name | Format-Table -Property Name, Count

'The first five of them'
$outliers | Select-Object -First 5 | Format-Table time, latency_ms, Component, Contributor

'Compared with the requests that were affected'
$affected = @($log | Where-Object { $_.affected -eq 1 }).Count
$found = @($outliers | Where-Object { $_.affected -eq 1 }).Count
'{0} of {1} affected requests were found.' -f $found, $affected
'{0} of {1} others were reported as well; {2:F1} false alarms are expected.' -f
    ($outliers.Count - $found), ($log.Count - $affected), ($FalseAlarmRate * ($log.Count - $affected))
$limit = @($sound | Sort-Object -Property latency -Descending)[2].latency
'A limit on the latency alone that reports two of the requests before nine finds {0} of them.' -f
    @($log | Where-Object { $_.affected -eq 1 -and $_.latency -gt $limit }).Count

'The whole day fitted with noise, as if nobody knew when traffic was normal: component 0 takes the rows that no other explains'
$day = $log | Invoke-EmFit latency, size -ComponentCount 3 -Noise
$log | Get-MixtureMembership $day | Group-Object Component | Sort-Object Name | Format-Table Name, Count
