# The module comes and goes, in several sessions of one process.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    # Runs a script in a session of its own that has the module; errors are thrown.
    function Invoke-Session([string] $Script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest) Import-Module $manifest -ErrorAction Stop').AddArgument((Get-TestedManifest)).Invoke()
            $shell.Runspace.SessionStateProxy.SetVariable('manifest', (Get-TestedManifest))
            $shell.Commands.Clear()
            $shell.AddScript("`$ErrorActionPreference = 'Stop'`n$Script").Invoke()
            $shell.Streams.Error | Should -HaveCount 0
        }
        finally {
            $shell.Dispose()
        }
    }

    # How many sessions of this process have the module.
    function Get-UserCount {
        (Get-Module GmmTools).ImplementingAssembly.GetType('GmmTools.Loading.EngineResolver', $true).GetField('_users', 'NonPublic, Static').GetValue($null)
    }
}

Describe 'The module in several sessions' {
    It 'can be imported again<_>' -ForEach '', ' -Force' {
        Invoke-Session "Import-Module `$manifest$_; (1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount; @(Get-Module GmmTools).Count" | Should -Be 4, 1
    }

    It 'counts each session that has it and no longer each that removed it' {
        $before = Get-UserCount
        $before | Should -BeGreaterThan 0
        Invoke-Session 'Remove-Module GmmTools; @(Get-Command -Module GmmTools).Count; try { Invoke-EmFit -ComponentCount 1 } catch { $_.FullyQualifiedErrorId }' |
            Should -BeExactly 0, 'CommandNotFoundException'
        Get-UserCount | Should -Be $before
        Get-FaithfulFit | Should -HaveCount 1
    }

    It 'works in others when it is removed in one' {
        $null = Invoke-Session '$null = New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Seed 1; Remove-Module GmmTools'
        Invoke-Session 'New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Seed 1' | Should -HaveCount 1
        Get-FaithfulFit | Should -HaveCount 1
    }

    It 'comes back after it was removed, and takes a fit from before' {
        Invoke-Session '$fit = 1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1; Remove-Module GmmTools; Import-Module $manifest; ($fit | Get-MixtureComponent).Mean_x1; (1, 2, 4 | Invoke-EmFit -ComponentCount 1).RowCount' |
            Should -Be 3.75, 3
    }
}

Describe 'The module in a process of its own' -Tag FastEngine {
    It 'stops what it does in the session when it is removed, leaves no command behind, and comes back' {
        $child = Invoke-Pwsh @"
            `$module = Get-Module GmmTools
            `$users = `$module.ImplementingAssembly.GetType('GmmTools.Loading.EngineResolver').GetField('_users', 'NonPublic, Static')
            `$null = 1, 2, 4 | Invoke-EmFit -ComponentCount 1
            `$users.GetValue(`$null)
            Remove-Module GmmTools
            `$users.GetValue(`$null)
            @(Get-Command -Module GmmTools).Count
            @(Get-Command Invoke-EmFit -ErrorAction Ignore).Count
            Import-Module '$(Get-TestedManifest)'
            `$users.GetValue(`$null)
            (1, 2, 4 | Invoke-EmFit -ComponentCount 1).RowCount
            Import-Module '$(Get-TestedManifest)'
            Import-Module '$(Get-TestedManifest)' -Force
            @(Get-Module GmmTools).Count
            (1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1).RowCount
            `$users.GetValue(`$null)
            `$Error.Count
"@
        $child.ExitCode | Should -Be 0
        $child.Errors | Should -BeExactly ''
        $child.Lines | Should -BeExactly '1', '0', '0', '0', '1', '3', '1', '4', '1', '0'
    }
}
