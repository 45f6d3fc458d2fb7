<#
.SYNOPSIS
Four ways to fit rows of which some belong to no component, side by side.
.DESCRIPTION
Fits them as if all were sound, with noise, with heavy tails, and trimmed. The rows are the eruptions of Old Faithful and 28 points of a grid, so
that it is known what should come out: the fit of the eruptions alone.
.EXAMPLE
./RobustFits.ps1
.EXAMPLE
./RobustFits.ps1 -PictureFolder .
Draws the classification by each fit, too.
#>
[CmdletBinding()]
param(
    # The share of sound rows that may be reported.
    [double] $FalseAlarmRate = 0.001,

    # Where pictures are put; without it none is drawn.
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

$fit = @{ Property = 'eruptions', 'waiting'; ComponentCount = 2 }
$fits = [ordered]@{
    'the eruptions alone' = $rows | Where-Object { $_.grid -eq 0 } | Invoke-EmFit @fit
    'all rows'            = $rows | Invoke-EmFit @fit
    'with noise'          = $rows | Invoke-EmFit @fit -Noise
    'with heavy tails'    = $rows | Invoke-EmFit @fit -Tail Student
    'trimmed by 10 %'     = $rows | Invoke-EmFit @fit -TrimFraction 0.1
}

'Standard deviations of waiting in both components, and the outliers that each fit finds'
foreach ($name in $fits.Keys) {
    $found = @($rows | Find-MixtureOutlier $fits[$name] -FalseAlarmRate $FalseAlarmRate)
    $grid = @($found | Where-Object { $_.grid -eq 1 }).Count
    '  {0,-20} {1:F2} and {2:F2}; {3} of 28 points of the grid, {4} of 272 eruptions' -f
        "${name}:", $fits[$name].Mixture.Components[0].StandardDeviation[1], $fits[$name].Mixture.Components[1].StandardDeviation[1], $grid, ($found.Count - $grid)
}

''
'How many rows to trim: what one more trimmed row gains, from share to share'
$shares = 0, 0.02, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2
$curve = $rows | Invoke-EmFit @fit -TrimFraction $shares
foreach ($i in 1..7) {
    $gain = ($curve[$i].LogLikelihood - $curve[$i - 1].LogLikelihood) / ($curve[$i - 1].TotalWeight - $curve[$i].TotalWeight)
    '  {0,4:P0}  {1,6:F2}' -f $shares[$i], $gain
}

if ($PictureFolder) {
    ''
    foreach ($name in 'all rows', 'with noise', 'with heavy tails', 'trimmed by 10 %') {
        $file = 'robust-{0}.png' -f @{ 'all rows' = 'plain'; 'with noise' = 'noise'; 'with heavy tails' = 'tails'; 'trimmed by 10 %' = 'trimmed' }[$name]
        $picture = Join-Path $PictureFolder $file
        $rows | Export-MixturePlot $picture -Model $fits[$name] -Kind Classification -Title "Old Faithful and a grid, $name"
        "Drawn: $picture"
    }
}
