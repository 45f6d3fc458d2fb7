# The pages of the site are made of what the repository has, and their links lead somewhere. The site itself is made by build.ps1 Docs.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $script:source = Join-Path (Get-RepositoryRoot) 'src/Site'
    Import-Module (Join-Path $source 'SiteTools.psm1')
    $script:stage = Join-Path $TestDrive 'pages'
    $configuration = $env:GMMTOOLS_TEST_CONFIGURATION ? $env:GMMTOOLS_TEST_CONFIGURATION : 'Debug'
    $null = & (Join-Path $source 'Build-Site.ps1') -PagesOnly -Stage $stage -Configuration $configuration
    function Get-PageName([string] $Folder) { (Get-ChildItem (Join-Path $stage $Folder) -Filter *.md).BaseName | Where-Object { $_ -ne 'index' } }
    function Read-Page([string] $Name) { (Get-Content -LiteralPath (Join-Path $stage $Name) -Raw) -replace '\r\n', "`n" }
}

AfterAll { Remove-Module SiteTools }

Describe 'The pages of the site' -Tag FastEngine {
    It 'are there for each command, with its examples and parameters' {
        Get-PageName commands | Should -Be @((Import-PowerShellDataFile (Get-TestedManifest)).CmdletsToExport | Sort-Object)
        foreach ($command in Get-CommandHelp) {
            $page = Read-Page "commands/$($command.details.name).md"
            foreach ($parameter in $command.parameters.parameter) { $page.Contains("`n### -$($parameter.name)`n") | Should -BeTrue -Because $parameter.name }
            foreach ($example in $command.examples.example) { $page.Contains("``````powershell`n$($example.code)`n``````") | Should -BeTrue -Because $example.title }
        }
    }

    It 'are there for each help page, with its commands' {
        Get-PageName topics | Should -Be @((Get-HelpTopic).Name)
        foreach ($topic in Get-HelpTopic) {
            $page = Read-Page "topics/$($topic.Name).md"
            $page | Should -Not -Match 'PS>'
            foreach ($command in $topic.Commands) { $page.Contains("`n$command`n") | Should -BeTrue -Because $command }
        }
    }

    It 'are there for each story, script and recipe' {
        $readme = Get-Content -LiteralPath (Join-Path (Get-RepositoryRoot) 'README.md') -Raw
        @(Get-PageName stories).Count | Should -Be ([regex]::Matches($readme, '(?m)^## Story ')).Count
        $scripts = @(Get-ChildItem (Get-ExamplePath '*.ps1'))
        @(Get-PageName recipes).Count | Should -Be @($scripts | Where-Object Name -Like Recipe-*).Count
        @(Get-PageName scripts).Count | Should -Be @($scripts | Where-Object Name -NotLike Recipe-*).Count
    }

    It 'have a table of terms for one, prose for prose, and an error under a heading' {
        $topic = Read-Page topics/about_GmmTools.md
        $topic | Should -MatchExactly '(?m)^\| StopReason \| why the iterations ended: Converged, MaxIteration, TimeLimit, \.\.\. \|$'
        $topic | Should -MatchExactly '(?m)^BIC is -2 logL \+ p ln n, where .* SMALLER IS BETTER\. R''s mclust reports its negative, where larger is better\.$'
        Read-Page topics/about_CovarianceModels.md | Should -MatchExactly '(?ms)^```text\nmodel  alias .*^EII .*^VVV .*?^```$'
        Read-Page topics/about_GmmToolsErrors.md | Should -MatchExactly '(?m)^### ConstantColumn\n\n.*\n\n\*\*Remedy:\*\* '
    }

    It 'have no link that leads nowhere' {
        $pages = @(Get-ChildItem $stage -Recurse -Filter *.md)
        $places = @{}
        foreach ($page in $pages) {
            $text = (Get-Content -LiteralPath $page.FullName -Raw) -replace '(?ms)^```.*?^```$'
            $places[$page.FullName] = @{
                Links   = @([regex]::Matches($text, '\]\(([^)\s]+)\)') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -notmatch '^https?:' } | Select-Object -Unique)
                Anchors = @([regex]::Matches($text, '(?m)^#+ (.*)$') | ForEach-Object { ($_.Groups[1].Value.ToLowerInvariant() -replace '[^\w\- ]') -replace ' ', '-' })
            }
        }
        ($places.Values.Links | Measure-Object).Count | Should -BeGreaterThan 300
        $dead = foreach ($page in $pages) {
            foreach ($link in $places[$page.FullName].Links) {
                $path, $anchor = $link -split '#', 2
                $file = $path ? [IO.Path]::GetFullPath((Join-Path $page.DirectoryName $path)) : $page.FullName
                if (-not (Test-Path -LiteralPath $file) -or ($anchor -and $anchor -cnotin $places[$file].Anchors)) { "$($page.Name): $link" }
            }
        }
        $dead | Should -BeNullOrEmpty
    }

    It 'lead a stranger from the first to <_>' -ForEach 'install.md', 'stories/a-first-fit.md', 'topics/about_GmmTools.md#reading-bic', 'validation.md', 'score-in-sql.md' {
        (Read-Page index.md).Contains("]($_)") | Should -BeTrue
    }
}

Describe 'What looks for dead links' -Tag FastEngine {
    BeforeEach {
        $script:folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()) 'sub')).Parent.FullName
        Set-Content (Join-Path $folder 'index.html') '<h1 id="top">One</h1><a href="sub/two.html#there">two</a> <a href="https://example.com/none">out</a> <img src="a%20b.png"> <a href="#top">up</a>'
        Set-Content (Join-Path $folder 'sub/two.html') '<h2 id="there">Two</h2><a href="../index.html?q=1">one</a>'
        Set-Content (Join-Path $folder 'a b.png') ''
    }

    It 'finds none where there is none' {
        Find-DeadLink $folder | Should -BeNullOrEmpty
        Find-DeadLink $folder -Count | Should -Be 4
    }

    It 'finds <Link>: <Why>' -ForEach @(
        @{ Link = 'three.html'; Why = 'no such file' }
        @{ Link = '../index.html#bottom'; Why = 'no such place on the page' }
        @{ Link = '#nowhere'; Why = 'no such place on the page' }
        @{ Link = '../../index.html'; Why = 'outside the site' }
        @{ Link = '/index.html'; Why = 'a path from the root of a server' }
    ) {
        Add-Content (Join-Path $folder 'sub/two.html') "<a class='x' href=`"$Link`">x</a>"
        $dead = @(Find-DeadLink $folder)
        $dead.Count | Should -Be 1
        $dead[0].Page, $dead[0].Link, $dead[0].Why | Should -Be (Join-Path sub two.html), $Link, $Why
    }
}

Describe 'A page' -Tag FastEngine {
    It 'links names of commands and pages, but neither in code nor to itself' {
        $targets = @{ 'Invoke-EmFit' = 'commands/Invoke-EmFit.md'; about_GmmTools = 'topics/about_GmmTools.md' }
        $text = "# Invoke-EmFit`n`nSee ``Invoke-EmFit``, [Invoke-EmFit](x.md), ``Get-Help about_GmmTools`` and My-Invoke-EmFit.`n`n```````nInvoke-EmFit`n``````"
        $linked = "# Invoke-EmFit`n`nSee [``Invoke-EmFit``](../commands/Invoke-EmFit.md), [Invoke-EmFit](x.md), [``Get-Help about_GmmTools``](../topics/about_GmmTools.md) and My-Invoke-EmFit.`n`n``````text`nInvoke-EmFit`n``````"
        Add-Link $text -Page stories/one.md -Target $targets | Should -BeExactly $linked
        Add-Link 'Invoke-EmFit fits.' -Page commands/Invoke-EmFit.md -Target $targets | Should -BeExactly 'Invoke-EmFit fits.'
    }

    It 'shows what its code prints, and is not made when the code fails or warns' {
        $session = Open-Session $TestDrive @()
        $page = "Text`n`n``````powershell`n`$x = 6`n`$x * 7`n```````n`nMore`n"
        Invoke-PageCode $session $page -Folder $TestDrive -PictureFolder $TestDrive | Should -BeExactly "Text`n`n``````powershell`n`$x = 6`n`$x * 7`n```````n`n``````text`n42`n```````n`nMore`n"
        { Get-Printed $session 'Get-Item nothing-here' } | Should -Throw
        $session.Dispose()
        $session = Open-Session $TestDrive @()
        { Get-Printed $session 'Write-Warning careful' } | Should -Throw '*careful*'
        $session.Dispose()
    }
}
