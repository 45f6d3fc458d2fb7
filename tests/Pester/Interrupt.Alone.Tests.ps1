# Ctrl+C, as a terminal sends it: SIGINT to a PowerShell that is at work. What is stopped here would go on for hours.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    # Runs a command behind the line 'ready' and, once that was read and the work is under way, interrupts it.
    function Invoke-Interrupted([string] $Command) {
        $script = Join-Path $TestDrive 'interrupted.ps1'
        Set-Content $script @"
Import-Module '$((Get-TestedManifest) -replace "'", "''")'
`$truth = New-GaussianMixture -Random -ComponentCount 20 -Dimension 6 -Seed 1
`$rows = New-GaussianMixtureSample `$truth -Count 20000 -Seed 1 -AsMatrix
try { 'ready'; $Command; 'not reached' } finally { Set-Content finally.txt 'ran' }
'not reached'
"@
        Remove-Item (Join-Path $TestDrive 'finally.txt') -ErrorAction Ignore
        $process = Start-Pwsh -ArgumentList '-NoProfile', '-NonInteractive', '-Command', "& '$script'" -WorkingDirectory $TestDrive -Interruptible
        try {
            $process.StandardOutput.ReadLine() | Should -BeExactly 'ready'
            Start-Sleep -Milliseconds 700
            $process.HasExited | Should -BeFalse -Because 'the work must not be over before it is interrupted'
            & (Get-Command kill -CommandType Application | Select-Object -First 1) -INT $process.Id
            $LASTEXITCODE | Should -Be 0
            Wait-Pwsh $process -Patience '00:01:00'
        }
        finally {
            if (-not $process.HasExited) { $process.Kill($true) }
            $process.Dispose()
        }
    }
}

Describe 'Ctrl+C' -Tag Alone, FastEngine -Skip:$IsWindows {
    It 'ends <_>' -ForEach @(
        'Invoke-EmFit -InputObject $rows -ComponentCount 20 -Tolerance 0 -MaxIteration 10000000 -RestartCount 1'
        'Invoke-EmFit -InputObject $rows -ComponentCount (2..9) -CovarianceModel * -RestartCount 10000'
        'New-GaussianMixtureSample $truth -Count 2000000000 | Invoke-EmFit -ComponentCount 20 -Tolerance 0 -MaxIteration 10000000 -RestartCount 1'
        'while ($true) { $null = Get-MixtureMembership $truth -InputObject $rows }'
        'while ($true) { $null = Find-MixtureOutlier $truth -SampleCount 5000000 -LevelOnly }'
        'New-GaussianMixture -Random -ComponentCount 20000 -Dimension 2 -Seed 1 | Show-MixturePlot'
        'Start-Sleep -Seconds 100000'
    ) {
        $child = Invoke-Interrupted $_
        $child.ExitCode | Should -Be 1
        $child.Output | Should -BeExactly ''
        $child.Errors | Should -BeExactly ''
        Get-Content (Join-Path $TestDrive 'finally.txt') | Should -BeExactly 'ran'
    }
}
