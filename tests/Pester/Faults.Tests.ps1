# What goes wrong outside: a full disk, a folder that may not be written to, two processes at one file. Nothing is lost, and the error says what it was.
BeforeDiscovery {
    # a disk of its own needs the rights of root, and a container may deny them even then
    $script:canMount = $false
    if ($IsLinux -and (id -u) -eq 0) {
        $probe = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "gmmtools-$([guid]::NewGuid())")).FullName
        mount -t tmpfs -o size=4k tmpfs $probe 2>$null
        $script:canMount = $LASTEXITCODE -eq 0
        if ($canMount) { umount $probe }
        Remove-Item $probe
    }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:fit = Get-FaithfulFit

    function Mount-Disk([string] $Name, [string] $Options) {
        $folder = (New-Item -ItemType Directory -Force (Join-Path $TestDrive $Name)).FullName
        mount -t tmpfs -o $Options tmpfs $folder
        $LASTEXITCODE | Should -Be 0
        $folder
    }
}

Describe 'A full disk' -Skip:(-not $canMount) {
    BeforeAll {
        $script:disk = Mount-Disk 'full' 'size=64k'
        $script:old = Join-Path $disk 'old.json'
        $fit | Export-GaussianMixture -Path $old
        $script:oldRows = Join-Path $disk 'old.csv'
        Set-Content $oldRows "a`n1"
        $script:content = Get-Content -Raw $old, $oldRows
        # page by page, until no page is left
        $page = [byte[]]::new(4096)
        { foreach ($i in 1..100) { [IO.File]::WriteAllBytes((Join-Path $disk "page$i"), $page) } } | Should -Throw '*space*'
        $script:names = (Get-ChildItem $disk).Name
    }

    AfterAll { umount $disk }

    It 'is told by the same id, and leaves the files as they were: <Name>' -ForEach @(
        @{ Name = 'a mixture'; Write = { $fit | Export-GaussianMixture -Path (Join-Path $disk 'new.json') } }
        @{ Name = 'a mixture over another'; Write = { $fit | Export-GaussianMixture -Path $old } }
        @{ Name = 'a sample'; Write = { New-GaussianMixtureSample $fit -Count 20000 -Path (Join-Path $disk 'new.csv') } }
        @{ Name = 'a sample over another file'; Write = { New-GaussianMixtureSample $fit -Count 20000 -Path $oldRows } }
    ) {
        $failure = { & $Write } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match '^DiskFull,'
        $failure.Exception.Message | Should -Match ([regex]::Escape($disk))
        Get-Content -Raw $old, $oldRows | Should -BeExactly $content
        (Get-ChildItem $disk -Force).Name | Should -BeExactly $names
    }

    It 'is told by the same id: <Name>' -Tag FastEngine -ForEach @(
        @{ Name = 'a sample in Parquet'; Write = { New-GaussianMixtureSample $fit -Count 20000 -Path (Join-Path $disk 'new.parquet') } }
        @{ Name = 'a picture'; Write = { $fit | Export-MixturePlot -Path (Join-Path $disk 'new.png') } }
    ) {
        $failure = { & $Write } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match '^DiskFull,'
        (Get-ChildItem $disk -Force).Name | Should -BeExactly $names
    }

    It 'at the first checkpoint is an error before any work is done' {
        $failure = { Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 2 -Checkpoint (Join-Path $disk 'fit.checkpoint') } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match '^CheckpointNotWritable,'
        (Get-ChildItem $disk -Force).Name | Should -BeExactly $names
    }
}

Describe 'A disk that is read-only' -Skip:(-not $canMount) {
    BeforeAll {
        $script:disk = Mount-Disk 'locked' 'size=64k,ro'
    }

    AfterAll { umount $disk }

    It 'is told as such: <Name>' -ForEach @(
        @{ Name = 'a mixture'; Id = 'UnwritableFile'; Write = { $fit | Export-GaussianMixture -Path (Join-Path $disk 'new.json') } }
        @{ Name = 'a sample'; Id = 'UnwritableFile'; Write = { New-GaussianMixtureSample $fit -Count 20 -Path (Join-Path $disk 'new.csv') } }
        @{ Name = 'a checkpoint'; Id = 'CheckpointNotWritable'; Write = { Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 2 -Checkpoint (Join-Path $disk 'fit.checkpoint') } }
    ) {
        $failure = { & $Write } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -Match "^$Id,"
        $failure.Exception.Message | Should -Match ([regex]::Escape($disk))
    }
}

Describe 'Two processes that write the same file' {
    It 'both succeed each time, and leave one whole file and nothing else' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'shared')).FullName
        $file = Join-Path $folder 'fit.json'
        $code = "Import-Module '$((Get-TestedManifest) -replace "'", "''")'; `$m = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed SEED; " +
            "1..100 | ForEach-Object { `$m | Export-GaussianMixture -Path '$file' }"
        $processes = 1, 2 | ForEach-Object { Start-Pwsh -WorkingDirectory $folder -ArgumentList '-NoProfile', '-NonInteractive', '-Command', $code.Replace('SEED', $_) }
        $ends = $processes | ForEach-Object { Wait-Pwsh $_ }
        $ends.ExitCode | Should -Be 0, 0
        $ends.Errors | Should -BeExactly '', ''
        (Get-ChildItem $folder -Force).Name | Should -BeExactly 'fit.json'
        $expected = 1, 2 | ForEach-Object { (New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed $_).Components[0].Weight }
        (Import-GaussianMixture -Path $file).Components[0].Weight | Should -BeIn $expected
    }
}
