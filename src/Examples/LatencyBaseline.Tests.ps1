# A service-level test of a latency log: does the traffic of an hour look like the baseline? latency-baseline.json is the fit of the first three hours
# of latency.csv:
#   ... | Where-Object time -LT '2026-03-02T09' | Invoke-EmFit -Property latency, size -ComponentCount 3 | Export-GaussianMixture latency-baseline.json
# Run it with Pester: Invoke-Pester ./src/Examples/LatencyBaseline.Tests.ps1, or for another hour
#   Invoke-Pester -Container (New-PesterContainer -Path ./src/Examples/LatencyBaseline.Tests.ps1 -Data @{ Hour = '2026-03-02T10' })
param([string] $Hour = '2026-03-02T09')

BeforeAll {
    # latencies and sizes are skewed; their logarithms are not
    $window = Import-Csv -Path (Join-Path $PSScriptRoot 'latency.csv') | Where-Object { $_.time.StartsWith($Hour, 'Ordinal') } | ForEach-Object {
        [pscustomobject]@{
            latency = [math]::Log10([double]::Parse($_.latency_ms, [cultureinfo]::InvariantCulture))
            size    = [math]::Log10([double]::Parse($_.size_kb, [cultureinfo]::InvariantCulture))
        }
    }
    $baseline = Import-GaussianMixture (Join-Path $PSScriptRoot 'latency-baseline.json')
}

Describe 'The web server' {
    It 'answers as it did in the baseline' {
        # one sound hour in a hundred fails; what differs becomes the message
        ($window | Test-MixtureFit $baseline -FalseAlarmRate 0.01).Difference | Should -BeNullOrEmpty
    }
}
