# Types commands as a reader would, and prints what comes: for Invoke-Session. The file holds sessions in JSON: a folder, and parts, which are code. As at
# a prompt, each statement is a pipeline of its own. A mark stands before each session and each part, and before the error that ended a session.
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $Mark
)
$ErrorActionPreference = 'Stop'

function Write-Mark([string] $Text) { [Console]::Out.WriteLine("$Mark $Text") }

function Show-Session($MarkedParts) {
    try {
        foreach ($MarkedPart in $MarkedParts) {
            Write-Mark 'part'
            foreach ($MarkedStatement in [scriptblock]::Create($MarkedPart).Ast.EndBlock.Statements) {
                . ([scriptblock]::Create($MarkedStatement.Extent.Text)) | Out-Default
            }
        }
    }
    catch {
        Write-Mark "error $_"
    }
}

foreach ($session in Get-Content -LiteralPath $Path -Raw | ConvertFrom-Json) {
    Write-Mark 'session'
    Set-Location -LiteralPath $session.Folder
    Show-Session $session.Parts
}
