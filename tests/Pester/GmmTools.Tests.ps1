BeforeAll {
    $script:manifest = Join-Path $PSScriptRoot '../../GmmTools.psd1'
}

Describe 'The module' {
    It 'has a valid manifest' {
        (Test-ModuleManifest $manifest).Version | Should -Be '0.1.0'
        (Import-PowerShellDataFile $manifest).FunctionsToExport | Should -BeNullOrEmpty
    }

    It 'takes at most 150 ms of processor time to import when warm' {
        $code = "Import-Module '$manifest'; Remove-Module GmmTools; `$before = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime; Import-Module '$manifest'; [long]([Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - `$before).TotalMilliseconds"
        $best = 1..3 | ForEach-Object { [long](pwsh -NoProfile -NonInteractive -Command $code) } | Measure-Object -Minimum
        $best.Minimum | Should -BeLessOrEqual 150
    }

    It 'leaves no error, alias or function behind' {
        $code = "Import-Module '$manifest'; `$Error.Count; (Get-Module GmmTools).ExportedAliases.Count; (Get-Module GmmTools).ExportedFunctions.Count"
        pwsh -NoProfile -NonInteractive -Command $code | Should -Be '0', '0', '0'
    }

    It 'stands beside another version of a library that it borrows' {
        $code = "Import-Module '$manifest'; `$null = Invoke-EmFit -Path '$(Join-Path $PSScriptRoot '../../src/Examples/faithful.csv')' -ComponentCount 1; [Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.GetName().Name -match 'Sylvan|MathNet'"
        pwsh -NoProfile -NonInteractive -Command $code | Should -BeNullOrEmpty
    }
}
