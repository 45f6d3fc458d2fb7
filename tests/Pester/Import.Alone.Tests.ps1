BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'Importing the module' -Tag Alone {
    It 'takes at most 150 ms of processor time when warm' {
        $import = "Import-Module '$(Get-TestedManifest)'"
        $code = "Remove-Module GmmTools; `$before = [Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime; $import; [long]([Diagnostics.Process]::GetCurrentProcess().TotalProcessorTime - `$before).TotalMilliseconds"
        $best = 1..3 | ForEach-Object { [long] (Invoke-Pwsh $code).Lines[0] } | Measure-Object -Minimum
        $best.Minimum | Should -BeLessOrEqual 150
    }
}
