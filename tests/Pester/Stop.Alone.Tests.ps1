# Work stops at once when its pipeline is stopped, as Ctrl+C and Stop-Job do.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:m = New-GaussianMixture -Random -ComponentCount 8 -Dimension 4 -Seed 3
    $script:x = New-GaussianMixtureSample $m 200000 -Seed 1 -AsMatrix
    $script:file = Join-Path $TestDrive 'stop.csv'
    New-GaussianMixtureSample $m 200000 -Seed 1 -Path $file

    # How many milliseconds a script in a session of its own needs to stop once it is at work.
    function Measure-Stop([string] $Script) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('param($manifest) Import-Module $manifest').AddArgument((Get-TestedManifest)).Invoke()
            foreach ($name in 'm', 'x', 'file') { $shell.Runspace.SessionStateProxy.SetVariable($name, (Get-Variable $name -ValueOnly)) }
            $shell.Commands.Clear()
            $run = $shell.AddScript($Script).BeginInvoke()
            Start-Sleep -Milliseconds 700
            if ($run.IsCompleted) { throw 'The work was over before it could be stopped.' }
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $watch.Elapsed.TotalMilliseconds
            $shell.InvocationStateInfo.State | Should -Be 'Stopped'
            $shell.Streams.Error | Should -HaveCount 0
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Stopping' -Tag Alone {
    It 'takes at most a quarter of a second: <_>' -ForEach @(
        'Invoke-EmFit -InputObject $x -ComponentCount 8 -Tolerance 0 -MaxIteration 100000 -RestartCount 1'
        'Invoke-EmFit -InputObject $x -ComponentCount 8 -RestartCount 100000'
        'Invoke-EmFit -InputObject $x -ComponentCount (2..9) -CovarianceModel * -RestartCount 1000'
        '& { while ($true) { [pscustomobject]@{ a = 1.0; b = 2.0 } } } | Invoke-EmFit -ComponentCount 2'
        'New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 1 | New-GaussianMixtureSample -Count 2000000000 | Out-Null'
        '& { while ($true) { [pscustomobject]@{ x1 = 1.0; x2 = 2.0 } } } | Show-MixturePlot -Model (New-GaussianMixture -Random -ComponentCount 2 -Dimension 2 -Seed 1)'
        'New-GaussianMixture -Random -ComponentCount 20000 -Dimension 2 -Seed 1 | Show-MixturePlot'
        'while ($true) { Get-MixtureMembership $m -InputObject $x | Out-Null }'
        'while ($true) { Get-MixtureMembership $m -Path $file | Out-Null }'
        'while ($true) { Find-MixtureOutlier $m 0.01 -Path $file | Out-Null }'
        'while ($true) { Find-MixtureOutlier $m -SampleCount 5000000 -LevelOnly | Out-Null }'
        'while ($true) { Compare-GaussianMixture $m (New-GaussianMixture -Random -ComponentCount 300 -Dimension 4 -Seed 4) -Divergence -SampleCount 2000000 | Out-Null }'
        'Measure-MixtureUncertainty $m -InputObject $x -ReplicateCount 100000'
        'Test-MixtureComponentCount -InputObject $x -ReplicateCount 100000'
        'while ($true) { Compare-MixtureSample $x -InputObject $x -ReplicateCount 1000000000 | Out-Null }'
        'while ($true) { Test-MixtureFit $m -InputObject $x -ReplicateCount 1000000 | Out-Null }'
        'while ($true) { Watch-MixtureFit $m -InputObject $x -StatePath (Join-Path (Split-Path $file) stop.json) | Out-Null }'
        'while ($true) { Watch-MixtureFit $m -Path $file | Out-Null }'
        '$rows = for ($i = 0; $i -lt 20000; $i++) { [pscustomobject]@{ a = [math]::Sin($i); b = [math]::Sin(7 * $i); c = $i % 2 } }; Measure-MixtureClassifier c -InputObject $rows -ComponentCount (1..5) -RepetitionCount 1000'
        'while ($true) { Merge-MixtureComponent (New-GaussianMixture -Random -ComponentCount 60 -Dimension 4 -Seed 4) -SampleCount 50000 | Out-Null }'
    ) {
        # others may use the machine as well: the best of three tries counts
        $best = [double]::PositiveInfinity
        for ($try = 0; $try -lt 3 -and $best -gt 250; $try++) { $best = [math]::Min($best, (Measure-Stop $_)) }
        $best | Should -BeLessOrEqual 250
    }
}
