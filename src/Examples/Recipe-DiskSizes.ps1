<#
.SYNOPSIS
Disk sizes: what kinds of files there are, how many, and which of them fill the disk.
.DESCRIPTION
Sizes of files range over nine powers of ten, and their mean says nothing. On a logarithmic scale they are a mixture, whose components are kinds of
files: many small ones, and few that hold nearly all bytes.
.EXAMPLE
./Recipe-DiskSizes.ps1
.EXAMPLE
./Recipe-DiskSizes.ps1 -File (Get-ChildItem D:/ -Recurse -File)
.EXAMPLE
./Recipe-DiskSizes.ps1 -Picture sizes.png
#>
[CmdletBinding()]
param(
    # Files, or whatever has a Length; sizes of 2000 files are made if there are none.
    [object[]] $File,

    # Where a picture of the sizes is put; without it none is drawn.
    [string] $Picture
)

if (-not $File) {
    # 70 % of some kilobytes, 25 % of half a megabyte, 5 % of a gigabyte
    $kinds = New-GaussianMixture -Weight 0.7, 0.25, 0.05 -Mean 3.6, 5.7, 9.0 -Covariance 0.25, 0.16, 0.04
    $File = New-GaussianMixtureSample $kinds -Count 2000 -Seed 2 | ForEach-Object { [pscustomobject]@{ Length = [long][math]::Pow(10, $_.x1) } }
}

$size = @{ Name = 'size'; Expression = { [math]::Log10($_.Length) } }
$files = @($File | Where-Object Length -gt 0)
$fit = $files | Invoke-EmFit $size -ComponentCount (1..5) -WarningAction SilentlyContinue | Select-MixtureFit -WarningAction SilentlyContinue

"Kinds of files among the $($files.Count): $($fit.ComponentCount)"
$all = ($files | Measure-Object Length -Sum).Sum
$files | Get-MixtureMembership $fit -Property $size | Group-Object Component | ForEach-Object {
    $bytes = $_.Group | Measure-Object Length -Sum
    $component = $fit.Mixture.Components[[int]$_.Name - 1]
    [pscustomobject]@{
        Kind    = [int]$_.Name
        Typical = '{0:N0} kB' -f ([math]::Pow(10, $component.Mean[0]) / 1000)
        Files   = '{0:P1}' -f ($_.Count / $files.Count)
        Bytes   = '{0:P1}' -f ($bytes.Sum / $all)
    }
} | Sort-Object Kind | Format-Table

if ($Picture) { $files | Export-MixturePlot $Picture -Model $fit -Property $size -Title 'Sizes of files, as powers of ten' }
