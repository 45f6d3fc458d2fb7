<#
.SYNOPSIS
Makes the site of the module from its sources.
.DESCRIPTION
The pages of commands and of help pages are made by GmmTools.Help, from what Get-Help shows; stories, reasons, benchmarks and the architecture are
the pages of the repository. Recipes and the code on the site's own pages are run, and what they print and draw is put below them; so is
Test-GmmTools. docfx makes HTML of it all, and a link that leads nowhere is an error.
.EXAMPLE
./build.ps1 Docs
.EXAMPLE
./src/Site/Build-Site.ps1 -PagesOnly
Writes the pages in Markdown, and runs nothing.
#>
#Requires -Version 7.6
[CmdletBinding()]
param(
    # Where the pages in Markdown are put.
    [string] $Stage = (Join-Path $PSScriptRoot '../../out/pages'),

    # Where the site is put.
    [string] $Output = (Join-Path $PSScriptRoot '../../out/site'),

    # The configuration that was built.
    [string] $Configuration = 'Debug',

    # Without what commands print and draw, and without HTML.
    [switch] $PagesOnly
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Import-Module (Join-Path $PSScriptRoot 'SiteTools.psm1') -Force
$root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).ProviderPath
$Stage = [IO.Path]::GetFullPath($Stage)
$Output = [IO.Path]::GetFullPath($Output)
$watch = [Diagnostics.Stopwatch]::StartNew()

if (Test-Path $Stage) { Remove-Item $Stage -Recurse }
foreach ($folder in 'stories', 'recipes', 'scripts', 'benchmarks', 'project', 'pictures') { $null = New-Item -ItemType Directory (Join-Path $Stage $folder) }
Copy-Item (Join-Path $PSScriptRoot '*') $Stage -Recurse -Include *.md, *.json, *.svg, template
Copy-Item (Join-Path $root 'src/Examples/pictures/*') (Join-Path $Stage 'pictures')

$pages = [ordered]@{}
function Read-Page([string] $Path) { (Get-Content -LiteralPath (Join-Path $root $Path) -Raw) -replace '\r\n', "`n" }
foreach ($file in Get-ChildItem $Stage -Filter *.md) { $pages[$file.Name] = Read-Page (Join-Path src/Site $file.Name) }

# commands and help pages
$built = (Get-ChildItem (Join-Path $root "src/GmmTools/bin/$Configuration/netstandard2.0") -Filter "GmmTools-$((Import-PowerShellDataFile (Join-Path $root GmmTools.psd1)).ModuleVersion).dll").FullName
dotnet (Join-Path $root "src/GmmTools.Help/bin/$Configuration/net10.0/GmmTools.Help.dll") $built (Join-Path $root 'en-US/GmmTools.dll-Help.xml') $Stage
$commands = @((Get-ChildItem (Join-Path $Stage 'commands') -Filter *.md).BaseName)
$topics = @((Get-ChildItem (Join-Path $Stage 'topics') -Filter *.md).BaseName)
foreach ($kind in 'commands', 'topics') {
    foreach ($file in Get-ChildItem (Join-Path $Stage $kind)) { $pages["$kind/$($file.Name)"] = Get-Content -LiteralPath $file.FullName -Raw }
}

# where what is shown can be typed
$place = "`$module = (Get-Module GmmTools -ListAvailable)[0].ModuleBase`nSet-Location `$module"
$typed = "What is shown can be typed in the folder of the module, which has the data:`n`n``````powershell`n$place`n``````"

# the README, a section a page
$readme = @(Split-Section (Read-Page README.md))
function Get-Section([string] $Like) { $readme | Where-Object Heading -Like $Like }
$pages['install.md'] = "# Install`n`n$((Get-Section Install).Text)`n`n## The first steps`n`n$typed`n`nThen [a first fit](stories/a-first-fit.md) is three lines.`n`n## From the sources`n`n$(($readme[0].Text -split '\n\n!\[[^\n]*\n\n', 2)[1])"
$stories = [ordered]@{}
foreach ($section in Get-Section 'Story *') {
    $title = $section.Heading -replace '^Story \d+: '
    $title = $title.Substring(0, 1).ToUpperInvariant() + $title.Substring(1)
    $stories[$title] = "$(Get-Slug $title).md"
    $pages["stories/$($stories[$title])"] = "# $title`n`n$($section.Text)"
}
# the picture at the top of the README is that of the first
$one = "stories/$(@($stories.Values)[0])"
$pages[$one] = [regex]::Replace($pages[$one], '^(# .*\n)', "`$1`n$([regex]::Match($readme[0].Text, '(?m)^!\[.*$').Value)`n")
$pages['stories/index.md'] = "# Stories`n`nEach is a script of the module as well, which needs no preparation. $typed`n`n" + (($stories.Keys | ForEach-Object { "1. [$_]($($stories[$_]))" }) -join "`n")
$pages['commands/index.md'] = "# Commands`n`n$typed`n`n$((Get-Section 'The commands').Text)"
$pages['validation.md'] = "# Why believe the numbers`n`n$((Get-Section 'Why believe the numbers').Text)"
$pages['benchmarks/index.md'] = "# Comparison`n`n$((Get-Section Comparison).Text)"
$pages['benchmarks/runs.md'] = Read-Page tests/GmmTools.Benchmarks/README.md
$pages['benchmarks/robustness.md'] = Read-Page tests/GmmTools.Benchmarks/Robustness.md
$pages['project/architecture.md'] = Read-Page src/README.md
$pages['project/development.md'] = "# Development`n`n$((Get-Section Development).Text)"
$pages['project/changelog.md'] = Read-Page CHANGELOG.md
$pages['project/contributing.md'] = Read-Page .github/CONTRIBUTING.md
$pages['project/security.md'] = Read-Page .github/SECURITY.md
$first = { param($name) ($pages["topics/$name.md"] -split '\n\n')[1] }
$pages['topics/index.md'] = "# Topics`n`nThe pages that ``Get-Help`` shows of what is more than one command.`n`n" + (($topics | ForEach-Object { "- [$_]($_.md): $(& $first $_)" }) -join "`n")

# commands are typed in a folder that has the examples; the tests of the pinned Pester are one of the recipes
$pester = @(Get-Module Pester) + @(Get-ChildItem (Join-Path ($env:NUGET_PACKAGES ?? (Join-Path $HOME .nuget/packages)) 'pester/*/tools/Pester.psd1') -ErrorAction Ignore) | Select-Object -First 1
if (-not $pester -and -not $PagesOnly) { throw 'Pester is not there: dotnet restore tests/GmmTools.Pester.Tests brings it.' }
$workplace = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()))
$session = $PagesOnly ? $null : (Open-Session $workplace.FullName @((Join-Path $root GmmTools.psd1), ($pester.Path ?? $pester.FullName)))

# the scripts of the module, and the recipes with what they print
$targets = @{}
$recipes = [ordered]@{}
$scripts = [ordered]@{}
$leads = @{}
$examples = Join-Path $root 'src/Examples'
foreach ($file in Get-ChildItem $examples -Filter *.ps1 | Sort-Object Name) {
    $help = Get-ScriptHelp $file.FullName
    $isRecipe = $file.Name -like 'Recipe-*'
    # what stands before the colon is the title of a recipe
    $title, $lead = $isRecipe ? ($help.Synopsis -split ': ', 2) : @($file.Name, $help.Synopsis)
    $lead = $lead.Substring(0, 1).ToUpperInvariant() + $lead.Substring(1)
    $slug = Get-Slug ($file.Name -creplace '^Recipe-|\.ps1$')
    $page = $isRecipe ? "recipes/$slug.md" : "scripts/$slug.md"
    ($isRecipe ? $recipes : $scripts)[$title] = "$slug.md"
    $leads[$title] = $lead
    $targets["src/Examples/$($file.Name)"] = $targets[$file.Name] = $page
    $language = $file.Name -like '*QueryStore*' ? 'sql' : 'powershell'
    # lines of code in the description stand by themselves
    $description = [regex]::Replace($help.Description, '(?m)^((?:1\.\.|\./|SELECT |FROM |JOIN ).*(?:\n(?:FROM |JOIN ).*)*)$', "``````$language`n`$1`n``````")
    $text = "# $title`n`n$lead`n`n$description`n`n## Run it`n`n``````powershell`n$place/src/Examples`n$($help.Examples -join "`n")`n``````"
    if ($isRecipe -and -not $PagesOnly) {
        $draws = $help.Code -match '\$Picture\b'
        $picture = Join-Path $Stage "pictures/$slug.png"
        $printed = Get-Printed $session ("& '$($file.FullName)'" + ($draws ? " -Picture '$picture'" : ''))
        if (-not $printed) { throw "$($file.Name) printed nothing." }
        $text += "`n`n## What it prints`n`nWith the data that it makes or the module brings:`n`n``````text`n$printed`n``````"
        if ($draws) { $text += "`n`n![$title](../pictures/$slug.png)" }
    }
    $text += "`n`n## The script`n`n``````powershell`n$($help.Code)`n``````"
    $pages[$page] = $text
}
$list = { param($items) ($items.Keys | ForEach-Object { "- [$_]($($items[$_])): $($leads[$_])" }) -join "`n" }
$pages['recipes/index.md'] = "# Recipes`n`nEach is a script that makes its data, or takes data that the module brings, and has a parameter for your own.`n`n$(& $list $recipes)"
$pages['scripts/index.md'] = "# Scripts`n`nThe scripts that come with the module.`n`n$(& $list $scripts)"

# what is run for the site's own pages
if (-not $PagesOnly) {
    $null = New-Item -ItemType Directory (Join-Path $workplace 'src/Examples')
    Copy-Item (Join-Path $examples '*') (Join-Path $workplace 'src/Examples') -Exclude pictures
    foreach ($own in 'index.md', 'score-in-sql.md', 'pictures.md') {
        $pages[$own] = Invoke-PageCode $session $pages[$own] -Folder $workplace -PictureFolder (Join-Path $Stage 'pictures')
    }
    $session.Dispose()
    $values = @(Test-GmmTools)
    $bad = @($values | Where-Object { -not $_.Passed })
    if ($bad) { throw "$($bad.Count) published values were not found here." }
    $tables = foreach ($source in $values | Group-Object Source) {
        "### $($source.Name.Substring(0, 1).ToUpperInvariant())$($source.Name.Substring(1))", '| data | model | quantity | published | here | digits |', '| --- | --- | --- | ---: | ---: | ---: |' -join "`n`n" -replace '\|\n\n\|', "|`n|"
        ($source.Group | ForEach-Object { "| $($_.Data) | $($_.Model) | $($_.Quantity) | $($_.Published) | $($_.Here) | $($_.Digits) |" }) -join "`n"
    }
    $pages['validation.md'] += "`n`n## The whole table`n`n$($values.Count) published values, computed when this page was made. Digits counts the significant digits that agree.`n`n" + (($tables -join "`n") -replace '\n(?=### )', "`n`n")
}

Remove-Item $workplace -Recurse

# links: names of commands and help pages, files of the repository
foreach ($name in $commands) { $targets[$name] = "commands/$name.md" }
foreach ($name in $topics) { $targets[$name] = "topics/$name.md" }
$files = @{
    'src/README.md' = 'project/architecture.md'; 'CHANGELOG.md' = 'project/changelog.md'; 'README.md' = 'index.md'
    'tests/GmmTools.Benchmarks/README.md' = 'benchmarks/runs.md'; 'tests/GmmTools.Benchmarks/Robustness.md' = 'benchmarks/robustness.md'
    'Robustness.md' = 'benchmarks/robustness.md'; '.github/CONTRIBUTING.md' = 'project/contributing.md'; '.github/SECURITY.md' = 'project/security.md'
}
foreach ($file in $files.Keys) { $targets[$file] = $files[$file] }
foreach ($page in @($pages.Keys)) {
    $up = '../' * ($page.Split('/').Count - 1)
    # links that the repository has, to where their targets are here
    $text = [regex]::Replace($pages[$page], '(?<=\]\()(?:\.\./)*([\w./-]+)(?=[)#])', {
            param($match)
            $path = $match.Groups[1].Value
            $path -like 'src/Examples/pictures/*' ? "${up}pictures/$(Split-Path -Leaf $path)" : $files.Contains($path) ? "$up$($files[$path])" : $match.Value
        })
    Set-Content -LiteralPath (Join-Path $Stage $page) -Value (Add-Link $text -Page $page -Target $targets)
}

# what the bars at the top and at the side show
$named = { param($names, $index) $toc = [ordered]@{ $index = 'index.md' }; foreach ($name in $names) { $toc[$name] = "$name.md" }; $toc }
Write-Toc (Join-Path $Stage commands/toc.yml) (& $named $commands 'All commands')
Write-Toc (Join-Path $Stage topics/toc.yml) (& $named $topics 'All topics')
foreach ($kind in @{ stories = $stories; recipes = $recipes; scripts = $scripts }.GetEnumerator()) {
    $kind.Value.Insert(0, "All $($kind.Key)", 'index.md')
    Write-Toc (Join-Path $Stage "$($kind.Key)/toc.yml") $kind.Value
}
Write-Toc (Join-Path $Stage benchmarks/toc.yml) ([ordered]@{ Comparison = 'index.md'; 'All benchmarks' = 'runs.md'; Robustness = 'robustness.md' })
Write-Toc (Join-Path $Stage project/toc.yml) ([ordered]@{
        Architecture = 'architecture.md'; Scripts = '../scripts/index.md'; Development = 'development.md'; Contributing = 'contributing.md'; Security = 'security.md'; Changelog = 'changelog.md'
    })
Write-Toc (Join-Path $Stage toc.yml) ([ordered]@{
        Install = 'install.md'; Stories = 'stories/'; Recipes = 'recipes/'; Commands = 'commands/'; Topics = 'topics/'; Pictures = 'pictures.md'
        Numbers = 'validation.md'; Benchmarks = 'benchmarks/'; Project = 'project/'
    })
"$($pages.Count) pages -> $Stage, $($watch.Elapsed.TotalSeconds.ToString('F0')) s"
if ($PagesOnly) { return }

if (Test-Path $Output) { Remove-Item $Output -Recurse }
Push-Location $root
try {
    dotnet tool run docfx -- build (Join-Path $Stage docfx.json) --output $Output --warningsAsErrors --logLevel warning
}
finally {
    Pop-Location
}
$dead = @(Find-DeadLink $Output)
$raw = @(Get-ChildItem $Output -Recurse -Filter *.html | Where-Object { $_ | Select-String -SimpleMatch '```' -Quiet })
if ($raw) { throw "Markdown shows through: $($raw.Name -join ', ')" }
if ($dead) {
    $dead | Format-Table | Out-String -Width 160
    throw "$($dead.Count) links lead nowhere."
}
"$(@(Get-ChildItem $Output -Recurse -Filter *.html).Count) HTML files, $(Find-DeadLink $Output -Count) links followed, none of them dead -> $Output, $($watch.Elapsed.TotalSeconds.ToString('F0')) s"
