<#
.SYNOPSIS
Buckets of Prometheus: percentiles of a histogram, though nobody kept the requests.
.DESCRIPTION
A histogram counts events in buckets, and a mixture can be fitted to counts as to events: -WeightProperty says how often each row counts. Percentiles
of the mixture are those of a smooth curve, where histogram_quantile() takes the requests of a bucket to be spread evenly over it.

Your own text is what the address /metrics of an exporter says, of one histogram.
.EXAMPLE
./Recipe-PrometheusBuckets.ps1
.EXAMPLE
./Recipe-PrometheusBuckets.ps1 -Metrics (Invoke-RestMethod http://localhost:9090/metrics) -Name http_request_duration_seconds
#>
[CmdletBinding()]
param(
    # The text; 50000 requests in 16 buckets are made if there is none.
    [string] $Metrics,

    # The name of the histogram.
    [string] $Name = 'http_request_duration_seconds'
)

$invariant = [cultureinfo]::InvariantCulture
$truth = $null
if (-not $Metrics) {
    # requests of two kinds, whose logarithms are normal; each bucket ends at half as much again as the one before
    $truth = New-GaussianMixture -Weight 0.8, 0.2 -Mean -1.6, -0.5 -Covariance 0.03, 0.04 -Property log
    $logs = [double[]]@((New-GaussianMixtureSample $truth -Count 50000 -Seed 3).log | Sort-Object)
    $ends = 0..15 | ForEach-Object { 0.004 * [math]::Pow(1.5, $_) }
    $Metrics = ($ends + [double]::PositiveInfinity | ForEach-Object {
        $end = $_
        $text = if ([double]::IsInfinity($end)) { '+Inf' } else { $end.ToString('G4', $invariant) }
        $place = [array]::BinarySearch($logs, [math]::Log10($end))
        '{0}_bucket{{le="{1}"}} {2}' -f $Name, $text, $(if ($place -lt 0) { -bnot $place } else { $place + 1 })
    }) -join "`n"
}

# counts are cumulative; a bucket without an end holds what is left, and nobody knows where
$previous = @{ End = 0; Count = 0 }
$buckets = foreach ($match in [regex]::Matches($Metrics, [regex]::Escape($Name) + '_bucket\{(?:.*,)?le="(?<end>[\d.e+-]+)".*\} (?<count>[\d.e+]+)')) {
    $end = [double]::Parse($match.Groups['end'].Value, $invariant)
    $count = [double]::Parse($match.Groups['count'].Value, $invariant)
    # the middle of a bucket on a logarithmic scale; the first has no lower end
    $start = if ($previous.End) { $previous.End } else { $end / 1.5 }
    [pscustomobject]@{ log = [math]::Log10([math]::Sqrt($start * $end)); count = $count - $previous.Count; start = $start; end = $end; below = $previous.Count }
    $previous = @{ End = $end; Count = $count }
}
$total = $previous.Count

'The kinds of requests'
$fit = $buckets | Where-Object count -gt 0 | Invoke-EmFit log -ComponentCount 2 -WeightProperty count
$fit | Get-MixtureComponent | ForEach-Object { [pscustomobject]@{ Share = '{0:P1}' -f $_.Weight; Typical = '{0:F0} ms' -f (1000 * [math]::Pow(10, $_.Mean_log)) } } | Format-Table

'Percentiles in milliseconds: of the mixture, and by a straight line in the bucket'
foreach ($probability in 0.5, 0.9, 0.99) {
    $bucket = $buckets | Where-Object { $_.below + $_.count -ge $probability * $total } | Select-Object -First 1
    $line = $bucket.start + ($bucket.end - $bucket.start) * ($probability * $total - $bucket.below) / $bucket.count
    $row = [ordered]@{
        Percentile = 100 * $probability
        Mixture    = '{0:F1}' -f (1000 * [math]::Pow(10, (Get-MixtureDensity $fit -Probability $probability).log))
        Line       = '{0:F1}' -f (1000 * $line)
    }
    if ($truth) { $row['Truth'] = '{0:F1}' -f (1000 * [math]::Pow(10, (Get-MixtureDensity $truth -Probability $probability).log)) }
    [pscustomobject]$row
}
