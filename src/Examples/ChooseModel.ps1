<#
.SYNOPSIS
How many components, and of what shape? The best of 126 mixtures of iris by BIC.
.DESCRIPTION
Fits every covariance model with one to nine components to Fisher's iris (150 flowers, four lengths in centimetres, three species; Annals of
Eugenics 7 (1936) 179-188), chooses the best by BIC and by other criteria, and holds its components against the species. At the end each
species is fitted by itself.
.EXAMPLE
./ChooseModel.ps1
#>
[CmdletBinding()]
param(
    # Makes the fits repeatable.
    [uint64] $Seed = 1
)

$data = Import-Csv -Path (Join-Path $PSScriptRoot 'iris.csv')

'All 126 combinations, fitted from one reading of the rows'
$fits = $data | Invoke-EmFit -ComponentCount (1..9) -CovarianceModel * -Seed $Seed -WarningAction SilentlyContinue

'The five best by BIC (smaller is better)'
$fits | Select-MixtureFit -First 5 | Format-Table

'The best by each criterion'
'Bic', 'Icl', 'Aic', 'Aicc' | ForEach-Object {
    $best = $fits | Select-MixtureFit -Criterion $_ -WarningAction SilentlyContinue
    [pscustomobject]@{ Criterion = $_; Model = $best.CovarianceModel; K = $best.ComponentCount; Value = '{0:F3}' -f $best.$_ }
} | Format-Table

'BIC of every model (rows) and number of components (columns)'
$fits | Group-Object -Property CovarianceModel | ForEach-Object {
    $row = [ordered]@{ Model = $_.Name }
    foreach ($fit in $_.Group) { $row["$($fit.ComponentCount)"] = '{0,6:F1}' -f $fit.Bic }
    [pscustomobject]$row
} | Format-Table

'The best in full'
$best = $fits | Select-MixtureFit
$best | Format-Custom -View Summary

'Its components against the species, which the fit did not know'
$data | Measure-MixtureLikelihood -Model $best -PerObservation | Group-Object -Property Component, class -NoElement |
    Format-Table -Property Name, Count

'One fit for each species, and the flowers that do not look like their own'
$bySpecies = $data | Invoke-EmFit petal* 1 -GroupProperty class -Seed $Seed
$bySpecies
$data | Find-MixtureOutlier $bySpecies -FalseAlarmRate 0.01 | Format-Table class, petal_length, petal_width, Contributor
