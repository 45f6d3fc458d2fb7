# Runs test files whose names come line by line on the standard input, until it ends. What ran is written as one line of JSON each to the
# standard output, behind a mark, so that nothing that a test prints can be taken for it.
param(
    [Parameter(Mandatory)] [string] $PesterManifest,
    [Parameter(Mandatory)] [string] $Mark,
    [string[]] $Tag = @(),
    [string[]] $ExcludeTag = @()
)
$ErrorActionPreference = 'Stop'
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'
Import-Module $PesterManifest
Import-Module (Join-Path $PSScriptRoot 'PesterSupport.psm1')
Import-TestedModule

function Write-Answer($Answer) { [Console]::Out.WriteLine($Mark + ($Answer | ConvertTo-Json -Compress -Depth 5)) }

function Get-FailureText($Item) { @($Item.ErrorRecord | ForEach-Object { "$_`n$($_.ScriptStackTrace)" }) -join "`n" }

function Get-Result($Run) {
    foreach ($test in $Run.Tests | Where-Object Result -NE 'NotRun') {
        @{ Name = "$($test.ExpandedPath)"; Result = "$($test.Result)"; Text = Get-FailureText $test; Seconds = $test.Duration.TotalSeconds }
    }
    foreach ($block in $Run.FailedBlocks) {
        @{ Name = "$($block.ExpandedPath) (set-up)"; Result = 'Failed'; Text = Get-FailureText $block; Seconds = 0 }
    }
    foreach ($container in $Run.FailedContainers) {
        @{ Name = 'the file as a whole'; Result = 'Failed'; Text = Get-FailureText $container; Seconds = 0 }
    }
}

Write-Answer @{ PowerShell = "$($PSVersionTable.PSVersion)"; Pester = "$((Get-Module Pester).Version)"; Engine = Get-TestedEngine; Culture = (Get-Culture).Name }
while ($null -ne ($file = [Console]::In.ReadLine())) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $file
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    $configuration.Filter.Tag = $Tag
    $configuration.Filter.ExcludeTag = $ExcludeTag
    $run = Invoke-Pester -Configuration $configuration
    Write-Answer @{ File = $file; Results = @(Get-Result $run) }
}
