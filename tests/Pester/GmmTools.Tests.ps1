BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:manifest = Get-TestedManifest
    $script:folder = Split-Path (Resolve-Path $manifest)
    $script:assembly = (Get-Module GmmTools).ImplementingAssembly
    # those that are not public are run in sessions by the others
    $script:classes = @($assembly.GetTypes() | Where-Object { $_.IsPublic -and [Attribute]::IsDefined($_, [Management.Automation.CmdletAttribute]) })

    function Get-CmdletAttribute([type] $Class) { [Attribute]::GetCustomAttribute($Class, [Management.Automation.CmdletAttribute]) }
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).Version | Should -Be '0.1.0'
        (Import-PowerShellDataFile $manifest).FunctionsToExport | Should -BeNullOrEmpty
    }

    It 'has a manifest in which nothing is computed or guessed' {
        $text = Get-Content -Raw $manifest
        $text.Contains('$') | Should -BeFalse
        $text.Contains('*') | Should -BeFalse
    }

    It 'loads the engine that fits the runtime, where scripts find its types' {
        $engine = (Get-FaithfulFit).GetType().Assembly
        # machine code of this platform stands in a folder of the fast engine
        $platform = (Get-TestedEngine) -eq 'net10.0' ? "$($IsWindows ? 'windows' : $IsMacOS ? 'osx' : 'linux')-$("$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant())" : ''
        $engine.Location | Should -BeExactly ([IO.Path]::Combine($folder, 'bin', (Get-TestedEngine), $platform, "GmmTools.Core-$((Get-Module GmmTools).Version).dll"))
        [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($engine) | Should -Be ([Runtime.Loader.AssemblyLoadContext]::Default)
    }

    It 'keeps borrowed libraries in a context of its own' {
        $null = Invoke-EmFit -Path (Get-ExamplePath 'faithful.csv') -ComponentCount 2
        $csv = @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'Sylvan.Data.Csv' })
        $csv | Should -HaveCount 1
        [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($csv[0]).Name | Should -BeExactly 'GmmTools'
        $csv[0].Location | Should -BeExactly ([IO.Path]::Combine($folder, 'bin', 'deps', (Get-TestedEngine), 'Sylvan.Data.Csv.dll'))
    }

    It 'exports every cmdlet class by name and nothing else' {
        $names = $classes | ForEach-Object { $attribute = Get-CmdletAttribute $_; "$($attribute.VerbName)-$($attribute.NounName)" } | Sort-Object
        (Get-Module GmmTools).ExportedCommands.Keys | Sort-Object | Should -BeExactly $names
    }

    It 'uses approved verbs, and names classes after their commands' {
        $approved = (Get-Verb).Verb
        $classes | Should -Not -BeNullOrEmpty
        foreach ($class in $classes) {
            $attribute = Get-CmdletAttribute $class
            $attribute.VerbName -cin $approved | Should -BeTrue -Because $class.Name
            $class.Name | Should -BeExactly "$($attribute.VerbName)$($attribute.NounName)Command"
            $class.IsSealed | Should -BeTrue -Because $class.Name
        }
    }

    It 'has no command that is more than four classes deep' {
        foreach ($class in $classes) {
            $own = for ($type = $class; $type.Assembly -eq $class.Assembly; $type = $type.BaseType) { $type.Name }
            @($own).Count | Should -BeLessOrEqual 4 -Because ($own -join ' -> ')
        }
    }

    It 'says of every command what it gives' {
        foreach ($command in Get-Command -Module GmmTools) {
            $command.OutputType | Should -Not -BeNullOrEmpty -Because $command.Name
        }
    }
}

Describe 'A fresh session' -Tag FastEngine {
    BeforeAll {
        $script:child = Invoke-Pwsh -Bare "
            Import-Module '$manifest'
            [GmmTools.Mixtures.GaussianMixture].Name
            `$Error.Count
            (Get-Module GmmTools).ExportedAliases.Count
            (Get-Module GmmTools).ExportedFunctions.Count
            `$null = Invoke-EmFit -Path '$(Get-ExamplePath 'faithful.csv')' -ComponentCount 1
            @([Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name -match 'Sylvan|MathNet').Count"
    }

    It 'can name types right after the import' {
        $child.Errors | Should -BeExactly ''
        $child.Lines[0] | Should -BeExactly 'GaussianMixture'
    }

    It 'has no error, alias or function of it' {
        $child.Lines[1..3] | Should -Be '0', '0', '0'
    }

    It 'has no borrowed library where another version of it would be' {
        $child.Lines[4] | Should -Be '0'
    }
}
