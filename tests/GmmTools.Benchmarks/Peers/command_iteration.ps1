# Times iterations of Invoke-EmFit in a real PowerShell, of every case from two starts. One line per round.
param([string] $Module, [string] $Folder, [string] $Cases)

$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
Import-Module $Module

function Measure-Fit([string] $case, [string] $start, [string] $model, [int] $threads, [int] $iterations) {
    Invoke-EmFit -Path (Join-Path $Folder "$case.csv") -InitialModel (Import-GaussianMixture (Join-Path $Folder "$case-$start.json")) -CovarianceModel $model `
        -Acceleration None -MaxIteration $iterations -Tolerance 1e-14 -ThrottleLimit $threads -WarningAction SilentlyContinue
}

function Write-Line([object[]] $parts) {
    [string]::Join("`t", ($parts | ForEach-Object { if ($_ -is [double]) { $_.ToString('R', [cultureinfo]::InvariantCulture) } else { "$_" } }))
}

$isFirst = $true
foreach ($entry in $Cases.Split(',')) {
    $case, $model, $rounds = $entry.Split(':')
    if ($isFirst) {
        # what a session's first fits take beside the others
        foreach ($number in 1..3) { Write-Line 'first', $case, $number, (Measure-Fit $case 'common' $model 1 2).Elapsed.TotalMilliseconds }
        $isFirst = $false
    }
    foreach ($threads in 1, 2) {
        foreach ($start in 'common', 'truth') {
            foreach ($round in 0..[int]$rounds) {
                # a few iterations against many: what a fit takes beside them cancels
                $short = Measure-Fit $case $start $model $threads 2
                $long = Measure-Fit $case $start $model $threads 20
                Write-Line 'iteration', $case, $threads, $start, $round, (($long.Elapsed - $short.Elapsed).TotalMilliseconds / ($long.IterationCount - 2)), $long.IterationCount, $long.LogLikelihood
            }
        }
    }
}

# a session's fits in turn: the host's profile may recompile what they run
$case, $model, $null = $Cases.Split(',')[-1].Split(':')
foreach ($number in 1..20) {
    $fit = Measure-Fit $case 'common' $model 1 20
    Write-Line 'session', $case, $number, ($fit.Elapsed.TotalMilliseconds / $fit.IterationCount)
}
