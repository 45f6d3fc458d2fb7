# -Checkpoint: a fit that is killed goes on where it was.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
}

Describe 'A fit that is killed' -Tag FastEngine {
    BeforeAll {
        $script:rows = Join-Path $TestDrive 'rows.csv'
        New-GaussianMixture -Random -ComponentCount 8 -Dimension 4 -Range 3 -Seed 2 | New-GaussianMixtureSample -Count 60000 -Seed 3 -Path $rows

        # Runs a fit in a process of its own to its end: what came out, with all digits.
        function Complete-Fit([string] $Fit) {
            $child = Invoke-Pwsh -WorkingDirectory $TestDrive "$Fit | ForEach-Object { 'fit {0:R} {1} {2}' -f `$_.LogLikelihood, `$_.IterationCount, `$_.StopReason; `$_ | Get-MixtureComponent | ConvertTo-Csv }"
            $child.ExitCode | Should -Be 0
            $child.Output | Should -Match '^(WARNING: .*\s+)*fit'
            $child.Output
        }

        # Kills a fit, as SIGKILL does, when its checkpoint was written so many times.
        function Stop-Fit([string] $Fit, [string] $File, [int] $Writes) {
            $process = Start-Pwsh -WorkingDirectory $TestDrive -ArgumentList '-NoProfile', '-NonInteractive', '-Command', "Import-Module '$((Get-TestedManifest) -replace "'", "''")'; $Fit"
            try {
                $before = [datetime]::MinValue
                for ($seen = 0; $seen -lt $Writes) {
                    if ($process.HasExited) { throw 'The fit was done before it could be killed.' }
                    $written = [IO.File]::Exists($File) ? [IO.File]::GetLastWriteTimeUtc($File) : $before
                    if ($written -gt $before) {
                        $seen++
                        $before = $written
                    }
                    [Threading.Thread]::Sleep(1)
                }
                $process.Kill()
                $process.WaitForExit()
            }
            finally {
                $process.Dispose()
            }
            $File | Should -Exist
        }
    }

    It 'goes on to the same bits with the same command: <Options>' -ForEach @(
        @{ Options = '-ComponentCount 8 -Tolerance 0 -MaxIteration 800 -RestartCount 1'; Writes = 4 }
        @{ Options = '-ComponentCount 6, 7, 8 -CovarianceModel VVV, EEV -Tolerance 0 -MaxIteration 120 -RestartCount 2'; Writes = 8 }
    ) {
        $file = Join-Path $TestDrive 'killed.checkpoint'
        $fit = "Invoke-EmFit -Path rows.csv $Options -CheckpointInterval 0 -Checkpoint "
        $expected = Complete-Fit ($fit + 'whole.checkpoint')
        foreach ($attempt in 1..2) { Stop-Fit ($fit + 'killed.checkpoint') $file $Writes }
        Complete-Fit ($fit + 'killed.checkpoint') | Should -BeExactly $expected
        $file | Should -Not -Exist
    }
}

Describe 'A checkpoint' {
    It 'is told of by -Verbose when a fit goes on from it' {
        $file = Join-Path $TestDrive 'my.checkpoint'
        $fit = @{
            Path = Get-ExamplePath 'faithful.csv'; ComponentCount = 9; TimeLimit = 1; CovarianceModel = 'VEV'; Tolerance = 0; MaxIteration = 20000000
            Checkpoint = $file; WarningAction = 'Ignore'
        }
        $null = Invoke-EmFit @fit
        $file | Should -Exist
        $details = @(Invoke-EmFit @fit -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message)
        @($details | Where-Object { $_.StartsWith("Resuming from the checkpoint '$file', saved at ", [StringComparison]::Ordinal) }) | Should -Not -BeNullOrEmpty
    }

    It 'of other rows is an error that names them' {
        $rows = 1..40 | ForEach-Object { [pscustomobject]@{ a = $_ * $_; b = [math]::Sin($_) } }
        $fit = @{ ComponentCount = 5; TimeLimit = 1; Tolerance = 0; MaxIteration = 300000000; WarningAction = 'Ignore'; Checkpoint = Join-Path $TestDrive 'f' }
        $null = $rows | Invoke-EmFit a @fit
        $null = Assert-Failure { $rows | Invoke-EmFit a, b @fit } -ErrorId CheckpointMismatch -Contains 'the columns was a and is a, b'
    }

    It 'must be named and must be a file that can be written: <Arguments>' -ForEach @(
        @{ Arguments = @{ CheckpointInterval = 5 }; ErrorIds = 'CheckpointMissing' }
        @{ Arguments = @{ CheckpointIteration = 5 }; ErrorIds = 'CheckpointMissing' }
        @{ Arguments = @{ Checkpoint = '/no/such/folder/file' }; ErrorIds = 'CheckpointNotWritable' }
        @{ Arguments = @{ Checkpoint = $PSHOME }; ErrorIds = 'CheckpointUnreadable', 'CheckpointNotWritable' }
    ) {
        $caught = { 1..9 | Invoke-EmFit -ComponentCount 2 @Arguments } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId.Split(',')[0] | Should -BeIn $ErrorIds
    }
}
