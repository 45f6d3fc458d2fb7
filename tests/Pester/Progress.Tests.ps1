# What long work shows meanwhile, and what a limit of time does to it.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:x = New-GaussianMixture -Random -ComponentCount 8 -Dimension 4 -Seed 3 | New-GaussianMixtureSample -Count 200000 -Seed 1 -AsMatrix

    # Runs a script in a session of its own, where nobody hides progress: Output, Streams, and the Seconds it took.
    function Invoke-Recorded([string] $Script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest) Import-Module $manifest').AddArgument((Get-TestedManifest)).Invoke()
            $shell.Runspace.SessionStateProxy.SetVariable('x', $x)
            $shell.Commands.Clear()
            $shell.Streams.ClearStreams()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $output = @($shell.AddScript($Script).Invoke())
            [pscustomobject]@{
                Output   = $output
                Seconds  = $watch.Elapsed.TotalSeconds
                Progress = @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-EmFit')
                Warnings = @($shell.Streams.Warning)
                Errors   = @($shell.Streams.Error)
            }
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'A fit with a limit of time' -Tag FastEngine {
    BeforeAll {
        $script:limited = Invoke-Recorded 'Invoke-EmFit -InputObject $x -ComponentCount 8 -Tolerance 0 -MaxIteration 1000000 -RestartCount 1 -TimeLimit 00:00:02'
    }

    It 'shows progress at most four times a second and takes it away' {
        $records = $limited.Progress
        $records.Count | Should -BeGreaterOrEqual 2
        $records.Count | Should -BeLessOrEqual (2 + [int][math]::Floor(4 * $limited.Seconds))
        $records.ActivityId | Select-Object -Unique | Should -HaveCount 1
        foreach ($record in $records) {
            $record.PercentComplete | Should -BeGreaterOrEqual -1
            $record.PercentComplete | Should -BeLessOrEqual 100
        }
        @($records | Where-Object { $_.StatusDescription -cmatch 'log-likelihood' }) | Should -Not -BeNullOrEmpty
        $records[-1].RecordType | Should -Be 'Completed'
        $records | Select-Object -SkipLast 1 | ForEach-Object RecordType | Select-Object -Unique | Should -Be 'Processing'
    }

    It 'gives the best so far with a warning' {
        $limited.Output | Should -HaveCount 1
        $limited.Output[0].Converged | Should -BeFalse
        $limited.Output[0].StopReason | Should -Be 'TimeLimit'
        $limited.Warnings | Should -HaveCount 1
        $limited.Warnings[0].Message | Should -MatchExactly 'time limit'
    }

    It 'that allows nothing gives a start, scored' {
        $fit = Invoke-EmFit -InputObject $x -ComponentCount 8 -TimeLimit 0.0005 -WarningVariable warning 3> $null
        $fit.StopReason | Should -Be 'TimeLimit'
        $fit.ComponentCount | Should -Be 8
        $fit.IterationCount | Should -Be 0
        $warning | Should -HaveCount 1
        $fit.LogLikelihood | Should -BeGreaterThan -1e9
        (Measure-MixtureLikelihood -InputObject $x -Model $fit).LogLikelihood / $fit.LogLikelihood | Should -BeGreaterThan (1 - 1e-12)
    }
}

Describe 'Progress' -Tag FastEngine {
    It 'of a search tells how many combinations are done' {
        # the portable engine needs as long for a tenth of the iterations
        $iterations = (Get-TestedEngine) -eq 'net10.0' ? 1500 : 150
        $run = Invoke-Recorded ('Invoke-EmFit -InputObject $x -ComponentCount 3, 4 -CovarianceModel EII, VVI -Tolerance 0 -WarningAction SilentlyContinue -MaxIteration ' + $iterations)
        $run.Output | Should -HaveCount 4
        @($run.Progress | Where-Object { $_.StatusDescription -cmatch '^[1-3]/4 · (EII|VVI),[34]$' }) | Should -Not -BeNullOrEmpty
        foreach ($record in $run.Progress) {
            $record.PercentComplete | Should -BeGreaterOrEqual -1
            $record.PercentComplete | Should -BeLessOrEqual 100
        }
        $run.Progress[-1].RecordType | Should -Be 'Completed'
    }

    It 'goes away after an error' {
        $run = Invoke-Recorded "& { 1..2100 | ForEach-Object { [double]`$_; if (`$_ -in 1000, 2000) { [Threading.Thread]::Sleep(600) } }; 'text' } | Invoke-EmFit -ComponentCount 2"
        $run.Errors | Should -HaveCount 1
        $run.Progress[0].StatusDescription | Should -MatchExactly 'rows read'
        $run.Progress[-1].RecordType | Should -Be 'Completed'
    }
}
