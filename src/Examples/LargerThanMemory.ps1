<#
.SYNOPSIS
Bigger than memory: a file is fitted in less memory than its rows need.
.DESCRIPTION
Makes a file of rows and fits it. Rows beyond the limit are kept in a temporary file, and the fit is the same to the last bit. The limit is
small here, so that the script is quick; without it, the limit is half of the free memory. All files are deleted at the end.
.EXAMPLE
./LargerThanMemory.ps1
.EXAMPLE
./LargerThanMemory.ps1 -Count 10000000 -MemoryLimit 64MB
Needs half a gigabyte in the folder of temporary files.
#>
[CmdletBinding()]
param(
    # How many rows of four columns the file gets.
    [int] $Count = 200000,

    # How many bytes of rows stay in memory.
    [long] $MemoryLimit = 1MB
)

$folder = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
$null = New-Item -ItemType Directory -Path $folder
try {
    $file = Join-Path $folder 'rows.csv'
    $truth = New-GaussianMixture -Random -ComponentCount 3 -Dimension 4 -Seed 7
    New-GaussianMixtureSample -Model $truth -Count $Count -Seed 1 -Path $file
    '{0:N0} rows of four columns: {1:N0} MB in the file, {2:N0} MB as numbers, of which {3:N0} MB may stay in memory' -f
        $Count, ([IO.FileInfo]::new($file).Length / 1e6), ($Count * 4 * 8 / 1e6), ($MemoryLimit / 1e6)

    'The fit, with rows in a temporary file'
    $fit = Invoke-EmFit -Path $file -ComponentCount 3 -MemoryLimit $MemoryLimit -TempPath $folder
    $fit | Format-Table

    'The same in memory'
    $inMemory = Invoke-EmFit -Path $file -ComponentCount 3
    'Parameters that differ: {0}' -f @(Compare-GaussianMixture $fit $inMemory | Where-Object { $_.Deviation -ne 0 }).Count

    'Rows by component: scoring reads the file row by row and keeps none of them'
    Get-MixtureMembership -Model $fit -Path $file | Group-Object -Property Component -NoElement | Sort-Object -Property Name |
        Format-Table -Property Name, Count
}
finally {
    Remove-Item $folder -Recurse
}
