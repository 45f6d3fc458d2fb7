<#
.SYNOPSIS
Classes that are known: learns species from labelled flowers, and says of a species that it has never seen that it is none of these.
.DESCRIPTION
Learns the species of Fisher's iris (150 flowers, four lengths in centimetres; Annals of Eugenics 7 (1936) 179-188), measures by cross-validation
how often a flower is given the wrong one, and gives every flower its species by a classifier that knows only two of the three. Then most labels
are taken away, and a known component is kept while another is found beside it.
.EXAMPLE
./KnownClasses.ps1
#>
[CmdletBinding()]
param(
    # How often the cross-validation is repeated with other folds.
    [int] $RepetitionCount = 3
)

$file = Join-Path $PSScriptRoot 'iris.csv'

'How often a classifier of all three species is wrong, by cross-validation'
Measure-MixtureClassifier class -Path $file -RepetitionCount $RepetitionCount | Format-Table

'A classifier that knows two species, on the flowers of three'
$two = Import-Csv $file | Where-Object class -ne setosa | New-MixtureClassifier class
Get-MixtureClass $two -Path $file -IncludeProperty class -FalseAlarmRate 0.001 -Prefix Given |
    Group-Object class, GivenClass | Format-Table Name, Count

'Only one flower in ten has a label'
$labelled = Import-Csv $file
foreach ($i in 0..149) { if ($i % 10) { $labelled[$i].class = '' } }
$species = $labelled | Invoke-EmFit -KnownComponent class
$species.Mixture.ComponentClasses -join ', '
$truth = Import-Csv $file
$given = @($labelled | Get-MixtureMembership $species)
'{0} of 150 flowers get their own species' -f @(0..149 | Where-Object { $given[$_].ComponentClass -eq $truth[$_].class }).Count

'The long eruptions of Old Faithful are known, and stay while a second component is found beside them'
$eruptions = Import-Csv (Join-Path $PSScriptRoot 'faithful.csv')
$long = $eruptions | Where-Object { [double]$_.waiting -gt 65 } | Invoke-EmFit -ComponentCount 1
$eruptions | Invoke-EmFit -InitialModel $long -Freeze Mean, Covariance -AdditionalComponentCount 1 | Get-MixtureComponent
