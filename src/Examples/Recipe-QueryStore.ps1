<#
.SYNOPSIS
Query Store: which queries got slower since the deployment, and what that costs.
.DESCRIPTION
Before and after a deployment, each query of SQL Server has rows of the Query Store: an interval with the mean duration and the number of
executions. The comparison ranks queries by what the difference adds up to over all executions, and says which differences are more than chance
at a stated false discovery rate: with hundreds of queries, some are always slower by chance.

Your own rows are those of this query, for the week before and the week after:

SELECT q.query_id, i.start_time, s.avg_duration / 1000.0 AS ms, s.count_executions AS executions
FROM sys.query_store_runtime_stats s JOIN sys.query_store_runtime_stats_interval i ON i.runtime_stats_interval_id = s.runtime_stats_interval_id
JOIN sys.query_store_plan p ON p.plan_id = s.plan_id JOIN sys.query_store_query q ON q.query_id = p.query_id
.EXAMPLE
./Recipe-QueryStore.ps1
.EXAMPLE
./Recipe-QueryStore.ps1 -Before (Import-Csv before.csv) -After (Import-Csv after.csv)
#>
[CmdletBinding()]
param(
    # Rows with query_id, ms and executions of the time before; made ones if there are none.
    [object[]] $Before,

    # Rows of the time after.
    [object[]] $After
)

if (-not $Before) {
    # twelve queries, 48 hours on either side; query 7 takes 30 % longer afterwards, and query 3 runs often
    function New-Interval([int] $Seed, [double] $Slower) {
        foreach ($query in 1..12) {
            $usual = New-GaussianMixture -Weight 1 -Mean (0.8 + 0.15 * ($query % 5)) -Covariance 0.004 -Property log
            $executions = if ($query -eq 3) { 5000 } else { 40 * $query }
            New-GaussianMixtureSample $usual -Count 48 -Seed ($Seed + $query) | ForEach-Object {
                [pscustomobject]@{ query_id = $query; ms = [math]::Pow(10, $_.log) * $(if ($query -eq 7) { $Slower } else { 1 }); executions = $executions }
            }
        }
    }
    $Before = New-Interval -Seed 100 -Slower 1
    $After = New-Interval -Seed 200 -Slower 1.3
}

'The five queries that cost the most, in milliseconds of all executions'
$differences = $After | Compare-MixtureSample $Before ms -GroupProperty query_id -WeightProperty executions
$differences | Select-Object -First 5 | Format-Table

'Those that differ by more than chance'
$differences | Where-Object Differs | ForEach-Object {
    'query {0}: {1:F1} ms before, {2:F1} ms after; all executions together took {3:F1} s longer' -f $_.query_id, $_.ReferenceMean, $_.Mean, ($_.TotalHarm / 1000)
}
