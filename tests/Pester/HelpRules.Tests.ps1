# The program that makes the help, and with it the build, fails when a doc comment lacks something.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $script:configuration = $env:GMMTOOLS_TEST_CONFIGURATION ? $env:GMMTOOLS_TEST_CONFIGURATION : 'Debug'
    $script:source = Join-Path (Get-RepositoryRoot) 'src'
    $script:program = Join-Path $source "GmmTools.Help/bin/$configuration/net10.0/GmmTools.Help.dll"
    $script:dotnet = $env:DOTNET_HOST_PATH ? $env:DOTNET_HOST_PATH : 'dotnet'
    # the program reads the comments of all assemblies in the folder; files of another version may lie there
    $assembly = [Reflection.AssemblyName]::GetAssemblyName((Join-Path (Get-RepositoryRoot) 'bin/GmmTools.dll')).Name
    Copy-Item (Join-Path $source "GmmTools/bin/$configuration/netstandard2.0/$($assembly -replace '^GmmTools', 'GmmTools*').*") $TestDrive
    $script:comments = Get-Item (Join-Path $TestDrive "$assembly.xml")
    $script:original = Get-Content -LiteralPath $comments.FullName -Raw

    # Makes the help of comments that were edited: ExitCode and Errors.
    function Invoke-HelpProgram([string] $Member, [scriptblock] $Edit) {
        $document = [xml] $original
        if ($Member) { & $Edit ($document.doc.members.member | Where-Object name -CEQ $Member) }
        $document.Save($comments.FullName)
        $errors = & $dotnet $program (Join-Path $TestDrive "$($comments.BaseName).dll") (Join-Path $TestDrive 'en-US/GmmTools.dll-Help.xml') 2>&1
        @{ ExitCode = $LASTEXITCODE; Errors = $errors -join "`n" }
    }
}

Describe 'The program that makes the help' -Tag FastEngine {
    It 'makes it of the comments as they are' {
        $result = Invoke-HelpProgram
        $result.Errors | Should -BeExactly ''
        $result.ExitCode | Should -Be 0
        Join-Path $TestDrive 'en-US/GmmTools.dll-Help.xml' | Should -Exist
    }

    It 'fails when <Member> has no <Element>' -ForEach @(
        @{ Member = 'T:GmmTools.Commands.GetMixtureComponentCommand'; Element = 'example'; Message = 'Get-MixtureComponent has 2 <example> elements; it needs at least 3.' }
        @{ Member = 'T:GmmTools.Commands.GetMixtureComponentCommand'; Element = 'remarks'; Message = 'Get-MixtureComponent has no <remarks>' }
        @{ Member = 'T:GmmTools.Commands.GetMixtureComponentCommand'; Element = 'summary'; Message = 'Get-MixtureComponent has no <summary>.' }
        @{ Member = 'P:GmmTools.Commands.Internal.RowSourceCommand.MissingText'; Element = 'summary'; Message = 'Invoke-EmFit -MissingText has no <summary>.' }
    ) {
        $result = Invoke-HelpProgram $Member { param($comment) $null = $comment.RemoveChild($comment.SelectSingleNode($Element)) }
        $result.ExitCode | Should -Be 1
        $result.Errors | Should -MatchExactly ([regex]::Escape("error HELP1 : $Message"))
    }

    It 'fails at an element that means nothing in the help' {
        $result = Invoke-HelpProgram 'T:GmmTools.Commands.GetMixtureComponentCommand' { param($comment) $comment.SelectSingleNode('summary').InnerXml += '<blink>x</blink>' }
        $result.ExitCode | Should -Be 1
        $result.Errors | Should -MatchExactly ([regex]::Escape('<blink> has no meaning in the help'))
    }
}
