BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'Help' {
    BeforeDiscovery {
        Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
        Import-TestedModule
        $commands = (Get-Command -Module GmmTools).Name
    }

    It 'of <_> is complete' -ForEach $commands {
        $help = Get-Help $_ -Full
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        foreach ($name in (Get-Command $_).Parameters.Keys | Where-Object { $_ -notin $common }) {
            (Get-Help $help.Name -Parameter $name).description.Text | Should -Not -BeNullOrEmpty -Because $name
        }
    }

    It 'has examples of <_> that run as printed' -ForEach $commands {
        Push-Location $TestDrive
        try {
            Copy-Item (Join-Path $PSScriptRoot '../../src/Examples') (New-Item -ItemType Directory -Force src) -Recurse -Force
            foreach ($example in (Get-Help $_ -Examples).examples.example) {
                $printed = & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'`n" + $example.code)) 3> $null | Out-String
                $printed.Trim() | Should -Not -BeNullOrEmpty -Because $example.title
            }
        }
        finally {
            Pop-Location
        }
    }

    It 'is found in another language' {
        $code = "[cultureinfo]::CurrentUICulture = 'de-DE'; Import-Module '$(Join-Path $PSScriptRoot '../../GmmTools.psd1')'; (Get-Help Invoke-EmFit).Synopsis"
        pwsh -NoProfile -NonInteractive -Command $code | Should -Match 'expectation-maximization'
    }
}
