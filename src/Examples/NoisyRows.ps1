<#
.SYNOPSIS
Finds rows that belong to no component among the rows that are fitted.
.DESCRIPTION
Adds the 28 points of a grid to the eruptions of Old Faithful, and fits all of them without noise and with noise. It is known which rows belong
to the grid, so the search can be checked.
.EXAMPLE
./NoisyRows.ps1
.EXAMPLE
./NoisyRows.ps1 -PictureFolder .
Draws the classification by the fit with noise, too.
#>
[CmdletBinding()]
param(
    # The share of sound rows that may be reported.
    [double] $FalseAlarmRate = 0.001,

    # Where a picture is put; without it none is drawn.
    [string] $PictureFolder
)

$rows = @(Import-Csv -Path (Join-Path $PSScriptRoot 'faithful.csv') | ForEach-Object {
    [pscustomobject]@{
        eruptions = [double]::Parse($_.eruptions, [cultureinfo]::InvariantCulture)
        waiting   = [double]::Parse($_.waiting, [cultureinfo]::InvariantCulture)
        grid      = 0
    }
})
foreach ($i in 0..6) {
    foreach ($j in 0..3) { $rows += [pscustomobject]@{ eruptions = 1 + $i * 5 / 6; waiting = 30 + $j * 80 / 3; grid = 1 } }
}

# what is found of the grid, and what else
function Format-Found($Outliers) {
    $grid = @($Outliers | Where-Object { $_.grid -eq 1 }).Count
    '{0} of 28 points of the grid, {1} of 272 eruptions' -f $grid, (@($Outliers).Count - $grid)
}

'The best mixtures by BIC'
$search = @{ Property = 'eruptions', 'waiting'; ComponentCount = 1..9; CovarianceModel = '*'; WarningAction = 'SilentlyContinue' }
$plain = $rows | Invoke-EmFit @search | Select-MixtureFit -WarningAction SilentlyContinue
$noisy = $rows | Invoke-EmFit @search -Noise | Select-MixtureFit -WarningAction SilentlyContinue
$plain, $noisy | Format-Table

'Outliers found'
'  without noise: ' + (Format-Found ($rows | Find-MixtureOutlier $plain -FalseAlarmRate $FalseAlarmRate))
'  with noise:    ' + (Format-Found ($rows | Find-MixtureOutlier $noisy -FalseAlarmRate $FalseAlarmRate))
'  in one step:   ' + (Format-Found ($rows | Find-MixtureOutlier -Property eruptions, waiting -FalseAlarmRate $FalseAlarmRate))
''
'The noise: weight {0:F3}, so about {1:F0} rows, in a box of volume {2:F0}' -f
    $noisy.Mixture.Noise.Weight, ($noisy.Mixture.Noise.Weight * $rows.Count), $noisy.Mixture.Noise.Volume
if ($PictureFolder) {
    $picture = Join-Path $PictureFolder 'noise.png'
    $rows | Export-MixturePlot $picture -Model $noisy -Kind Classification -Title 'Old Faithful with noise'
    "Drawn: $picture"
}
