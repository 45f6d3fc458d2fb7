# Get-Help finds the help of the module and has something to say on everything.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $commands = Get-CommandHelp | ForEach-Object { $_.details.name }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    function Select-OwnParameter { $input | Where-Object { $_ -notin [System.Management.Automation.Cmdlet]::CommonParameters } | Sort-Object }
}

Describe 'The help' {
    It 'has a page for every command' {
        (Get-CommandHelp | ForEach-Object { $_.details.name } | Sort-Object) | Should -BeExactly ((Get-Module GmmTools).ExportedCommands.Keys | Sort-Object)
    }

    Context 'of <_>' -ForEach $commands {
        BeforeAll {
            $script:help = Get-Help $_ -Full
            $script:command = Get-Command $_
        }

        It 'has a synopsis, a description, all parameters and at least three examples' {
            $help.Synopsis.Trim() | Should -Match '\.$'
            $help.description.Text | Should -Not -BeNullOrEmpty
            $examples = @($help.examples.example)
            $examples.Count | Should -BeGreaterOrEqual 3
            foreach ($example in $examples) { $example.code | Should -Not -BeNullOrEmpty -Because $example.title }
            $help.parameters.parameter.name | Sort-Object | Should -BeExactly @($command.Parameters.Keys | Select-OwnParameter)
        }

        It 'has a page online' {
            $command.HelpUri | Should -BeExactly 'https://www.powershellgallery.com/packages/GmmTools'
        }

        It 'answers on each parameter' {
            $parameters = @(Get-Help $_ -Parameter *)
            $parameters | Should -Not -BeNullOrEmpty
            foreach ($parameter in $parameters) { $parameter.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.name }
            $parameters.name | Sort-Object | Should -BeExactly @($command.Parameters.Keys | Select-OwnParameter)
        }

        It 'shows the syntax of the command' {
            $declared = $command.ParameterSets | ForEach-Object { @($_.Parameters.Name | Select-OwnParameter) -join ' ' } | Sort-Object
            $documented = (Get-Help $_).syntax.syntaxItem | ForEach-Object { @($_.parameter.name | Sort-Object) -join ' ' } | Sort-Object
            $documented | Should -BeExactly $declared
        }
    }

    It 'tells the default of a fresh command' {
        $parameter = Get-Help Invoke-EmFit -Parameter RestartCount
        $parameter.defaultValue | Should -BeExactly '10'
        $parameter.pipelineInput | Should -BeExactly 'False'
    }

    It 'is shown whole' {
        $text = Get-Help Select-MixtureFit -Full | Format-Screen
        $text | Should -MatchExactly 'SYNOPSIS'
        $text | Should -MatchExactly ([regex]::Escape('-IncludeSpurious [<SwitchParameter>]'))
        $text | Should -MatchExactly '----- Example 1: How many components -----'
        $text | Should -Not -MatchExactly ([regex]::Escape('<SwitchParameter> [-'))
    }

    It 'is found in another language' -Tag FastEngine {
        $result = Invoke-Pwsh "[cultureinfo]::CurrentUICulture = 'de-DE'; (Get-Help Invoke-EmFit).Synopsis"
        $result.Output | Should -Match 'expectation-maximization'
    }
}
