<#
.SYNOPSIS
Files on many servers: each fits its own, and only the fits travel.
.DESCRIPTION
The rows of a server stay where they are: a block that runs there reads its file and fits it, and what comes back is a fit of some kilobytes.
Fits that come from other sessions are taken like any others, so that they can be compared here: which server is unlike the rest?

Without names of servers the blocks run here, on five files that are made. With names, Invoke-Command runs them there; the module has to be
installed on each of them.
.EXAMPLE
./Recipe-ManyServers.ps1
.EXAMPLE
./Recipe-ManyServers.ps1 -ComputerName web1, web2, web3 -Path D:/logs/latency.csv
#>
[CmdletBinding()]
param(
    # The servers; five are imitated if there are none.
    [string[]] $ComputerName,

    # The file on each server, with the columns latency and size.
    [string] $Path
)

# what runs on each server
$block = {
    param([string] $File)
    Invoke-EmFit -Path $File -Property latency, size -ComponentCount 2
}

if ($ComputerName) {
    $fits = Invoke-Command -ComputerName $ComputerName -ScriptBlock $block -ArgumentList $Path
}
else {
    # five servers with the same traffic, but the cache of web4 misses more often
    $folder = New-Item -ItemType Directory -Path (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()))
    $fits = foreach ($number in 1..5) {
        $misses = if ($number -eq 4) { 0.45 } else { 0.25 }
        $traffic = New-GaussianMixture -Weight (1 - $misses), $misses -Mean @(0.9, 1.3), @(1.9, 0.7) -Covariance @(0.01, 0.004, 0.004, 0.04), @(0.02, 0.006, 0.006, 0.03) -Property latency, size
        $file = Join-Path $folder.FullName "web$number.csv"
        New-GaussianMixtureSample $traffic -Count 2000 -Seed $number -Path $file
        # a job or a remote session gives back a copy; so does this
        $copy = [System.Management.Automation.PSSerializer]::Serialize((& $block $file))
        [System.Management.Automation.PSSerializer]::Deserialize($copy) | Add-Member PSComputerName "web$number" -PassThru
    }
    Remove-Item $folder.FullName -Recurse
}

'Each server beside the first: the share of slow requests, and the distance of the mixtures'
$first = @($fits)[0]
$fits | ForEach-Object {
    [pscustomobject]@{
        Server   = $_.PSComputerName
        Rows     = $_.RowCount
        Slow     = '{0:P1}' -f ($_ | Get-MixtureComponent | Sort-Object Mean_latency | Select-Object -Last 1).Weight
        Distance = '{0:F4}' -f (Compare-GaussianMixture $first $_ -Divergence -SampleCount 10000 -Seed 1).JensenShannon
    }
} | Format-Table
