# The example scripts run from any folder and print what they are there to show.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    # all of them one after the other in one PowerShell, in a folder of its own
    $script:elsewhere = (New-Item -ItemType Directory (Join-Path $TestDrive 'elsewhere')).FullName
    foreach ($name in 'faithful', 'notebook', 'notebook3', 'noisy', 'robust') { $null = New-Item -ItemType Directory (Join-Path $elsewhere $name) }
    $script:typed = @(
        'OldFaithful.ps1'
        'OldFaithful.ps1 -Seed 12'
        'OldFaithful.ps1 -PictureFolder faithful'
        'Notebook.ps1 -PictureFolder notebook'
        'Notebook.ps1 -PictureFolder notebook3 -Seed 3'
        'ChooseModel.ps1'
        'InDatabase.ps1'
        'InDatabase.ps1 -ImportDriver'
        'TodayNormal.ps1 -Baseline baseline.json'
        'KnownClasses.ps1'
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

    It 'InDatabase.ps1 writes the SQL and says how to use a database' {
        $lines = (Get-Run 'InDatabase.ps1').Squeezed
        $lines[0] | Should -MatchExactly '-ImportDriver'
        $lines[-1] | Should -MatchExactly '^\(SELECT CASE .* THEN 3 END FROM .*\blatency\b'
    }

    It 'InDatabase.ps1 finds in a database what is found in memory, and writes a table' {
        $lines = (Get-Run 'InDatabase.ps1 -ImportDriver').Squeezed
        $here = (Get-Run 'InDatabase.ps1').Squeezed
        foreach ($line in @($here -match ' \xb1 \d')) { $lines -ccontains $line | Should -BeTrue -Because $line }
        $counts = @($lines -match '^[123] \d+$' | ForEach-Object { Get-Number $_ 1 })
        ($counts | Measure-Object -Sum).Sum | Should -Be 2160
        @($lines -match '^component [123]: \d+ rows$' | ForEach-Object { Get-Number $_ 2 }) | Should -Be $counts
    }

    It 'TodayNormal.ps1 passes the hour before the incident and not that of the incident, and keeps the baseline' {
        $lines = (Get-Run 'TodayNormal.ps1 -Baseline baseline.json').Squeezed
        @($lines -cmatch '^(True|False) 0[.,]\d+ 180' -replace ' .*') | Should -BeExactly 'True', 'False'
        $lines -cmatch '^NewMass 0 ' | Should -Not -BeNullOrEmpty
        # the incident begins with row 271 after nine, and the watch ends without an alarm
        @($lines -cmatch '^True \d+ .* 2[67]\d ')[0] | Should -Not -BeNullOrEmpty
        $lines[-1] | Should -MatchExactly '^False 1620 '
        (Import-GaussianMixture (Join-Path $elsewhere 'baseline.json')).RowCount | Should -Be 540
    }

    It 'KnownClasses.ps1 tells species apart, and one that it does not know from them' {
        $lines = (Get-Run 'KnownClasses.ps1').Squeezed
        $lines -ccontains 'setosa 50' | Should -BeTrue
        @($lines -cmatch '^1[45]\d of 150 flowers get their own species$').Count | Should -Be 1
        @($lines -cmatch '^2 0[.,]3551 eruptions 2[.,]03').Count | Should -Be 1
    }

    It 'print all that the README shows of story <Story>, which names them' -ForEach @(
        @{ Story = 1 }, @{ Story = 2 }, @{ Story = 3 }, @{ Story = 4 }, @{ Story = 5 }, @{ Story = 6 }, @{ Story = 7 }
    ) {
        $readme = (Get-Content -LiteralPath (Join-Path (Get-RepositoryRoot) 'README.md') -Raw) -replace '\r\n', "`n"
        $sections = @([regex]::Matches($readme, '(?ms)^## Story (\d+): .*?(?=^## )'))
        $sections.Count | Should -Be 7 -Because 'each story is compared here'
        $section = $sections[$Story - 1].Value
        $scripts = @([regex]::Matches($section, '(?<=`src/Examples/)[\w-]+\.ps1(?=`)') | ForEach-Object Value | Select-Object -Unique)
        $runs = @($typed | Where-Object { ($_ -split ' ')[0] -cin $scripts })
        $runs | Should -Not -BeNullOrEmpty
        $printed = @($runs | ForEach-Object { (Get-Run $_).Squeezed })
        $shown = @([regex]::Matches($section, '(?ms)^```text\n(.*?)^```$') | ForEach-Object { (Format-Printed $_.Groups[1].Value) -split '\n' } |
            ForEach-Object { ($_ -replace ' +', ' ').Trim() } | Where-Object { $_ -match '\w' })
        $shown | Should -Not -BeNullOrEmpty
        $shown | Where-Object { $_ -cnotin $printed } | Should -BeNullOrEmpty
    }

    It '<_> has help of itself and of its parameters' -ForEach @(Get-ChildItem (Join-Path $PSScriptRoot '../../src/Examples') -Filter *.ps1).Name {
        $help = Get-Help (Get-ExamplePath $_)
        $help.Name | Should -BeLike "*$_"
        $help.Synopsis | Should -MatchExactly '^[A-Z].*[.?]$'
        ($help.description | ForEach-Object Text) -join ' ' | Should -MatchExactly '\w.*\.'
        @($help.examples.example).Count | Should -BeGreaterThan 0
        $help.examples.example | ForEach-Object { $_.code | Should -Match ([regex]::Escape((Split-Path -Leaf $help.Name))) }
        foreach ($parameter in $help.parameters.parameter | Where-Object { $_ }) {
            ($parameter.description | ForEach-Object Text) -join ' ' | Should -MatchExactly '^[A-Z].*\.$' -Because $parameter.name
        }
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
        $lines[0].StartsWith('200,000 rows of four columns: 15 MB in the file, 6 MB as numbers, of which 1 MB may stay', 'Ordinal') | Should -BeTrue -Because $lines[0]
        Find-Line $lines '3 VVV 200000 -1180241.440' | Should -Not -BeNullOrEmpty
        $lines -ccontains 'Parameters that differ: 0' | Should -BeTrue
        ($lines[-3..-1] | ForEach-Object { Get-Number $_ 1 } | Measure-Object -Sum).Sum | Should -Be 200000
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

    It 'are written in the language of Windows PowerShell 5.1' {
        foreach ($script in Get-ChildItem (Get-ExamplePath '*.ps1')) {
            $tokens = $faults = $null
            $ast = [Management.Automation.Language.Parser]::ParseFile($script.FullName, [ref] $tokens, [ref] $faults)
            $faults | Should -BeNullOrEmpty
            $ast.FindAll({ $args[0].GetType().Name -in 'TernaryExpressionAst', 'PipelineChainAst' }, $true) | Should -BeNullOrEmpty -Because $script.Name
            $tokens | Where-Object { "$($_.Kind)" -in 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'AndAnd', 'OrOr' } |
                Should -BeNullOrEmpty -Because $script.Name
        }
    }

    It 'are ASCII, since Windows PowerShell reads them in its own encoding' {
        $scripts = @('GmmTools.psd1', 'build.ps1' | ForEach-Object { Join-Path (Get-RepositoryRoot) $_ }) + @(Get-ChildItem (Get-ExamplePath '*.ps1')).FullName
        $scripts.Count | Should -BeGreaterThan 2
        $scripts | Where-Object { (Get-Content -LiteralPath $_ -Raw) -match '[^\x00-\x7f]' } | Should -BeNullOrEmpty
    }
}
