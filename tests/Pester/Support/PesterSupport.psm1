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

# The module once more, built with a later version.
function Get-LaterModule {
    $env:GMMTOOLS_TEST_LATER_MODULE ? $env:GMMTOOLS_TEST_LATER_MODULE : (Join-Path $script:Root 'tests/GmmTools.Pester.Tests/obj/later/module')
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
        [hashtable] $Environment = @{},
        # For a process that is sent SIGINT: what runs in the background of a shell without job control ignores it, and children inherit that.
        [switch] $Interruptible
    )
    $pwsh = Get-PwshCommand
    $words = @($pwsh.Program) + $pwsh.Arguments + $ArgumentList
    if ($Interruptible -and $IsLinux) { $words = @('env', '--default-signal=INT') + $words }
    $start = [Diagnostics.ProcessStartInfo]::new($words[0])
    foreach ($argument in $words | Select-Object -Skip 1) { $start.ArgumentList.Add($argument) }
    $start.WorkingDirectory = $WorkingDirectory
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = $start.StandardErrorEncoding = [Text.UTF8Encoding]::new($false)
    $start.Environment['NO_COLOR'] = '1'
    # a value of null takes a variable away
    foreach ($name in $Environment.Keys) {
        if ($null -eq $Environment[$name]) { $null = $start.Environment.Remove($name) } else { $start.Environment[$name] = $Environment[$name] }
    }
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

# The help of the commands as the build made it: details, examples and so on of all of them, or of one.
function Get-CommandHelp([string] $Command = '*') {
    $help = [xml](Get-Content -LiteralPath (Join-Path $script:Root 'en-US/GmmTools.dll-Help.xml') -Raw)
    $help.helpItems.command | Where-Object { $_.details.name -like $Command }
}

# The help pages that are about no single command: Name, Lines, and the Commands that they show behind a prompt.
function Get-HelpTopic {
    foreach ($file in Get-ChildItem (Join-Path $script:Root 'en-US') -Filter about_*.help.txt | Sort-Object Name) {
        $lines = [string[]](Get-Content -LiteralPath $file.FullName)
        [pscustomobject]@{
            Name     = $file.Name -replace '\.help\.txt$'
            Lines    = $lines
            Commands = [string[]]@($lines | Where-Object { $_.StartsWith('    PS> ') } | ForEach-Object { $_.Substring(8) })
        }
    }
}

# Types commands into one other PowerShell as a reader would: each session has a Folder and Parts (code), and ends at its first error. Gives for each of
# them Printed (the text that each part printed) and Failure (the error, if there was one), and in Errors what came on the standard error of all.
function Invoke-Session([hashtable[]] $Session) {
    $mark = "=== $([guid]::NewGuid())"
    $file = Join-Path ([IO.Path]::GetTempPath()) "$([guid]::NewGuid()).json"
    ConvertTo-Json @($Session) -Depth 5 | Set-Content -LiteralPath $file -Encoding utf8NoBOM
    try {
        $command = "Import-Module '$($script:Manifest -replace "'", "''")'; & '$($PSScriptRoot -replace "'", "''")/Show-Session.ps1' '$($file -replace "'", "''")' '$mark'"
        $process = Start-Pwsh -ArgumentList '-NoProfile', '-NonInteractive', '-Command', $command -Environment @{ LC_ALL = 'C.UTF-8' }
        $result = Wait-Pwsh $process -Patience '00:10:00'
    }
    finally {
        ${process}?.Dispose()
        Remove-Item -LiteralPath $file
    }
    $texts = ($result.Output -replace '\r\n', "`n") -split "$mark session\n"
    foreach ($text in $texts | Select-Object -Skip 1) {
        $shown, $failure = $text -split "$mark error "
        [pscustomobject]@{
            Printed = [string[]]@($shown -split "$mark part\n" | Select-Object -Skip 1)
            Failure = "$failure".Trim()
            Errors  = $result.Errors
        }
    }
}

# Starts processes with PowerShell at the same time, and gives sessions with them, with the module unless -Bare.
function New-ProcessSession([switch] $Bare, [int] $Count = 1) {
    $runspaces = foreach ($i in 1..$Count) {
        $runspace = [runspacefactory]::CreateOutOfProcessRunspace($null)
        $runspace.OpenAsync()
        $runspace
    }
    $sessions = foreach ($runspace in $runspaces) {
        while ($runspace.RunspaceStateInfo.State -in 'BeforeOpen', 'Opening') { Start-Sleep -Milliseconds 20 }
        [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Process', $null)
    }
    if (-not $Bare) { Invoke-Command -Session $sessions { Import-Module $using:Manifest } }
    $sessions
}

# A printed text as it is compared with one that is shown to readers: without spaces at the ends of lines; where the output of one statement ends and that
# of the next begins there are two empty lines (and, for the reader, a prompt); how many iterations a search needs depends on the last bits, and so on the processor.
function Format-Printed([string] $Text) {
    $Text -replace '\r\n', "`n" -replace '(?m) +$' -replace '^\n+|\n+$' -replace '\n{3,}', "`n`n" -replace ' +[0-9]+ Converged', ' Converged'
}

# Copies the example scripts and data to where they are in the repository, and gives the folder.
function New-ExampleFolder([string] $Path) {
    $null = New-Item -ItemType Directory (Join-Path $Path 'src/Examples') -Force
    Copy-Item (Join-Path $script:Root 'src/Examples/*') (Join-Path $Path 'src/Examples') -Exclude pictures
    $Path
}

Export-ModuleMember -Function *
