#Requires -Version 7.4
<#
.SYNOPSIS
Fits the example data in many ways with a build of the module, and writes a line for each: a name, and every number in full.
#>
param(
    [Parameter(Mandatory)] [string] $Manifest,
    [Parameter(Mandatory)] [string] $Data
)

$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
Import-Module $Manifest

function Format-Fit($Fit) {
    $numbers = @($Fit.LogLikelihood, $Fit.IterationCount)
    foreach ($component in $Fit.Mixture.Components) {
        $numbers += $component.Weight
        $numbers += @($component.Mean)
        $numbers += @(foreach ($value in $component.Covariance) { $value })
    }
    ($numbers | ForEach-Object { $_.ToString('R', [cultureinfo]::InvariantCulture) }) -join ' '
}

function Write-Fit([string] $Name, [scriptblock] $Command) {
    $text = try { (& $Command | ForEach-Object { Format-Fit $_ }) -join '; ' } catch { $_.FullyQualifiedErrorId -replace ',.*' }
    "$Name`t$text"
}

$models = 'EII', 'VII', 'EEI', 'VEI', 'EVI', 'VVI', 'EEE', 'VEE', 'EVE', 'VVE', 'EEV', 'VEV', 'EVV', 'VVV'
foreach ($set in 'faithful', 'iris') {
    $file = Join-Path $Data "$set.csv"
    $rows = Import-Csv $file
    $columns = @($rows[0].PSObject.Properties.Name | Where-Object { $rows[0].$_ -as [double] })
    $i = 0
    $gaps = foreach ($row in $rows) {
        $copy = $row | Select-Object $columns
        if ($i++ % 7 -eq 3) { $copy.($columns[$i % $columns.Count]) = '' }
        $copy
    }
    foreach ($model in $models) {
        foreach ($count in 1..5) {
            Write-Fit "$set $model,$count" { Invoke-EmFit -Path $file -Property $columns -ComponentCount $count -CovarianceModel $model }
        }
        Write-Fit "$set $model,2 gaps" { $gaps | Invoke-EmFit -Property $columns -ComponentCount 2 -CovarianceModel $model -MissingValue Marginalize }
        Write-Fit "$set $model,2 plain" { $rows | Invoke-EmFit -Property $columns -ComponentCount 2 -CovarianceModel $model -Acceleration None -RestartCount 1 }
    }
    foreach ($model in 'EEE', 'VVV', 'EII') {
        Write-Fit "$set $model,3 prior" { $rows | Invoke-EmFit -Property $columns -ComponentCount 3 -CovarianceModel $model -Prior }
        Write-Fit "$set $model,2 fixed weights" { $rows | Invoke-EmFit -Property $columns -ComponentCount 2 -CovarianceModel $model -FixedWeight 0.5, 0.5 }
        Write-Fit "$set $model,2 standardized" { $rows | Invoke-EmFit -Property $columns -ComponentCount 2 -CovarianceModel $model -Standardize }
        Write-Fit "$set $model,2 floor" { $rows | Invoke-EmFit -Property $columns -ComponentCount 2 -CovarianceModel $model -CovarianceFloor 0.01 }
    }
    foreach ($column in $columns) {
        foreach ($count in 1..4) {
            Write-Fit "$set $column V,$count" { $rows | Invoke-EmFit -Property $column -ComponentCount $count }
        }
    }
    foreach ($method in 'KMeans', 'Random', 'ShortRuns', 'Hierarchical', 'Split') {
        Write-Fit "$set VVV,3 from $method" { $rows | Invoke-EmFit -Property $columns -ComponentCount 3 -Initialization $method -Seed 7 }
    }
    Write-Fit "$set search" { $rows | Invoke-EmFit -Property $columns -ComponentCount (1..4) -CovarianceModel EII, EEE, VVI, VVV }
}
