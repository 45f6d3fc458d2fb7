# Times what it costs to pipe rows into GmmTools in a real PowerShell, beside piping them nowhere. One line per round and case.
param([string] $Module, [string] $File, [int] $Rounds)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$columns = (Get-Content -LiteralPath $File -TotalCount 1).Split(',')
$model = New-GaussianMixture -Random -ComponentCount 1 -Dimension $columns.Count -Seed 1 -Property $columns
$process = [System.Diagnostics.Process]::GetCurrentProcess()

function Measure-Case([string] $name, [scriptblock] $script) {
    [GC]::Collect()
    $process.Refresh()
    $used = $process.TotalProcessorTime
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    & $script | Out-Null
    $elapsed = $watch.Elapsed.TotalSeconds
    $process.Refresh()
    [string]::Join("`t", $name, $elapsed.ToString('R', [cultureinfo]::InvariantCulture),
        ($process.TotalProcessorTime - $used).TotalSeconds.ToString('R', [cultureinfo]::InvariantCulture))
}

$objects = Import-Csv -LiteralPath $File | Select-Object -First 100000
$versions = foreach ($i in 1..100000) { [version]::new($i, $i % 7, $i % 5, $i % 3) }
$pairs = New-GaussianMixture -Random -ComponentCount 1 -Dimension 4 -Seed 1 -Property Major, Minor, Build, Revision
for ($round = 0; $round -lt $Rounds; $round++) {
    Measure-Case 'Import-Csv | Out-Null' { Import-Csv -LiteralPath $File | Out-Null }
    Measure-Case 'Import-Csv | Measure-MixtureLikelihood' { Import-Csv -LiteralPath $File | Measure-MixtureLikelihood -Model $model }
    Measure-Case 'Measure-MixtureLikelihood -Path' { Measure-MixtureLikelihood -Model $model -Path $File }
    Measure-Case '100000 objects in memory | Out-Null' { $objects | Out-Null }
    Measure-Case '100000 objects in memory' { $objects | Measure-MixtureLikelihood -Model $model }
    Measure-Case '100000 .NET objects | Out-Null' { $versions | Out-Null }
    Measure-Case '100000 .NET objects' { $versions | Measure-MixtureLikelihood -Model $pairs }
}
