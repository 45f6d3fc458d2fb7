# Work in the background and side by side: processes, threads and pools of sessions.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:manifest = Get-TestedManifest
    $script:faithful = Get-ExamplePath 'faithful.csv'
    $script:fit = Get-FaithfulFit
    # the program of a job finds its runtime by this variable where that is in no usual place
    $pwsh = Get-PwshCommand
    if ($pwsh.Arguments) { $env:DOTNET_ROOT ??= Split-Path $pwsh.Program }
}

Describe 'Start-Job' -Tag FastEngine {
    It 'gives fits from a process of its own, which are models like others' {
        $copy = Start-Job { Import-Module $using:manifest; Import-Csv $using:faithful | Invoke-EmFit -ComponentCount 2 } | Receive-Job -Wait -AutoRemoveJob
        $copy.PSObject.TypeNames[0] | Should -BeExactly 'Deserialized.GmmTools.Estimation.EmFit'
        Assert-SameMixture $fit $copy
    }
}

Describe 'Start-ThreadJob' {
    It 'gives fits that are no copies, several at once' {
        $rows = Import-Example 'faithful.csv'
        $fits = 1..4 | ForEach-Object { Start-ThreadJob { Import-Module $using:manifest; $using:rows | Invoke-EmFit -ComponentCount 2 } } | Receive-Job -Wait -AutoRemoveJob
        $fits | Should -HaveCount 4
        foreach ($one in $fits) {
            $one.GetType() | Should -Be $fit.GetType()
            Assert-SameMixture $fit $one
        }
    }

    It 'is stopped by Stop-Job in the midst of a fit' {
        $job = Start-ThreadJob { Import-Module $using:manifest; 'ready'; 1..5000 | Invoke-EmFit -ComponentCount 20 -Tolerance 0 -MaxIteration 100000000 -RestartCount 1 }
        while (-not $job.Output.Count) { Start-Sleep -Milliseconds 20 }
        Start-Sleep -Milliseconds 300
        $job.State | Should -Be 'Running'
        $job | Stop-Job
        $job.State | Should -Be 'Stopped'
        $job.Error | Should -HaveCount 0
        $job | Remove-Job
    }
}

Describe 'ForEach-Object -Parallel' {
    It 'fits in several sessions at once' {
        $counts = 1..4 | ForEach-Object -Parallel { Import-Module $using:manifest; (1..(10 * $_) | Invoke-EmFit -ComponentCount 1).RowCount } -ThrottleLimit 4
        $counts | Sort-Object | Should -Be 10, 20, 30, 40
    }

    It 'scores with one model of the caller' {
        $rows = Import-Example 'faithful.csv'
        $expected = ($rows | Measure-MixtureLikelihood $fit).LogLikelihood
        $values = 1..4 | ForEach-Object -Parallel { Import-Module $using:manifest; ($using:rows | Measure-MixtureLikelihood $using:fit).LogLikelihood } -ThrottleLimit 4
        $values | Should -Be (@($expected) * 4)
    }
}

Describe 'A pool of runspaces' {
    It 'that imports the module fits in each of them' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ThrowOnRunspaceOpenError = $true
        $state.ImportPSModule([string[]] $manifest)
        $pool = [runspacefactory]::CreateRunspacePool(1, 4, $state, $Host)
        $pool.Open()
        try {
            $runs = foreach ($number in 0..7) {
                $shell = [powershell]::Create().AddScript('param($count) (1..$count | Invoke-EmFit -ComponentCount 2).RowCount').AddArgument(100 + $number)
                $shell.RunspacePool = $pool
                [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
            }
            $counts = foreach ($run in $runs) {
                $run.Shell.EndInvoke($run.Result)
                $run.Shell.Streams.Error | Should -HaveCount 0
                $run.Shell.Dispose()
            }
            $counts | Should -Be (100..107)
        }
        finally {
            $pool.Dispose()
        }
    }

    It 'whose sessions each import it themselves at the same time works too' {
        $runs = foreach ($number in 0..7) {
            $shell = [powershell]::Create().AddScript('param($manifest, $count) Import-Module $manifest -ErrorAction Stop; (1..$count | Invoke-EmFit -ComponentCount 2).RowCount').AddArgument($manifest).AddArgument(100 + $number)
            [pscustomobject]@{ Shell = $shell; Result = $shell.BeginInvoke() }
        }
        $counts = foreach ($run in $runs) {
            $run.Shell.EndInvoke($run.Result)
            $run.Shell.Streams.Error | Should -HaveCount 0
            $run.Shell.Dispose()
        }
        $counts | Should -Be (100..107)
    }
}
