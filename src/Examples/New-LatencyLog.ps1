<#
.SYNOPSIS
Makes latency.csv, the log of a web server with an incident.
.DESCRIPTION
2160 requests, one every twenty seconds from 06:00 to 18:00. Requests are of three kinds (hits of the cache, reads of the database, reports),
each with latency and size that are lognormal and correlated. From 10:30 to 10:50 the database is slow: its reads take six times as long
(affected is 1). They are no slower than reports, so that no limit on the latency alone finds them.
.EXAMPLE
./New-LatencyLog.ps1 another.csv -Seed 8
Another day of the same kind. Seed 7 gives the file that is shipped.
#>
[CmdletBinding()]
param(
    # The file to write.
    [string] $Path = 'latency.csv',

    # Makes the log repeatable.
    [uint64] $Seed = 7
)

$traffic = New-GaussianMixture -Property latency, size -Weight 0.6, 0.3, 0.1 -Mean @(0.9, 1.3), @(1.9, 0.7), @(2.95, 2.6) -Covariance @(
    @(0.010, 0.004, 0.004, 0.040),
    @(0.020, 0.006, 0.006, 0.030),
    @(0.015, 0.010, 0.010, 0.030)
)
$culture = [cultureinfo]::InvariantCulture
$start = [datetime]::new(2026, 3, 2, 6, 0, 0)
$number = 0
$lines = New-GaussianMixtureSample $traffic -Count 2160 -Seed $Seed -IncludeComponent | ForEach-Object {
    $time = $start.AddSeconds(20 * $number)
    $number++
    $affected = [int]($_.Component -eq 2 -and $time.TimeOfDay -ge '10:30' -and $time.TimeOfDay -lt '10:50')
    $latency = [math]::Pow(10, $_.latency) * (1 + 5 * $affected)
    [string]::Format($culture, '{0:yyyy-MM-ddTHH:mm:ss},{1:F1},{2:F1},{3}', $time, $latency, [math]::Pow(10, $_.size), $affected)
}
Set-Content -Path $Path -Value (@('time,latency_ms,size_kb,affected') + $lines)
