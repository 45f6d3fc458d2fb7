# Rows beyond -MemoryLimit are kept in a temporary file: nobody sees more of it than -Verbose says.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:temporary = (New-Item -ItemType Directory (Join-Path $TestDrive 'temporary')).FullName
    $script:plain = Join-Path $TestDrive 'plain.csv'
    New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 3 | New-GaussianMixtureSample -Count 20000 -Seed 1 -Path $plain
    $lines = [IO.File]::ReadAllLines($plain)
    $script:labelled = Join-Path $TestDrive 'labelled.csv'
    $written = [Collections.Generic.List[string]]::new()
    $written.Add($lines[0] + ',n,label')
    for ($i = 1; $i -lt $lines.Count; $i++) { $written.Add("$($lines[$i]),$($i % 3 + 1),$('ab'[$i % 2])") }
    [IO.File]::WriteAllLines($labelled, $written)

    # temporary files that this process has open, without a name too; -1 where the system does not say
    function Get-OpenFileCount {
        if (-not (Test-Path /proc/self/fd)) { return -1 }
        @([IO.Directory]::GetFiles("/proc/$PID/fd") | Where-Object { "$([IO.FileInfo]::new($_).LinkTarget)".StartsWith($temporary, [StringComparison]::Ordinal) }).Count
    }

    function Assert-NothingLeft {
        @(Get-ChildItem $temporary -Force).Count | Should -Be 0
        Get-OpenFileCount | Should -BeLessOrEqual 0
    }

    # a copy of the plain rows with a line more
    function New-File([string] $Line) {
        $file = Join-Path $TestDrive 'more.csv'
        Copy-Item $plain $file
        Add-Content $file $Line
        $file
    }
}

Describe 'A memory limit' -Tag FastEngine {
    It 'leaves the fit the same: <_>' -ForEach @(
        'Invoke-EmFit -Path $csv -ComponentCount 3'
        'Invoke-EmFit -LiteralPath $csv -ComponentCount 3 -CovarianceModel VVI -Standardize -ThrottleLimit 1'
        'Invoke-EmFit -Path $csv x1 -WeightProperty n -ComponentCount 2 -MissingValue Omit'
        'Invoke-EmFit -Path $csv -InitialComponent label'
        'Invoke-EmFit -Path $csv -KnownComponent label -LabelErrorRate 0.05'
        'Invoke-EmFit -Path $csv -ComponentCount (1..3) -CovarianceModel VVV, EII | Select-MixtureFit'
        'New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 3 | New-GaussianMixtureSample -Count 5000 -Seed 1 | Invoke-EmFit -ComponentCount 3'
    ) {
        $csv = $labelled
        $expected = . ([scriptblock]::Create($_))
        $actual = . ([scriptblock]::Create($_.Replace('Invoke-EmFit', 'Invoke-EmFit -MemoryLimit 10KB -TempPath $temporary')))
        Assert-SameMixture $expected $actual
        $actual.LogLikelihood | Should -Be $expected.LogLikelihood
        Assert-NothingLeft
    }

    It 'is told by -Verbose with the size of the file' -Tag Culture {
        $told = @(Invoke-EmFit -Path $plain -ComponentCount 2 -MemoryLimit 0.1MB -TempPath $temporary -Verbose 4>&1 |
                Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_.Message -match 'temporary file' } | ForEach-Object Message)
        $told.Count | Should -Be 1
        $told[0] | Should -BeExactly "20000 rows are kept in a temporary file of 312.5 KB in '$temporary' because they exceed the memory limit of 102.4 KB."
    }

    It 'leaves measures and scores the same' {
        $model = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 3
        (Measure-MixtureLikelihood $model -Path $plain -MemoryLimit 0 -TempPath $temporary).LogLikelihood | Should -Be (Measure-MixtureLikelihood $model -Path $plain).LogLikelihood
        $expected = [double[]]@((Measure-MixtureLikelihood $model -Path $plain -PerObservation).LogLikelihood)
        $actual = [double[]]@((Measure-MixtureLikelihood $model -Path $plain -PerObservation -MemoryLimit 0 -TempPath $temporary).LogLikelihood)
        $expected.Count | Should -Be 20000
        [Linq.Enumerable]::SequenceEqual($expected, $actual) | Should -BeTrue
        Assert-NothingLeft
    }

    It 'leaves nothing behind after an error' {
        $csv = New-File '1,text'
        $null = Assert-Failure { Invoke-EmFit -Path $csv -ComponentCount 2 -MemoryLimit 0 -TempPath $temporary } -ErrorId TextInNumericColumn -Contains 'Row 20001'
        Assert-NothingLeft
    }

    It 'leaves nothing behind after a stop' {
        $shell = [powershell]::Create('NewRunspace')
        try {
            $null = $shell.AddScript('param($manifest, $csv, $temporary) Import-Module $manifest; Invoke-EmFit -Path $csv -ComponentCount 3 -Tolerance 0 -MaxIteration 10000000 -RestartCount 1 -MemoryLimit 0 -TempPath $temporary')
            $null = $shell.AddArgument((Get-TestedManifest)).AddArgument($plain).AddArgument($temporary)
            $run = $shell.BeginInvoke()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            while ((Get-OpenFileCount) -eq 0 -and $watch.Elapsed.TotalSeconds -lt 60) { Start-Sleep -Milliseconds 20 }
            Get-OpenFileCount | Should -Not -Be 0
            Start-Sleep -Milliseconds 500
            $run.IsCompleted | Should -BeFalse -Because 'the work must not be over before it is stopped'
            $shell.Stop()
            $shell.Streams.Error.Count | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
        # the thread that worked may take a moment more
        $watch.Restart()
        while ((Get-OpenFileCount) -gt 0 -and $watch.Elapsed.TotalSeconds -lt 10) { Start-Sleep -Milliseconds 20 }
        Assert-NothingLeft
    }

    It 'says what does not go: <ErrorId>' -ForEach @(
        @{ ErrorId = 'PathNotFound'; Part = 'There is no folder'; Options = @{ MemoryLimit = 0; TempPath = 'none' } }
        @{ ErrorId = 'GapsBeyondMemory'; Part = '-MissingValue Omit'; Options = @{ MemoryLimit = 0; MissingValue = 'Marginalize' } }
    ) {
        $csv = New-File '1,'
        $null = Assert-Failure { Invoke-EmFit -Path $csv -ComponentCount 2 @Options } -ErrorId $ErrorId -Contains $Part
    }
}
