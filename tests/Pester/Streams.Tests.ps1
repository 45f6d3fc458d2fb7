# What the commands leave in the streams of a process: results on the standard output, errors on the standard error, and messages where a redirection finds them.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Get-ExamplePath 'faithful.csv'

    function Invoke-InvariantPwsh([string] $Command) { Invoke-Pwsh $Command -Environment @{ LC_ALL = 'C.UTF-8'; LANG = 'C.UTF-8' } -WorkingDirectory $TestDrive }
}

Describe 'The streams of a process' -Tag FastEngine {
    It 'show a fit by the view of the module, plainly' {
        $child = Invoke-InvariantPwsh "`$fit = Import-Csv '$faithful' | Invoke-EmFit -Property eruptions, waiting -ComponentCount 2; `$fit | Out-Default; `$fit.Mixture.Components"
        $child.ExitCode | Should -Be 0
        $child.Errors | Should -BeExactly ''
        $child.Output | Should -Not -Match "`e"
        $lines = @(($child.Lines -replace ' +', ' ').Trim() | Where-Object { $_ })
        $lines[0] | Should -BeExactly 'K Model Rows LogLik df BIC ICL Iter Status'
        $lines[2] | Should -Match '^2 VVV 272 -1130\.264 11 2322\.192 2323\.581'
        $lines | Should -Contain '# Weight Mean ± standard deviation'
        $lines | Should -Contain '1 0.6441 4.2897 ± 0.4123, 79.968 ± 6.004'
        $lines | Should -Contain '2 0.3559 2.0364 ± 0.263, 54.479 ± 5.805'
    }

    It 'keep warnings, details and progress apart from results' {
        $child = Invoke-InvariantPwsh "Import-Csv '$faithful' | Invoke-EmFit -ComponentCount 2 -MaxIteration 2 -Verbose 3> warnings.txt 4> details.txt | ForEach-Object { `$_.Converged }"
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -BeExactly 'False'
        $child.Errors | Should -BeExactly ''
        Get-Content (Join-Path $TestDrive 'warnings.txt') | Should -Not -BeNullOrEmpty
        Get-Content (Join-Path $TestDrive 'details.txt') | Should -Not -BeNullOrEmpty
    }

    It 'have a warning in front of a result, on a line that says so, unless it is ignored' {
        $fit = "Import-Csv '$faithful' | Invoke-EmFit -ComponentCount 2 -MaxIteration 2"
        $child = Invoke-InvariantPwsh "$fit | ForEach-Object { `$_.Converged }; $fit -WarningAction Ignore | ForEach-Object { `$_.StopReason }"
        $child.ExitCode | Should -Be 0
        $child.Lines[0] | Should -Match '^WARNING: '
        $child.Lines[-2, -1] | Should -BeExactly 'False', 'MaxIteration'
        $child.Errors | Should -BeExactly ''
    }

    It 'have all results before and after an error' {
        $child = Invoke-InvariantPwsh "
            `$mixture = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
            `$scores = { 1..1000 | ForEach-Object { [pscustomobject]@{ x1 = `$_ } } | Get-MixtureMembership `$mixture | ForEach-Object { `$_.x1 } }
            & `$scores; Get-MixtureMembership `$mixture -InputObject 'text'; & `$scores"
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -Be (@(1..1000) + @(1..1000))
        $child.Errors | Should -Match '^Get-MixtureMembership: '
    }

    It 'belong to a session with the tested module and no other besides those of PowerShell' {
        $child = Invoke-InvariantPwsh "`$null = 1, 2, 4 | Invoke-EmFit -ComponentCount 1; Get-Module | Where-Object { `$_.Name -notlike 'Microsoft.PowerShell*' } | ForEach-Object { `$_.Name; `$_.ModuleBase }"
        $child.ExitCode | Should -Be 0
        $child.Lines | Should -BeExactly 'GmmTools', (Split-Path (Resolve-Path (Get-TestedManifest)))
    }
}
