<#
.SYNOPSIS
Outliers in a table: cells that were typed wrong, and the column at fault.
.DESCRIPTION
Any table of numbers that somebody filled in has slips: a decimal point in the wrong place, millimetres for centimetres, two columns swapped. Each
may be a possible value of its column; it is the combination that is improbable. One command fits the rows robustly and judges all of them.
.EXAMPLE
./Recipe-TableOutliers.ps1
.EXAMPLE
./Recipe-TableOutliers.ps1 -Row (Import-Csv stock.csv) -Property length, width, weight
#>
[CmdletBinding()]
param(
    # The table; 150 flowers with four slips if there is none.
    [object[]] $Row,

    # The columns to judge, of those that are numbers.
    [string[]] $Property = @('Sepal_Length', 'Sepal_Width', 'Petal_Length', 'Petal_Width')
)

if (-not $Row) {
    $Row = Import-Csv -Path (Join-Path $PSScriptRoot 'iris.csv')
    $Row[9].Petal_Length, $Row[9].Petal_Width = $Row[9].Petal_Width, $Row[9].Petal_Length
    $Row[39].Sepal_Length = '50'
    $Row[79].Sepal_Width = '6.2'
    $Row[119].Petal_Length = '0.5'
}

'Rows to look at, the least probable first'
$Row | Find-MixtureOutlier -Property $Property -FalseAlarmRate 0.001 |
    Sort-Object LogDensity | Format-Table (@('Row') + $Property + 'Contributor')
