# What the pages of the site are made with, and what looks for links that lead nowhere.
$ErrorActionPreference = 'Stop'

# The name of a page by its heading, as in a-first-fit for 'A first fit'.
function Get-Slug([string] $Heading) { (($Heading -creplace '(?<=[a-z])(?=[A-Z])', '-').ToLowerInvariant() -replace '[^a-z0-9]+', '-').Trim('-') }

# The sections of a page in Markdown: Heading ('' for what stands before the first) and Text.
function Split-Section([string] $Markdown) {
    $parts = [regex]::Split($Markdown, '(?m)^## (.*)$')
    [pscustomobject]@{ Heading = ''; Text = $parts[0].Trim() }
    for ($i = 1; $i -lt $parts.Count; $i += 2) { [pscustomobject]@{ Heading = $parts[$i].Trim(); Text = $parts[$i + 1].Trim() } }
}

# The parts of a script's help, and its Code: what stands below the help.
function Get-ScriptHelp([string] $Path) {
    $text = (Get-Content -LiteralPath $Path -Raw) -replace '\r\n', "`n"
    $end = $text.IndexOf("#>`n")
    $help = [scriptblock]::Create($text).Ast.GetHelpContent()
    [pscustomobject]@{
        Name        = Split-Path -Leaf $Path
        Synopsis    = $help.Synopsis.Trim()
        Description = $help.Description.Trim()
        Examples    = @($help.Examples | ForEach-Object { ($_.Trim() -split '\r?\n')[0] })
        Code        = $text.Substring($end + 3).Trim()
    }
}

# A session to type commands into, in a folder, with the given modules.
function Open-Session([string] $Folder, [string[]] $Module) {
    $session = [powershell]::Create()
    $null = $session.AddScript({
            param($folder, $modules)
            $ErrorActionPreference = 'Stop'
            foreach ($module in $modules) { Import-Module $module }
            Set-Location -LiteralPath $folder
        }).AddArgument($Folder).AddArgument($Module).Invoke()
    $session
}

# The text that code prints in a session, statement by statement as at a prompt. What it has to say besides is an error.
function Get-Printed([powershell] $Session, [string] $Code, [int] $Width = 100) {
    $printed = foreach ($statement in [scriptblock]::Create($Code).Ast.EndBlock.Statements) {
        $Session.Commands.Clear()
        $text = $statement.Extent.Text
        $null = $Session.AddScript($statement -is [System.Management.Automation.Language.PipelineAst] ? "$text | Out-String -Width $Width" : $text, $false)
        $Session.Invoke()
        if ($Session.Streams.Error.Count -or $Session.Streams.Warning.Count) { throw "$text`n$($Session.Streams.Error)$($Session.Streams.Warning)" }
    }
    ($printed -join '') -replace '\r\n', "`n" -replace "`e\[[\d;]*m" -replace '(?m) +$' -replace '^\n+|\n+$' -replace '\n{3,}', "`n`n"
}

# Runs the code blocks of a page one after the other, and puts below each what it prints and draws in the folder of the session.
function Invoke-PageCode {
    param([Parameter(Mandatory)] [powershell] $Session, [Parameter(Mandatory)] [string] $Markdown, [Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $PictureFolder)
    $done = foreach ($part in [regex]::Split($Markdown, '(?ms)(^```powershell\n.*?^```$)')) {
        $part
        if (-not $part.StartsWith('```powershell')) { continue }
        $text = Get-Printed $Session ($part -replace '^```powershell\n|\n```$')
        if ($text) { "`n`n``````text`n$text`n``````" }
        foreach ($picture in Get-ChildItem -Path (Join-Path $Folder *) -File -Include *.png, *.svg) {
            Move-Item -LiteralPath $picture.FullName -Destination $PictureFolder -Force
            "`n`n![$($picture.BaseName)](pictures/$($picture.Name))"
        }
    }
    $done -join ''
}

# A page in which names of commands, of help pages and of scripts are links. Code is left as it is, and a page does not link to itself.
#   Page     its path in the site, such as stories/a-first-fit.md
#   Target   paths in the site by what is written: commands, help pages, files of the repository
function Add-Link {
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Markdown, [Parameter(Mandatory)] [string] $Page, [Parameter(Mandatory)] [System.Collections.IDictionary] $Target)
    $up = '../' * ($Page.Split('/').Count - 1)
    $words = ($Target.Keys | Where-Object { $_ -match '^(\w+-\w+|about_\w+)$' } | Sort-Object Length -Descending | ForEach-Object { [regex]::Escape($_) }) -join '|'
    # what is a link already comes first, then code, then names as they stand
    $pattern = [regex]"(?<link>!?\[[^\]]*\]\([^)]*\))|``(?<code>[^``]+)``|(?<![\w/.-])(?<word>$words)(?![\w-]|\.\w)"
    $code = $false
    $lines = foreach ($line in $Markdown -split '\n') {
        if ($line.StartsWith('```')) {
            $code = -not $code
            # what has no language is not to be coloured as if it had one
            $code -and $line -eq '```' ? '```text' : $line
            continue
        }
        if ($code -or $line.StartsWith('#')) { $line; continue }
        if (-not $pattern.IsMatch($line)) { $line; continue }
        $pattern.Replace($line, {
                param($match)
                $name = ($match.Groups['code'].Value + $match.Groups['word'].Value) -replace '^Get-Help (?=about_)' -replace '^\./'
                if ($match.Groups['link'].Success -or -not $Target.Contains($name) -or $Target[$name] -eq $Page) { return $match.Value }
                "[$($match.Value)]($up$($Target[$name]))"
            })
    }
    $lines -join "`n"
}

# The list of the pages of a folder, as docfx takes it.
function Write-Toc {
    param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [System.Collections.IDictionary] $Page)
    $lines = foreach ($name in $Page.Keys) { "- name: '$($name -replace "'", "''")'"; "  href: $($Page[$name])" }
    Set-Content -LiteralPath $Path -Value $lines
}

# What is wrong with the links of a folder of HTML: Page, Link and Why of each that leads nowhere. -Count gives how many were followed instead.
function Find-DeadLink {
    param([Parameter(Mandatory)] [string] $Folder, [switch] $Count)
    $root = (Resolve-Path -LiteralPath $Folder).ProviderPath.TrimEnd('/', '\')
    $anchors = @{}
    $pages = @(Get-ChildItem -LiteralPath $root -Recurse -File -Filter *.html | Where-Object { $_.DirectoryName -ne (Join-Path $root 'public') })
    foreach ($page in $pages) {
        $text = [IO.File]::ReadAllText($page.FullName)
        $names = [regex]::Matches($text, '\s(?:id|name)="([^"]*)"') | ForEach-Object { [Net.WebUtility]::HtmlDecode($_.Groups[1].Value) }
        $anchors[$page.FullName] = @{ Text = $text; Names = [Collections.Generic.HashSet[string]]::new([string[]]@($names)) }
    }
    $followed = 0
    foreach ($page in $pages) {
        $links = [regex]::Matches($anchors[$page.FullName].Text, '\s(?:href|src)="([^"]*)"') | ForEach-Object { [Net.WebUtility]::HtmlDecode($_.Groups[1].Value) }
        foreach ($link in $links | Select-Object -Unique | Where-Object { $_ -notmatch '^(?:[a-z][a-z0-9+.-]*:|//)' }) {
            $followed++
            $path, $anchor = $link -split '#', 2
            $path = [Uri]::UnescapeDataString(($path -split '\?')[0])
            $file = if ($path) { [IO.Path]::GetFullPath([IO.Path]::Combine($page.DirectoryName, $path)) } else { $page.FullName }
            if (-not $path.StartsWith('/') -and (Test-Path -LiteralPath $file -PathType Container)) { $file = Join-Path $file 'index.html' }
            $why = if ($path.StartsWith('/')) { 'a path from the root of a server' }
            elseif (-not $file.StartsWith($root)) { 'outside the site' }
            elseif (-not (Test-Path -LiteralPath $file -PathType Leaf)) { 'no such file' }
            elseif ($anchor -and $anchors.ContainsKey($file) -and -not $anchors[$file].Names.Contains([Uri]::UnescapeDataString($anchor))) { 'no such place on the page' }
            if ($why -and -not $Count) { [pscustomobject]@{ Page = $page.FullName.Substring($root.Length + 1); Link = $link; Why = $why } }
        }
    }
    if ($Count) { $followed }
}

Export-ModuleMember -Function *
