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

    It 'can be imported twice' {
        $code = "Import-Module '$manifest'; Import-Module '$manifest'; Import-Module '$manifest' -Force; @(Get-Module GmmTools).Count; (1, 2, 4 | Invoke-EmFit -ComponentCount 1).RowCount"
        pwsh -NoProfile -NonInteractive -Command $code | Should -Be '1', '3'
    }

    It 'works in ForEach-Object -Parallel' {
        $code = "1..4 | ForEach-Object -Parallel { Import-Module '$manifest'; (1..(10 * `$_) | Invoke-EmFit -ComponentCount 1).RowCount } -ThrottleLimit 4 | Sort-Object"
        pwsh -NoProfile -NonInteractive -Command $code | Should -Be '10', '20', '30', '40'
    }

    It 'works in jobs, whose fits are models like others' {
        # ThreadJob is a module of its own, which a PowerShell may lack; a job is a process, where everything comes back as a copy
        $start = if (Get-Command Start-ThreadJob -ErrorAction Ignore) { 'Start-ThreadJob' } else { 'Start-Job' }
        $code = "`$fit = $start { Import-Module '$manifest'; 1, 2, 4, 8 | Invoke-EmFit -ComponentCount 1 } | Receive-Job -Wait; Import-Module '$manifest'; (`$fit | Get-MixtureComponent).Mean_x1 -eq 3.75"
        pwsh -NoProfile -NonInteractive -Command $code | Should -Be 'True'
    }

    It 'leaves no command behind when it is removed' {
        $code = "Import-Module '$manifest'; `$null = 1, 2, 4 | Invoke-EmFit -ComponentCount 1; Remove-Module GmmTools; @(Get-Command -Module GmmTools).Count; @(Get-Command Invoke-EmFit -ErrorAction Ignore).Count"
        pwsh -NoProfile -NonInteractive -Command $code | Should -Be '0', '0'
    }
}
