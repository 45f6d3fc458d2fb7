<#
.SYNOPSIS
A first fit: the eruptions of Old Faithful as a mixture of two components.
.DESCRIPTION
Fits a Gaussian mixture to real data: 272 eruptions of the Old Faithful geyser, their length and the waiting time before the next, both in
minutes (Azzalini and Bowman, Applied Statistics 39 (1990) 357-365). Shows which component each eruption belongs to, compares one, two and
three components, and draws the result.
.EXAMPLE
./OldFaithful.ps1
.EXAMPLE
./OldFaithful.ps1 -PictureFolder ~/pictures
Puts the pictures there.
#>
[CmdletBinding()]
param(
    # Makes the fits repeatable.
    [uint64] $Seed = 1,

    # Where pictures are put.
    [string] $PictureFolder = (Join-Path ([System.IO.Path]::GetTempPath()) 'GmmTools')
)

$data = Import-Csv -Path (Join-Path $PSScriptRoot 'faithful.csv')

'The fit'
$fit = $data | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2 -Seed $Seed
$fit | Format-Table
'Its components: short eruptions after short waits, long ones after long waits'
$fit.Mixture.Components | Format-Table

'The first three eruptions, each with its component'
$data | Get-MixtureMembership -Model $fit | Select-Object -First 3 | Format-Table eruptions, waiting, Component

'The same rows under one, two and three components (smaller BIC is better)'
1..3 | ForEach-Object { $data | Invoke-EmFit -Property eruptions, waiting -ComponentCount $_ -Seed $Seed } | Format-Table

'Eruptions by component'
$scored = $data | Measure-MixtureLikelihood -Model $fit -PerObservation
$scored | Group-Object -Property Component -NoElement | Format-Table -Property Name, Count

'The five eruptions that the mixture finds least probable'
$scored | Sort-Object -Property LogLikelihood | Select-Object -First 5 | Format-Table

'A new sample from the fitted mixture, fitted again, against the original'
$again = New-GaussianMixtureSample -Model $fit -Count 20000 -Seed $Seed | Invoke-EmFit -ComponentCount 2 -Seed $Seed
Compare-GaussianMixture -ReferenceModel $fit -DifferenceModel $again | Format-Table

'Waiting times (blocks) and the density of the fitted mixture over them (lines)'
$data | Show-MixturePlot -Model $fit -Property waiting -Width 80 -Height 24

'Pictures: the eruptions by component, the density, and BIC by number of components'
$null = New-Item -ItemType Directory -Path $PictureFolder -Force
$data | Export-MixturePlot (Join-Path $PictureFolder 'classification.png') -Model $fit -Force
$fit | Export-MixturePlot (Join-Path $PictureFolder 'density.png') -Force
$data | Invoke-EmFit -Property eruptions, waiting -ComponentCount (1..6) -CovarianceModel * -Seed $Seed -WarningAction SilentlyContinue |
    Export-MixturePlot (Join-Path $PictureFolder 'criterion.png') -Force
'classification.png', 'density.png', 'criterion.png' | ForEach-Object { Join-Path $PictureFolder $_ }
