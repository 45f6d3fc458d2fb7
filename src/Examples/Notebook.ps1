<#
.SYNOPSIS
A tour in seven parts: random mixtures, densities, samples, histograms, fits, estimates against truth, fixed weights.
.DESCRIPTION
The seven parts of the Python notebook that GmmTools grew out of, in the same order, as commands that work together.
.EXAMPLE
./Notebook.ps1 -PictureFolder .
Puts the pictures in this folder.
#>
[CmdletBinding()]
param(
    # Makes the mixtures, the samples and the fits repeatable.
    [uint64] $Seed = 7,

    # Where pictures are put.
    [string] $PictureFolder = (Join-Path ([System.IO.Path]::GetTempPath()) 'GmmTools')
)

# what is drawn is also saved
$null = New-Item -ItemType Directory -Path $PictureFolder -Force

'(1) A random mixture in one and in two dimensions'
$truth1 = New-GaussianMixture -Random -ComponentCount 2 -Dimension 1 -Seed $Seed
$truth2 = New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed $Seed
$truth1.Components | Format-Table
$truth2.Components | Format-Table

'(2) Its density: along a line, and over the plane'
$grid = -10..10 | ForEach-Object { [pscustomobject]@{ x1 = $_ } }
$grid | Measure-MixtureLikelihood -Model $truth1 -PerObservation |
    Format-Table -Property x1, @{ Name = 'Density'; Expression = { [math]::Exp($_.LogLikelihood) }; FormatString = 'F6' }
$truth1 | Show-MixturePlot -Width 80 -Height 20
$truth2 | Show-MixturePlot -Width 80 -Height 24
$truth1 | Export-MixturePlot (Join-Path $PictureFolder 'density-1.png') -Force
$truth2 | Export-MixturePlot (Join-Path $PictureFolder 'density-2.png') -Force

'(3) Samples'
$sample1 = New-GaussianMixtureSample -Model $truth1 -Count 10000 -Seed $Seed
$sample2 = New-GaussianMixtureSample -Model $truth2 -Count 10000 -Seed $Seed -IncludeComponent
$sample2 | Select-Object -First 5 | Format-Table

$sample2 | Export-MixturePlot (Join-Path $PictureFolder 'sample-2.png') -Model $truth2 -Force

'(4) A histogram of the 1-D sample'
$sample1 | Show-MixturePlot -Model $truth1 -Width 80 -Height 24
$sample1 | Export-MixturePlot (Join-Path $PictureFolder 'sample-1.png') -Model $truth1 -Force

'(5) Fits by expectation-maximization'
$fit1 = $sample1 | Invoke-EmFit -ComponentCount 2 -Seed $Seed
$fit2 = $sample2 | Invoke-EmFit -Property x1, x2 -ComponentCount 2 -Seed $Seed
$fit1, $fit2 | Format-Table
$fit1, $fit2 | Export-MixturePlot (Join-Path $PictureFolder 'trace.png') -Kind Trace -Force

'(6) Estimate against truth'
Compare-GaussianMixture -ReferenceModel $truth1 -DifferenceModel $fit1 | Format-Table
Compare-GaussianMixture -ReferenceModel $truth2 -DifferenceModel $fit2 | Format-Table
$sample1 | Export-MixturePlot (Join-Path $PictureFolder 'comparison-1.png') -Model $fit1 -ReferenceModel $truth1 -Force
$sample2 | Export-MixturePlot (Join-Path $PictureFolder 'comparison-2.png') -Model $fit2 -ReferenceModel $truth2 -Kind Comparison -Force

'(7) Two 1-D normals with the weights 0.7 and 0.3 kept fixed, over thousands of iterations'
$known = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 3 -Covariance 1, 0.5
$sample = New-GaussianMixtureSample -Model $known -Count 5000 -Seed $Seed
$fixed = $sample | Invoke-EmFit -ComponentCount 2 -FixedWeight 0.7, 0.3 -Tolerance 0 -MaxIteration 5000 -RestartCount 1 -Seed $Seed
$fixed | Format-Table
Compare-GaussianMixture -ReferenceModel $known -DifferenceModel $fixed | Format-Table
$fixed | Export-MixturePlot (Join-Path $PictureFolder 'fixed-weights.png') -Kind Trace -LogAxis Iteration -Force
"Pictures are in $PictureFolder"
