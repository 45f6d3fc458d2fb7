<#
.SYNOPSIS
Rates of an event log: the quarters of an hour with too many events, or too few.
.DESCRIPTION
A server logs little at night, more by day and much during the backup, and none of this is an incident. The counts of each quarter of an hour are
fitted as a mixture together with noise, and what belongs to none of its components is reported, silence included.

Your own events are those of any command that gives them a time:

./Recipe-EventLogRates.ps1 -Time (Get-WinEvent -FilterHashtable @{ LogName = 'System'; StartTime = (Get-Date).AddDays(-14) }).TimeCreated
.EXAMPLE
./Recipe-EventLogRates.ps1
#>
[CmdletBinding()]
param(
    # The times of the events; two weeks of them are made if there are none.
    [datetime[]] $Time
)

if ($Time) {
    $first = ($Time | Measure-Object -Minimum).Minimum
    $counts = $Time | Group-Object { [math]::Floor(($_ - $first).TotalMinutes / 15) } -AsHashTable
    $last = ($counts.Keys | Measure-Object -Maximum).Maximum
    $quarters = 0..$last | ForEach-Object { [pscustomobject]@{ Start = $first.AddMinutes(15 * $_); Count = @($counts[[double]$_]).Where({ $_ }).Count } }
}
else {
    # two weeks: 25 events a quarter at night, 100 by day, 400 during the backup at two; a burst on the fifth day, silence on the ninth
    $start = [datetime]::new(2026, 3, 2)
    $deviations = @(New-GaussianMixtureSample (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 0.3) -Count (14 * 96) -Seed 5).x1
    $quarters = 0..(14 * 96 - 1) | ForEach-Object {
        $at = $start.AddMinutes(15 * $_)
        $root = if ($at.Hour -eq 2) { 20 } elseif ($at.Hour -ge 7 -and $at.Hour -lt 19) { 10 } else { 5 }
        if ($at.Day -eq 6 -and $at.Hour -eq 15) { $root = 35 }
        $count = [math]::Pow($root + $deviations[$_], 2)
        if ($at.Day -eq 10 -and $at.Hour -eq 11) { $count = 0 }
        [pscustomobject]@{ Start = $at; Count = [int]$count }
    }
}

# the square root of a count scatters by about one half, whatever the count
$rate = @{ Name = 'rate'; Expression = { [math]::Sqrt($_.Count) } }
$fit = $quarters | Invoke-EmFit $rate -ComponentCount (1..5) -Noise -WarningAction SilentlyContinue | Select-MixtureFit -WarningAction SilentlyContinue

'Usual rates, in events a quarter'
$fit | Get-MixtureComponent | Sort-Object Mean_rate | ForEach-Object {
    [pscustomobject]@{ Events = '{0:F0}' -f [math]::Pow($_.Mean_rate, 2); Share = '{0:P1}' -f $_.Weight }
} | Format-Table

'Quarters that have none of them, where one in ten thousand would be by chance'
$quarters | Find-MixtureOutlier $fit -Property $rate -FalseAlarmRate 0.0001 |
    Format-Table @{ n = 'Start'; e = { $_.Start.ToString('yyyy-MM-dd HH:mm') } }, Count
