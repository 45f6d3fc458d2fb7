# Times what a shell does with many objects: fits by group, and memberships of files. Prints one line per task: its name, seconds, and seconds of a fit of the same rows.
param([string] $Manifest, [string] $Folder, [int] $Rounds)
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'
Import-Module $Manifest

function Measure-Median([scriptblock] $Task) {
    $seconds = foreach ($round in 1..$Rounds) { (Measure-Command $Task).TotalSeconds }
    ($seconds | Sort-Object)[[math]::Floor($Rounds / 2)]
}

function Write-Time([string] $Name, [double] $Seconds, [double] $Fit) {
    [FormattableString]::Invariant([Runtime.CompilerServices.FormattableStringFactory]::Create("{0}`t{1:R}`t{2:R}", $Name, $Seconds, $Fit))
}

$file = Join-Path $Folder 'groups.csv'
$rows = foreach ($group in 1..1000) {
    $mixture = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(0), @(3 + $group % 7) -Covariance 1, 2 -Property ms
    foreach ($row in New-GaussianMixtureSample $mixture 200 -Seed $group) { [pscustomobject]@{ host = "host$group"; ms = $row.ms } }
}
$rows | Export-Csv $file
$fits = $rows | Invoke-EmFit ms 2 -GroupProperty host
$objects = Measure-Median { $null = $rows | Invoke-EmFit ms 2 -GroupProperty host }
$read = Measure-Median { $null = Invoke-EmFit ms 2 -Path $file -GroupProperty host }
Write-Time 'fits of 1 000 groups of 200 rows, objects' $objects $objects
Write-Time 'fits of 1 000 groups of 200 rows, CSV' $read $read
Write-Time 'membership of these rows, objects' (Measure-Median { $null = $rows | Get-MixtureMembership $fits }) $objects
Write-Time 'membership of these rows, CSV' (Measure-Median { $null = Get-MixtureMembership $fits -Path $file }) $read
Write-Time 'outliers of these rows, CSV' (Measure-Median { $null = Find-MixtureOutlier $fits -Path $file }) $read

$tree = (New-Item -ItemType Directory (Join-Path $Folder 'tree')).FullName
foreach ($number in 1..20000) { [IO.File]::WriteAllBytes("$tree/$number.bin", [byte[]]::new($number * 7 % 1000 + ($number % 3) * 2000)) }
$files = Get-ChildItem $tree -File
$fit = $files | Invoke-EmFit Length 2
$ofFiles = Measure-Median { $null = $files | Invoke-EmFit Length 2 }
Write-Time 'fit of 20 000 files' $ofFiles $ofFiles
Write-Time 'membership of 20 000 files, all rows kept' (Measure-Median { $null = $files | Get-MixtureMembership $fit }) $ofFiles
$typed = Measure-Median { $null = Get-ChildItem $tree -File | Invoke-EmFit Length 2 }
Write-Time 'fit of 20 000 files, Get-ChildItem |' $typed $typed
Write-Time 'membership of them, | Out-Null' (Measure-Median { Get-ChildItem $tree -File | Get-MixtureMembership $fit | Out-Null }) $typed
Write-Time 'membership of them, all rows kept' (Measure-Median { $null = Get-ChildItem $tree -File | Get-MixtureMembership $fit }) $typed
