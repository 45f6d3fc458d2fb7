<#
.SYNOPSIS
Latency by hour: medians, 99th percentiles and the hours that are unlike the others.
.DESCRIPTION
A mean hides that requests are of several kinds. Each hour is fitted by itself, as a mixture of three kinds of request; the mixture gives its
percentiles, and the share of slow requests. Then every hour is tested against the first three, which were sound.

Your own log needs a column time, such as 2026-03-02T10:30:00, and a column latency_ms.
.EXAMPLE
./Recipe-LatencyByHour.ps1
.EXAMPLE
./Recipe-LatencyByHour.ps1 -Path ./my-log.csv
#>
[CmdletBinding()]
param(
    # The log as a CSV file; the log that the module brings if there is none.
    [string] $Path = (Join-Path $PSScriptRoot 'latency.csv')
)

# latencies are skewed; their logarithms are not
$log = Import-Csv -Path $Path | Select-Object time,
    @{ Name = 'hour'; Expression = { $_.time.Substring(11, 2) } },
    @{ Name = 'latency'; Expression = { [math]::Log10($_.latency_ms) } }

'Percentiles by hour, in milliseconds, and the share of the slowest kind'
$fits = $log | Invoke-EmFit latency -ComponentCount 3 -GroupProperty hour
$fits | ForEach-Object {
    $median, $late = Get-MixtureDensity $_ -Probability 0.5, 0.99
    $slowest = $_ | Get-MixtureComponent | Sort-Object Mean_latency | Select-Object -Last 1
    [pscustomobject]@{
        Hour   = $_.hour
        Median = '{0:F1}' -f [math]::Pow(10, $median.latency)
        P99    = '{0:F0}' -f [math]::Pow(10, $late.latency)
        Slow   = '{0:P1}' -f $slowest.Weight
    }
} | Format-Table

'Hours that are unlike the first three, where one sound hour in a thousand would be'
$sound = $log | Where-Object hour -in ($fits.hour | Select-Object -First 3)
$baseline = $sound | Invoke-EmFit latency -ComponentCount 3
foreach ($hour in $log | Group-Object hour) {
    $test = $hour.Group | Test-MixtureFit $baseline -FalseAlarmRate 0.001
    if (-not $test.Passed) { "$($hour.Name)h: $($test.Difference)" }
}
