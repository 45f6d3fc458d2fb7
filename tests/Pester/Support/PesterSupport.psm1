# What the test files share: the module under test, example data, child processes of this very PowerShell, and assertions of our own.
# An environment variable may name another manifest (a portable copy, an installed package); without it the repository's is tested.
$script:Root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path
$script:Manifest = $env:GMMTOOLS_TESTED_MANIFEST ? $env:GMMTOOLS_TESTED_MANIFEST : (Join-Path $script:Root 'GmmTools.psd1')

function Get-RepositoryRoot { $script:Root }

function Get-TestedManifest { $script:Manifest }

# net10.0 or netstandard2.0: the engine that the tested module must choose here
function Get-TestedEngine { Test-Path (Join-Path (Split-Path $script:Manifest) 'bin/net10.0') | ForEach-Object { $_ ? 'net10.0' : 'netstandard2.0' } }

function Import-TestedModule { Import-Module $script:Manifest -Global }

function Get-ExamplePath([string] $Name) { Join-Path $script:Root 'src/Examples' $Name }

# The rows of an example file, as Import-Csv gives them.
function Import-Example([string] $Name) { Import-Csv (Get-ExamplePath $Name) }

# The fit of Old Faithful that many tests use.
function Get-FaithfulFit { Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 2 }

# The folder of the test project's libraries: database drivers, and connections that fail on request.
function Get-TestLibraryFolder {
    $env:GMMTOOLS_TEST_LIBRARIES ? $env:GMMTOOLS_TEST_LIBRARIES : (Get-ChildItem (Join-Path $script:Root 'tests/GmmTools.Pester.Tests/bin') -Recurse -Filter Microsoft.Data.Sqlite.dll | Select-Object -First 1).DirectoryName
}

function Import-TestLibrary {
    foreach ($name in 'Microsoft.Data.Sqlite.dll', 'GmmTools.Pester.Tests.dll') {
        $null = [Reflection.Assembly]::LoadFrom((Join-Path (Get-TestLibraryFolder) $name))
    }
}

# How to start this very PowerShell again: the program and its first arguments.
function Get-PwshCommand {
    $library = Join-Path $PSHOME 'pwsh.dll'
    $program = (Get-Process -Id $PID).Path
    [pscustomobject]@{ Program = $program; Arguments = [string[]]@(if ((Split-Path -LeafBase $program) -eq 'dotnet') { $library }) }
}

# A process that is started and not awaited: for interrupts and kills. The caller disposes of it.
function Start-Pwsh {
    param(
        # Its command line after the program, such as '-File', 'x.ps1'.
        [Parameter(Mandatory)] [string[]] $ArgumentList,
        [string] $WorkingDirectory = [IO.Path]::GetTempPath(),
        [hashtable] $Environment = @{}
    )
    $pwsh = Get-PwshCommand
    $start = [Diagnostics.ProcessStartInfo]::new($pwsh.Program)
    foreach ($argument in $pwsh.Arguments + $ArgumentList) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = $WorkingDirectory
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $start.StandardErrorEncoding = [Text.UTF8Encoding]::new($false)
    $start.Environment['NO_COLOR'] = '1'
    foreach ($name in $Environment.Keys) { $start.Environment[$name] = $Environment[$name] }
    $process = [Diagnostics.Process]::Start($start)
    $process.StandardInput.Close()
    $process
}

# Waits for a process of Start-Pwsh: ExitCode, Output and Errors (texts), Lines (of the output).
function Wait-Pwsh {
    param([Parameter(Mandatory)] [Diagnostics.Process] $Process, [timespan] $Patience = '00:03:00')
    $output = $Process.StandardOutput.ReadToEndAsync()
    $errors = $Process.StandardError.ReadToEndAsync()
    if (-not $Process.WaitForExit([int] $Patience.TotalMilliseconds)) {
        $Process.Kill($true)
        throw "The process did not end within $Patience."
    }
    $Process.WaitForExit()
    [pscustomobject]@{
        ExitCode = $Process.ExitCode
        Output   = $output.GetAwaiter().GetResult()
        Errors   = $errors.GetAwaiter().GetResult()
        Lines    = @($output.GetAwaiter().GetResult() -split '\r?\n' | Where-Object { $_ })
    }
}

# Runs this very PowerShell to its end, with the tested module imported first unless -Bare. -Command or -ArgumentList.
function Invoke-Pwsh {
    param(
        [Parameter(Position = 0)] [string] $Command,
        [string[]] $ArgumentList,
        [string] $WorkingDirectory = [IO.Path]::GetTempPath(),
        [hashtable] $Environment = @{},
        [switch] $Bare
    )
    if (-not $ArgumentList) {
        $import = $Bare ? '' : "Import-Module '$($script:Manifest -replace "'", "''")'; "
        $ArgumentList = '-NoProfile', '-NonInteractive', '-Command', ($import + $Command)
    }
    $process = Start-Pwsh -ArgumentList $ArgumentList -WorkingDirectory $WorkingDirectory -Environment $Environment
    try {
        Wait-Pwsh $process
    }
    finally {
        $process.Dispose()
    }
}

# Asserts that a script ends with one terminating error of the given id (without the command's name), whose category is stated and whose
# text has all the given parts, and gives that error record for further assertions. Nothing may have come out before it.
function Assert-Failure {
    param(
        [Parameter(Mandatory, Position = 0)] [scriptblock] $Script,
        [Parameter(Mandatory)] [string] $ErrorId,
        [string[]] $Contains = @()
    )
    $output = [Collections.Generic.List[object]]::new()
    $caught = $null
    try {
        & $Script | ForEach-Object { $output.Add($_) }
    }
    catch {
        $caught = $_
    }
    if ($null -eq $caught) { throw "Nothing failed; expected the error $ErrorId." }
    if ($output.Count) { throw "$($output.Count) objects came out before the error $ErrorId." }
    $id = $caught.FullyQualifiedErrorId.Split(',')[0]
    if ($id -cne $ErrorId) { throw "Expected the error $ErrorId, got $($caught.FullyQualifiedErrorId): $caught" }
    if ($caught.CategoryInfo.Category -eq 'NotSpecified') { throw "The error $ErrorId has no category." }
    foreach ($part in $Contains) {
        if (-not "$caught".Contains($part, [StringComparison]::Ordinal)) { throw "The text of $ErrorId does not say '$part': $caught" }
    }
    $caught
}

# Asserts that a number is near another.
function Assert-Close([double] $Actual, [double] $Expected, [double] $Tolerance) {
    if (-not ([Math]::Abs($Expected - $Actual) -le $Tolerance)) {
        throw [FormattableString]::Invariant([Runtime.CompilerServices.FormattableStringFactory]::Create('Expected {0:R} within {1:R}, got {2:R}.', $Expected, $Tolerance, $Actual))
    }
}

# Asserts that two mixtures are the same to the last bit.
function Assert-SameMixture($Expected, $Actual) {
    $rows = @(Compare-GaussianMixture $Expected $Actual)
    if (-not $rows) { throw 'There was nothing to compare.' }
    $different = @($rows | Where-Object Deviation -NE 0)
    if ($different) { throw "$($different.Count) of $($rows.Count) parameters differ: $($different | Out-String)" }
}

# What Tab would offer at the end of a text.
function Get-Completion([string] $Text) { (TabExpansion2 $Text $Text.Length).CompletionMatches }

# The text as it would appear on a screen of so many columns, without colours.
function Format-Screen {
    param([Parameter(ValueFromPipeline)] $InputObject, [int] $Width = 120)
    begin { $all = [Collections.Generic.List[object]]::new() }
    process { $all.Add($InputObject) }
    end {
        $before = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
        try {
            $all | Out-String -Width $Width
        }
        finally {
            $PSStyle.OutputRendering = $before
        }
    }
}

Export-ModuleMember -Function *
