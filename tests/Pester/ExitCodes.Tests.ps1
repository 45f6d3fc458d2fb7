# What a batch job sees of the commands: the exit code of pwsh, results on the standard output, errors on the standard error.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:import = "Import-Module '$((Get-TestedManifest) -replace "'", "''")'"

    function Invoke-Script([string] $Text, [string[]] $Arguments = @()) {
        $file = Join-Path $TestDrive 'script.ps1'
        Set-Content $file $Text
        Invoke-Pwsh -ArgumentList (@('-NoProfile', '-NonInteractive', '-File', $file) + $Arguments) -WorkingDirectory $TestDrive
    }
}

Describe 'The exit code of pwsh -Command' -Tag FastEngine {
    It 'is 1 and the error is on the standard error when <Command> fails' -ForEach @(
        @{ Command = 'Invoke-EmFit -Path nosuch.csv 2'; Message = 'Invoke-EmFit: ' }
        @{ Command = 'Invoke-EmFit -Path nosuch.csv -ComponentCount 2'; Message = 'nosuch.csv' }
        @{ Command = 'Import-GaussianMixture nosuch.json | Get-MixtureComponent'; Message = 'nosuch.json' }
        @{ Command = 'Invoke-EmFit -Path nosuch.csv -ComponentCount many'; Message = 'ComponentCount' }
    ) {
        $child = Invoke-Pwsh $Command
        $child.ExitCode | Should -Be 1
        $child.Output | Should -BeExactly ''
        $child.Errors | Should -Match ([regex]::Escape($Message))
    }

    It 'is 0 and nothing is on the standard error when all is well' {
        $child = Invoke-Pwsh '(1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount'
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -Be '4'
        $child.Errors | Should -BeExactly ''
    }

    It 'is 0 when a command fails that is not the last' {
        $child = Invoke-Pwsh "Invoke-EmFit -InputObject 1, 2, 'x' -ComponentCount 1; 'after'"
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -BeExactly 'after'
        $child.Errors | Should -Match 'x'
    }
}

Describe 'The exit code of a script' -Tag FastEngine {
    It 'is its own where it ends itself over a failure' {
        $child = Invoke-Script "$import`n'before'`ntry { Invoke-EmFit -Path nosuch.csv -ComponentCount 2 } catch { exit 3 }`n'after'"
        $child.ExitCode | Should -Be 3
        $child.Lines | Should -BeExactly 'before'
        $child.Errors | Should -BeExactly ''
    }

    It 'is 1, and the place is told, after an error that nobody catches' {
        $child = Invoke-Script "$import`n`$ErrorActionPreference = 'Stop'`n'before'`nInvoke-EmFit -InputObject 1, 2, 3 -ComponentCount 0`n'after'"
        $child.ExitCode | Should -Be 1
        $child.Lines | Should -BeExactly 'before'
        $child.Errors | Should -Match 'ComponentCount'
        $child.Errors | Should -Match 'script\.ps1:4'
    }

    It 'is 0 when the script goes on after an error' {
        $child = Invoke-Script "$import`nInvoke-EmFit -InputObject 1, 2, 'x' -ComponentCount 1`n'after'"
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -BeExactly 'after'
        $child.Errors | Should -Match 'x'
    }

    It 'is 0, and nothing is shown, when an error was caught' {
        $child = Invoke-Script "$import`ntry { Invoke-EmFit -InputObject 1, 2, 'x' -ComponentCount 1 } catch { `"caught `$(`$_.CategoryInfo.Activity)`" } finally { 'finally' }"
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -BeExactly 'caught Invoke-EmFit', 'finally'
        $child.Errors | Should -BeExactly ''
    }

    It 'is 0 at its end, and words of its command line go on to the commands' {
        $child = Invoke-Script "param([string] `$Path, [int] `$Count = 1, [switch] `$Quiet)`n$import`n`$fit = Invoke-EmFit -Path `$Path -ComponentCount `$Count`n`"`$(`$fit.RowCount) `$(`$fit.ComponentCount) `$Quiet`"" '-Path', (Get-ExamplePath 'faithful.csv'), '-Count', '2', '-Quiet'
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -BeExactly '272 2 True'
        $child.Errors | Should -BeExactly ''
    }
}
