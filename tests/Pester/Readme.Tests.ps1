# What the README shows is what a reader gets.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $script:root = Get-RepositoryRoot
    $script:readme = (Get-Content -LiteralPath (Join-Path $root 'README.md') -Raw) -replace '\r\n', "`n"
}

Describe 'The README' -Tag FastEngine {
    BeforeAll {
        Import-TestLibrary
        # its blocks run in a folder of their own, so that the files that they write do not land in the repository
        $script:folder = New-ExampleFolder $TestDrive

        # the latency log as the table requests of a database
        $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$folder/requests.db;Pooling=False")
        $connection.Open()
        $transaction = $connection.BeginTransaction()
        $command = $connection.CreateCommand()
        $command.CommandText = 'CREATE TABLE requests (time TEXT, latency_ms REAL, size_kb REAL)'
        $null = $command.ExecuteNonQuery()
        $command.CommandText = 'INSERT INTO requests VALUES ($time, $latency, $size)'
        foreach ($row in Import-Example 'latency.csv') {
            $command.Parameters.Clear()
            $null = $command.Parameters.AddWithValue('$time', $row.time)
            $null = $command.Parameters.AddWithValue('$latency', [double] $row.latency_ms)
            $null = $command.Parameters.AddWithValue('$size', [double] $row.size_kb)
            $null = $command.ExecuteNonQuery()
        }
        $transaction.Commit()
        $connection.Dispose()

        $script:blocks = @([regex]::Matches($readme, '(?ms)^```powershell\n(.*?)^```$') | ForEach-Object { $_.Groups[1].Value })
        $counts = @'
            "members $(@(Import-Csv members.csv).Count), components $(@(Import-Csv components.csv).Count)"
            "different $(@(Compare-GaussianMixture $fit $again | Where-Object { $_.Deviation -ne 0 }).Count)"
'@
        $parts = @($blocks | ForEach-Object { $_.Replace('./GmmTools.psd1', "'$((Get-TestedManifest) -replace "'", "''")'") }) + $counts
        $script:session = Invoke-Session @{ Folder = $folder; Parts = $parts }
    }

    It 'has commands that run in one session without a word on the error stream' {
        @($blocks | Where-Object { $_.Contains('./GmmTools.psd1') }) | Should -Not -BeNullOrEmpty
        $session.Failure | Should -BeExactly ''
        $session.Errors | Should -BeExactly ''
        $session.Printed.Count | Should -Be ($blocks.Count + 1)
        $session.Printed -join '' | Should -Not -Match "`e"
    }

    It 'shows what its commands print' {
        # what is shown right after a block is its output
        $outputs = [regex]::Matches($readme, '(?ms)^```powershell\n([^`]*?)^```\n\n```text\n(.*?)^```$')
        $outputs.Count | Should -BeGreaterThan 0
        foreach ($output in $outputs) {
            $printed = $session.Printed[$blocks.IndexOf($output.Groups[1].Value)]
            Format-Printed $printed | Should -BeExactly (Format-Printed $output.Groups[2].Value)
        }
    }

    It 'writes tables that hold every row and come back without loss' {
        $session.Printed[-1].Trim() -split '\r?\n' | Should -BeExactly 'members 272, components 2', 'different 0'
    }

    It 'shows the picture that its command draws' {
        $drawn = Get-Content -LiteralPath (Join-Path $folder 'faithful.svg') -Raw
        $shown = Get-Content -LiteralPath (Get-ExamplePath 'pictures/faithful.svg') -Raw
        $counts = $shown, $drawn | ForEach-Object {
            ([regex]::Matches($_, '<(\w+)') | Group-Object { $_.Groups[1].Value } -CaseSensitive | ForEach-Object { "$($_.Name) $($_.Count)" } | Sort-Object) -join "`n"
        }
        $counts[1] | Should -BeExactly $counts[0]
        $drawn.Length | Should -BeGreaterOrEqual (0.98 * $shown.Length)
        $drawn.Length | Should -BeLessOrEqual (1.02 * $shown.Length)
    }

    It 'names files that exist' {
        $paths = @([regex]::Matches($readme, '(?<![\w/])(?:\./)?(?:(?:src|tests|\.ci)/[\w./-]*[\w/]|build\.ps1|GmmTools\.psd1)') | ForEach-Object Value)
        $paths | Should -Not -BeNullOrEmpty
        $paths | Where-Object { -not (Test-Path -LiteralPath (Join-Path $root $_)) } | Should -BeNullOrEmpty
    }

    It 'names every command' {
        $commands = @(Get-CommandHelp | ForEach-Object { $_.details.name })
        $commands | Should -Not -BeNullOrEmpty
        $commands | Where-Object { -not $readme.Contains("``$_``") } | Should -BeNullOrEmpty
    }
}

Describe 'The page of the architecture' -Tag FastEngine {
    It 'names what there is' {
        $source = Join-Path $root 'src'
        $page = Get-Content -LiteralPath (Join-Path $source 'README.md') -Raw
        $libraries = 'JsonReaderWriterFactory', 'MathNet', 'PowerShell', 'PowerShellStandard'
        $names = @([regex]::Matches($page, '(?<![\w.])[A-Z][a-z]+(?:[A-Z][a-z]+)+(?![\w.])') | ForEach-Object Value | Select-Object -Unique | Where-Object { $_ -cnotin $libraries })
        $folders = (Get-ChildItem $source -Recurse -Directory).Name
        $existing = [Collections.Generic.HashSet[string]]::new([string[]]@((Get-ChildItem $source, (Join-Path $root 'tests/GmmTools.Core.Tests/House') -Recurse -Filter *.cs).BaseName; $folders; $folders -creplace 'GmmTools\.'))

        $names -ccontains 'EmEstimator' | Should -BeTrue
        $names | Where-Object { -not ($existing.Contains($_) -or $existing.Contains("I$_")) } | Should -BeNullOrEmpty
    }
}
