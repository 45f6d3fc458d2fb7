# The example scripts run from any folder and print what they are there to show.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')

    # all of them one after the other in one PowerShell, in a folder of its own
    $script:elsewhere = (New-Item -ItemType Directory (Join-Path $TestDrive 'elsewhere')).FullName
    foreach ($name in 'faithful', 'notebook', 'notebook3', 'noisy', 'robust') { $null = New-Item -ItemType Directory (Join-Path $elsewhere $name) }
    $typed = @(
        'OldFaithful.ps1'
        'OldFaithful.ps1 -Seed 12'
        'OldFaithful.ps1 -PictureFolder faithful'
        'Notebook.ps1 -PictureFolder notebook'
        'Notebook.ps1 -PictureFolder notebook3 -Seed 3'
        'ChooseModel.ps1'
        'InDatabase.ps1'
        'LatencyOutliers.ps1'
        'New-LatencyLog.ps1 latency.csv'
        'LargerThanMemory.ps1'
        'NoisyRows.ps1 -PictureFolder noisy'
        'RobustFits.ps1 -PictureFolder robust'
        'Regression.ps1'
    )
    $folder = Split-Path (Get-ExamplePath 'faithful.csv')
    $script:results = Invoke-Session ($typed | ForEach-Object { @{ Folder = $elsewhere; Parts = @("& '$folder/$($_ -replace '\.ps1', ".ps1'")") } })
    $script:indices = @{}
    for ($i = 0; $i -lt $typed.Count; $i++) { $indices[$typed[$i]] = $i }

    # What a script printed, if it ended well and had nothing to say but its results: Lines without spaces at their ends, and Squeezed ones without
    # empty lines and superfluous spaces.
    function Get-Run([string] $Typed) {
        $result = $results[$indices[$Typed]]
        $result.Failure | Should -BeExactly ''
        $result.Errors | Should -BeExactly ''
        $result.Printed[0] | Should -Not -Match "`e"
        $lines = @((Format-Printed $result.Printed[0]) -split '\n')
        [pscustomobject]@{ Lines = $lines; Squeezed = @($lines | ForEach-Object { ($_ -replace ' +', ' ').Trim() } | Where-Object { $_ }) }
    }

    function Find-Line([string[]] $Lines, [string] $Start) { for ($i = 0; $i -lt $Lines.Count; $i++) { if ($Lines[$i].StartsWith($Start, 'Ordinal')) { $i } } }

    function Get-Number([string] $Line, [int] $Index) { [double] ($Line -split ' ')[$Index] }
}

Describe 'The example scripts' -Tag FastEngine {
    It '<_> shows short and long eruptions' -ForEach 'OldFaithful.ps1', 'OldFaithful.ps1 -Seed 12' {
        $lines = (Get-Run $_).Squeezed
        $lines[0] | Should -BeExactly 'The fit'
        @(Find-Line $lines '2 VVV 272 -1130.264 11 2322.192 2323.581').Count | Should -Be 2
        foreach ($line in '1 0.6441 4.2897 ± 0.4123, 79.968 ± 6.004', '2 0.3559 2.0364 ± 0.263, 54.479 ± 5.805', '1 175', '2 97') {
            $lines -ccontains $line | Should -BeTrue -Because $line
        }
        Find-Line $lines '1 VVV 272 -1289.797 5 2607.623' | Should -Not -BeNullOrEmpty
        Find-Line $lines '3 VVV 272 ' | Should -Not -BeNullOrEmpty
    }

    It 'OldFaithful.ps1 draws in the terminal and into files' {
        $lines = (Get-Run 'OldFaithful.ps1 -PictureFolder faithful').Lines
        $start = @(Find-Line $lines 'Waiting times')[0]
        $drawn = $lines[$start..($start + 24)] -join "`n"
        $drawn.Contains('██') | Should -BeTrue
        $drawn.Contains('█ rows') | Should -BeTrue
        (Get-ChildItem (Join-Path $elsewhere 'faithful') -File).Name | Sort-Object | Should -BeExactly 'classification.png', 'criterion.png', 'density.png'
    }

    It 'NoisyRows.ps1 finds what a fit without noise explains' {
        $lines = (Get-Run 'NoisyRows.ps1 -PictureFolder noisy').Squeezed
        $lines[0] | Should -BeExactly 'The best mixtures by BIC'
        $lines -match '^without noise: [0-3] of 28 points' | Should -HaveCount 1
        $lines -match '^with noise: 2[2-8] of 28 points of the grid, [0-3] of 272 eruptions$' | Should -HaveCount 1
        $lines -match '^in one step: 2[2-8] of 28 points of the grid, [0-3] of 272 eruptions$' | Should -HaveCount 1
        (Get-ChildItem (Join-Path $elsewhere 'noisy') -File).Name | Should -BeExactly 'noise.png'
    }

    It 'RobustFits.ps1 fits the sound rows whatever is done about the others' {
        $lines = (Get-Run 'RobustFits.ps1 -PictureFolder robust').Squeezed
        $sound, $plain, $noise, $tails, $trimmed = foreach ($name in 'the eruptions alone', 'all rows', 'with noise', 'with heavy tails', 'trimmed by 10 %') {
            $line = @($lines -match "^${name}: ")
            $line | Should -HaveCount 1
            # the widths of both components, and what is found of 28 points and of 272 eruptions
            , ([regex]::Matches($line[0].Substring($name.Length), '\d+(\.\d+)?').Value | ForEach-Object { [double]$_ })
        }

        $plain[0] / $sound[0] | Should -BeGreaterThan 1.5
        ($noise[0] / $sound[0]), ($trimmed[0] / $sound[0]) | ForEach-Object { $_ | Should -BeGreaterThan 0.9; $_ | Should -BeLessThan 1.1 }
        $tails[0] / $sound[0] | Should -BeGreaterThan 0.8
        $tails[0] / $sound[0] | Should -BeLessThan 1.1
        $plain[2] | Should -BeLessThan 15
        $noise[2], $trimmed[2] | ForEach-Object { $_ | Should -BeGreaterOrEqual 22 }
        $noise[4], $trimmed[4] | ForEach-Object { $_ | Should -BeLessOrEqual 3 }
        (Get-ChildItem (Join-Path $elsewhere 'robust') -File).Name | Sort-Object | Should -BeExactly 'robust-noise.png', 'robust-plain.png', 'robust-tails.png', 'robust-trimmed.png'
    }

    It '<Typed> goes through its seven parts' -ForEach @(
        @{ Typed = 'Notebook.ps1 -PictureFolder notebook'; Folder = 'notebook' }
        @{ Typed = 'Notebook.ps1 -PictureFolder notebook3 -Seed 3'; Folder = 'notebook3' }
    ) {
        $lines = (Get-Run $Typed).Squeezed
        $starts = @(1..7 | ForEach-Object { @(Find-Line $lines "($_) ")[0] })
        $starts | ForEach-Object { $_ | Should -Not -BeNullOrEmpty }
        $starts | Sort-Object | Should -Be $starts

        $heights = @($lines[$starts[1]..($starts[2] - 1)] -match '^-?\d+ \d\.\d{6}$' | ForEach-Object { Get-Number $_ 1 })
        $heights.Count | Should -Be 21
        @($heights -gt 0.005).Count | Should -BeGreaterThan 0
        @($lines[$starts[3]..($starts[4] - 1)] -match '█').Count | Should -BeGreaterThan 0
        (Get-ChildItem (Join-Path $elsewhere $Folder) -File).Name | Sort-Object |
            Should -BeExactly 'comparison-1.png', 'comparison-2.png', 'density-1.png', 'density-2.png', 'fixed-weights.png', 'sample-1.png', 'sample-2.png', 'trace.png'
        @($lines[$starts[4]..($starts[5] - 1)] -cmatch '^2 V(VV)? 10000 .* Converged$').Count | Should -Be 2
        $distances = @($lines[$starts[5]..($starts[6] - 1)] -cmatch 'Hellinger distance')
        $distances.Count | Should -Be 4
        foreach ($line in $distances) {
            Get-Number $line -1 | Should -BeGreaterOrEqual 0
            Get-Number $line -1 | Should -BeLessOrEqual 0.1
        }
        $known = $lines[$starts[6]..($lines.Count - 1)]
        @($known -cmatch '^2 V(VV)? 5000 .* 5000 MaxIteration$').Count | Should -BeGreaterThan 0
        $known -ccontains 'Weight 0.7 0.7 0' | Should -BeTrue
        $known -ccontains 'Weight 0.3 0.3 0' | Should -BeTrue
    }

    It 'ChooseModel.ps1 finds that iris is two groups of one shape' {
        $result = Get-Run 'ChooseModel.ps1'
        $lines = $result.Squeezed
        foreach ($start in '2 VEV 150 -215.726 26 561.728', 'VEV 830.0 561.7 562.6 ', 'VEV (ellipsoidal, equal shape') {
            Find-Line $lines $start | Should -Not -BeNullOrEmpty -Because $start
        }
        $lines -ccontains 'Model 1 2 3 4 5 6 7 8 9' | Should -BeTrue
        $lines -ccontains '2, setosa 50' | Should -BeTrue
        $result.Lines | Where-Object Length -GT 120 | Should -BeNullOrEmpty
    }

    It 'InDatabase.ps1 says where to get a driver of a database when there is none' {
        $lines = @((Get-Run 'InDatabase.ps1').Lines)
        $lines.Count | Should -Be 1
        $lines[0] | Should -MatchExactly 'DuckDB\.NET\.Data\.Full'
    }

    It 'LatencyOutliers.ps1 finds the incident in the log' {
        $lines = (Get-Run 'LatencyOutliers.ps1').Squeezed
        $lines -ccontains '12 of 12 affected requests were found.' | Should -BeTrue
        @($lines -cmatch '^[0-5] of 2148 others were reported as well; 2[.,]1 false alarms are expected\.$').Count | Should -BeGreaterThan 0
        @($lines -cmatch 'finds 0 of them\.$').Count | Should -BeGreaterThan 0
        $lines -ccontains '10h 12' | Should -BeTrue
    }

    It 'New-LatencyLog.ps1 makes the log that is shipped' {
        $null = Get-Run 'New-LatencyLog.ps1 latency.csv'
        Get-Content -LiteralPath (Join-Path $elsewhere 'latency.csv') | Should -BeExactly (Get-Content -LiteralPath (Get-ExamplePath 'latency.csv'))
    }

    It 'LargerThanMemory.ps1 gives the same fit of a file beyond the memory limit' {
        $lines = (Get-Run 'LargerThanMemory.ps1').Squeezed
        $lines[0].StartsWith('400,000 rows of four columns: 30 MB in the file, 13 MB as numbers, of which 4 MB may stay', 'Ordinal') | Should -BeTrue -Because $lines[0]
        Find-Line $lines '3 VVV 400000 -3333424.211' | Should -Not -BeNullOrEmpty
        $lines -ccontains 'Parameters that differ: 0' | Should -BeTrue
        ($lines[-3..-1] | ForEach-Object { Get-Number $_ 1 } | Measure-Object -Sum).Sum | Should -Be 400000
    }

    It 'Regression.ps1 predicts the wait better with a curve than with a line' {
        $lines = (Get-Run 'Regression.ps1').Squeezed
        foreach ($line in @(
                'one component, which is a straight line: wrong by 6.07 minutes (root mean square), 128 of 136 within two standard errors'
                '2 components: wrong by 5.74 minutes (root mean square), 128 of 136 within two standard errors'
            )) {
            $lines -ccontains $line | Should -BeTrue -Because $line
        }
        @($lines -cmatch '^\d\.\d min +\d+\.\d \+- \d\.\d -+\*-+$').Count | Should -Be 8
    }

    It 'are ASCII, since Windows PowerShell reads them in its own encoding' {
        $scripts = @('GmmTools.psd1', 'build.ps1' | ForEach-Object { Join-Path (Get-RepositoryRoot) $_ }) + @(Get-ChildItem (Get-ExamplePath '*.ps1')).FullName
        $scripts.Count | Should -BeGreaterThan 2
        $scripts | Where-Object { (Get-Content -LiteralPath $_ -Raw) -match '[^\x00-\x7f]' } | Should -BeNullOrEmpty
    }
}
