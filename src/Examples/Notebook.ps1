# The seven parts of the Python notebook that GmmTools grew out of, in its order, as commands that compose.
[CmdletBinding()]
param([uint64] $Seed = 7)

'(1) A random mixture in one and in two dimensions'
$truth1 = New-GaussianMixture -Random -ComponentCount 2 -Dimension 1 -Seed $Seed
$truth2 = New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed $Seed
$truth1.Components | Format-Table
$truth2.Components | Format-Table

'(2) Its density: along a line, and over the plane'
$grid = -10..10 | ForEach-Object { [pscustomobject]@{ x1 = $_ } }
$grid | Measure-MixtureLikelihood -Model $truth1 -PerObservation |
    Format-Table -Property x1, @{ Name = 'Density'; Expression = { [math]::Exp($_.LogLikelihood) }; FormatString = 'F6' }
foreach ($y in 10, 8, 6, 4, 2, 0, -2, -4, -6, -8, -10) {
    $cells = -12..12 | ForEach-Object { [pscustomobject]@{ x1 = $_; x2 = $y } } | Measure-MixtureLikelihood -Model $truth2 -PerObservation
    $shades = $cells | ForEach-Object { ' .:-=+*#%@'[[math]::Max(0, [math]::Min(9, 10 + [int][math]::Floor($_.LogLikelihood)))] }
    '{0,4} {1}' -f $y, ($shades -join ' ')
}

'(3) Samples'
$sample1 = New-GaussianMixtureSample -Model $truth1 -Count 10000 -Seed $Seed
$sample2 = New-GaussianMixtureSample -Model $truth2 -Count 10000 -Seed $Seed -IncludeComponent
$sample2 | Select-Object -First 5 | Format-Table

'(4) A histogram of the 1-D sample'
$counts = @{}
$sample1 | ForEach-Object { $counts[[int][math]::Floor($_.x1)] += 1 }
foreach ($bin in $counts.Keys | Sort-Object) {
    '{0,4} {1,6} {2}' -f $bin, $counts[$bin], ('#' * [math]::Ceiling($counts[$bin] / 100))
}

'(5) Fits by expectation-maximization'
$fit1 = $sample1 | Invoke-EmFit -ComponentCount 2 -Seed $Seed
$fit2 = $sample2 | Invoke-EmFit -Property x1, x2 -ComponentCount 2 -Seed $Seed
$fit1, $fit2 | Format-Table

'(6) Estimate against truth'
Compare-GaussianMixture -ReferenceModel $truth1 -DifferenceModel $fit1 | Format-Table
Compare-GaussianMixture -ReferenceModel $truth2 -DifferenceModel $fit2 | Format-Table

'(7) Two 1-D normals with the weights 0.7 and 0.3 kept fixed, over thousands of iterations'
$known = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 3 -Covariance 1, 0.5
$sample = New-GaussianMixtureSample -Model $known -Count 5000 -Seed $Seed
$fixed = $sample | Invoke-EmFit -ComponentCount 2 -FixedWeight 0.7, 0.3 -Tolerance 0 -MaxIteration 5000 -RestartCount 1 -Seed $Seed
$fixed | Format-Table
Compare-GaussianMixture -ReferenceModel $known -DifferenceModel $fixed | Format-Table
