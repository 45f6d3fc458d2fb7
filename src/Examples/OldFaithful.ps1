# Fits a Gaussian mixture to real data: 272 eruptions of the Old Faithful geyser, their length and the waiting time before the next,
# both in minutes (Azzalini and Bowman, Applied Statistics 39 (1990) 357-365).
[CmdletBinding()]
param([uint64] $Seed = 1)

$data = Import-Csv -Path (Join-Path $PSScriptRoot 'faithful.csv')

'The fit'
$fit = $data | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2 -Seed $Seed
$fit | Format-Table
'Its components: short eruptions after short waits, long ones after long waits'
$fit.Mixture.Components | Format-Table

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

'Waiting times (#) and the density of the fitted mixture over them (*)'
$waiting = $data | Invoke-EmFit -Property waiting -ComponentCount 2 -Seed $Seed
$counts = @{}
$data | ForEach-Object { $counts[[int][math]::Floor([double]$_.waiting / 4)] += 1 }
foreach ($bin in 10..24) {
    $middle = 4 * $bin + 2
    $point = [pscustomobject]@{ waiting = $middle } | Measure-MixtureLikelihood -Model $waiting -PerObservation
    $expected = 272 * 4 * [math]::Exp($point.LogLikelihood)
    $bar = '#' * [int]$counts[$bin]
    $mark = [int][math]::Round($expected)
    if ($bar.Length -le $mark) { $line = $bar.PadRight($mark) + '*' } else { $line = $bar.Remove($mark, 1).Insert($mark, '*') }
    '{0,4} min  {1}' -f $middle, $line
}
