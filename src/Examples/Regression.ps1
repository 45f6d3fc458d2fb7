<#
.SYNOPSIS
Predicts one column from another by a curve with an error that changes along it.
.DESCRIPTION
Gaussian mixture regression: how long is the wait for the next eruption of Old Faithful? (Azzalini and Bowman, Applied Statistics 39 (1990)
357-365; Sung, Gaussian Mixture Regression and Classification, Rice University, 2004.)
.EXAMPLE
./Regression.ps1
.EXAMPLE
./Regression.ps1 -ComponentCount 3
#>
[CmdletBinding()]
param(
    # How many components the curve has; one gives a straight line.
    [int] $ComponentCount = 2
)

$data = Import-Csv -Path (Join-Path $PSScriptRoot 'faithful.csv')

'Fitted to every other eruption; the rest are predicted'
$learned = for ($i = 0; $i -lt $data.Count; $i += 2) { $data[$i] }
$unseen = for ($i = 1; $i -lt $data.Count; $i += 2) { $data[$i] }
$models = $learned | Invoke-EmFit -Property eruptions, waiting -ComponentCount 1, $ComponentCount
foreach ($model in $models) {
    $errors = $unseen | Get-MixtureConditional $model -Predict waiting -Property eruptions | ForEach-Object {
        $difference = [double]::Parse($_.waiting, [cultureinfo]::InvariantCulture) - $_.Predicted_waiting
        [pscustomobject]@{ Square = $difference * $difference; Within = [math]::Abs($difference) -lt 2 * $_.StandardError_waiting }
    }
    $kind = if ($model.ComponentCount -eq 1) { 'one component, which is a straight line' } else { "$($model.ComponentCount) components" }
    '{0}: wrong by {1:F2} minutes (root mean square), {2} of {3} within two standard errors' -f
        $kind, [math]::Sqrt(($errors | Measure-Object -Property Square -Average).Average), @($errors | Where-Object Within).Count, $unseen.Count
}

'The wait after an eruption of so many minutes: the prediction (*) and two standard errors on either side (-)'
$points = 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5 | ForEach-Object { [pscustomobject]@{ eruptions = $_ } }
foreach ($point in $points | Get-MixtureConditional $models[-1] -Predict waiting) {
    $reach = [int](2 * $point.StandardError_waiting)
    $bar = (' ' * ([int]$point.Predicted_waiting - $reach - 30)) + ('-' * $reach) + '*' + ('-' * $reach)
    '{0,4:F1} min  {1,5:F1} +- {2,4:F1}  {3}' -f $point.eruptions, $point.Predicted_waiting, $point.StandardError_waiting, $bar
}

'The whole distribution of the wait after three minutes: both kinds of eruption are possible'
(Get-MixtureConditional $models[-1] -Given @{ eruptions = 3 }).Components | Format-Table
