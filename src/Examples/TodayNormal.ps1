<#
.SYNOPSIS
Is today normal? A mixture of sound traffic is a baseline for the hours that follow.
.DESCRIPTION
Fits the first three hours of the latency log, saves the fit, and tests each hour that follows against the file: whether it looks like the
baseline, at a stated false-alarm rate, and if not, what differs. Then the rows are watched one by one, as they would come.
.EXAMPLE
./TodayNormal.ps1
.EXAMPLE
./TodayNormal.ps1 -Baseline ./baseline.json
Keeps the baseline, for a scheduled task or for LatencyBaseline.Tests.ps1.
#>
[CmdletBinding()]
param(
    # Where the baseline is saved.
    [string] $Baseline = (Join-Path ([IO.Path]::GetTempPath()) 'latency-baseline.json')
)

# latencies and sizes are skewed; their logarithms are not
$log = Import-Csv -Path (Join-Path $PSScriptRoot 'latency.csv') | Select-Object time,
    @{ Name = 'latency'; Expression = { [math]::Log10($_.latency_ms) } }, @{ Name = 'size'; Expression = { [math]::Log10($_.size_kb) } }

'The baseline: traffic before nine'
$log | Where-Object time -lt '2026-03-02T09' | Invoke-EmFit latency, size -ComponentCount 3 | Export-GaussianMixture -Path $Baseline
(Import-GaussianMixture $Baseline).Mixture.Components | Format-Table

'Each hour after it'
foreach ($hour in 9..17) {
    $test = $log | Where-Object time -like ('2026-03-02T{0:00}*' -f $hour) | Test-MixtureFit $Baseline
    if ($hour -lt 11) { $test }
    elseif (-not $test.Passed) { "$hour h differs: $($test.Difference)" }
}

'What differs between ten and eleven'
($log | Where-Object time -like '2026-03-02T10*' | Test-MixtureFit $Baseline).Causes | Format-Table

'The rows after nine, watched as they come'
$log | Where-Object time -ge '2026-03-02T09' | Watch-MixtureFit $Baseline
