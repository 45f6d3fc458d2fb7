<#
.SYNOPSIS
An IIS log (W3C): requests that are slow for their page.
.DESCRIPTION
GmmTools reads logs in the extended format of the W3C as they are: the names of the columns are those of the line #Fields. Each page is fitted by
itself, so that a report may take seconds and a picture may not. The requests of the first half of the log are what is usual.

Where only the numbers of the file are needed, Invoke-EmFit -Path u_ex260302.log -Delimiter ' ' -Property time-taken is many times faster.
.EXAMPLE
./Recipe-WebServerLog.ps1
.EXAMPLE
./Recipe-WebServerLog.ps1 -Path C:/inetpub/logs/LogFiles/W3SVC1/u_ex260302.log
#>
[CmdletBinding()]
param(
    # The log; one is made if there is none.
    [string] $Path
)

$made = -not $Path
if ($made) {
    # 1200 requests of three pages; between 12:30 and 12:40 the search waits for something
    $Path = Join-Path ([IO.Path]::GetTempPath()) "u_ex$([guid]::NewGuid().ToString('N')).log"
    $pages = '/', '/search', '/report'
    $kinds = New-GaussianMixture -Weight 0.5, 0.4, 0.1 -Mean @(1.1, 4.2), @(2.0, 3.6), @(3.3, 5.1) -Property time, bytes -Covariance @(
        @(0.010, 0.002, 0.002, 0.010), @(0.020, 0.004, 0.004, 0.020), @(0.015, 0.005, 0.005, 0.030))
    $clock = [datetime]::new(2026, 3, 2, 8, 0, 0)
    $lines = New-GaussianMixtureSample $kinds -Count 1200 -Seed 4 -IncludeComponent | ForEach-Object {
        $waits = $_.Component -eq 2 -and $clock.TimeOfDay -ge '12:30' -and $clock.TimeOfDay -lt '12:40'
        $milliseconds = [math]::Pow(10, $_.time) * $(if ($waits) { 8 } else { 1 })
        '{0:yyyy-MM-dd HH:mm:ss} GET {1} 200 {2:F0} {3:F0}' -f $clock, $pages[$_.Component - 1], [math]::Pow(10, $_.bytes), $milliseconds
        $clock = $clock.AddSeconds(20)
    }
    @('#Software: Microsoft Internet Information Services 10.0', '#Version: 1.0', '#Fields: date time cs-method cs-uri-stem sc-status sc-bytes time-taken') + $lines |
        Set-Content -Path $Path
}

$fields = ((Get-Content -Path $Path | Where-Object { $_ -like '#Fields:*' } | Select-Object -First 1) -replace '^#Fields: ').Trim() -split ' '
$log = Get-Content -Path $Path | Where-Object { $_ -notlike '#*' } | ConvertFrom-Csv -Delimiter ' ' -Header $fields
$took = @{ Name = 'took'; Expression = { [math]::Log10(1 + $_.'time-taken') } }
$bytes = @{ Name = 'bytes'; Expression = { [math]::Log10(1 + $_.'sc-bytes') } }

'What is usual, by page'
$usual = $log | Select-Object -First ([int]($log.Count / 2)) | Invoke-EmFit $took, $bytes -ComponentCount 1 -GroupProperty cs-uri-stem
$usual | ForEach-Object { $_ | Get-MixtureComponent } | Select-Object cs-uri-stem, @{ n = 'Milliseconds'; e = { '{0:F0}' -f [math]::Pow(10, $_.Mean_took) } } | Format-Table

'Requests that are not, one sound request in a thousand among them'
$slow = @($log | Find-MixtureOutlier $usual -Property $took, $bytes -FalseAlarmRate 0.001)
$slow | Group-Object cs-uri-stem, { $_.time.Substring(0, 4) + '0' } | Format-Table Name, Count
$slow | Sort-Object TailProbability | Select-Object -First 3 | Format-Table time, cs-uri-stem, time-taken, sc-bytes, Contributor

if ($made) { Remove-Item $Path }
