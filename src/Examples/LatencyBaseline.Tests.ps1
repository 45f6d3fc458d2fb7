<#
.SYNOPSIS
A service-level test for Pester: does the traffic of an hour look like the baseline?
.DESCRIPTION
latency-baseline.json is the fit of the first three hours of latency.csv, as TodayNormal.ps1 makes it. The test fails with what differs as its
message. It needs Pester 5 or later.
.EXAMPLE
Invoke-Pester ./LatencyBaseline.Tests.ps1
.EXAMPLE
Invoke-Pester -Container (New-PesterContainer -Path ./LatencyBaseline.Tests.ps1 -Data @{ Hour = '2026-03-02T10' })
Tests another hour, which fails: it has an incident.
#>
param(
    # The hour to test, as the times of the log begin.
    [string] $Hour = '2026-03-02T09'
)

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
