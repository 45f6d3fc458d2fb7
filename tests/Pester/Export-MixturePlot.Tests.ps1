BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $faithful = Get-ExamplePath 'faithful.csv'
    $rows = Import-Csv $faithful
    $fit = $rows | Invoke-EmFit -ComponentCount 2
    $mixture = New-GaussianMixture -Weight 0.6, 0.4 -Mean (0, 0), (5, 5) -Covariance @((1, 0), (0, 1)), @((1, 0.5), (0.5, 1)) -Property a, b

    function Get-DrawnText([string] $Path) { ([xml](Get-Content $Path -Raw)).GetElementsByTagName('text').InnerText.Trim() }
}

Describe 'Export-MixturePlot' {
    It 'draws a mixture, a fit, several fits, and rows' {
        $folder = (New-Item (Join-Path $TestDrive 'four') -ItemType Directory).FullName
        $fit | Export-MixturePlot (Join-Path $folder 'density.png')
        $fit.Mixture | Export-MixturePlot (Join-Path $folder 'mixture.svg')
        Invoke-EmFit -Path $faithful -ComponentCount (1..3) | Export-MixturePlot (Join-Path $folder 'bic.png')
        $rows | Export-MixturePlot (Join-Path $folder 'classification.png') -Model $fit
        Get-ChildItem $folder | Should -HaveCount 4
    }

    It 'shows what each kind is about: <Call>' -Tag Culture -ForEach @(
        @{ Shown = 'Classification: VVV, 2 components', '1: 64.4 %', 'eruptions', 'waiting'; Call = { $rows | Export-MixturePlot $file -Model $fit } }
        @{ Shown = 'Density: VVV, 2 components', '50 %', '90 %', '99 %', 'Density'; Call = { $fit | Export-MixturePlot $file } }
        @{ Shown = 'Density: VVV, 2 components'; Call = { Export-MixturePlot $file -Model $fit } }
        @{ Shown = 'mixture', 'Density', 'waiting'; Call = { $fit.Mixture | Export-MixturePlot $file -Property wait* } }
        @{ Shown = 'rows', 'mixture'; Call = { Export-MixturePlot $file -Model $fit -DataPath $faithful -Property waiting } }
        @{ Shown = 'Iteration', 'Log-likelihood'; Call = { $fit | Export-MixturePlot $file -Kind Trace } }
        @{
            Shown = 'ICL (smaller is better)', 'EEE', 'VVV', 'best'
            Call  = { $rows | Invoke-EmFit -ComponentCount (1..3) -CovarianceModel EEE, VVV | Export-MixturePlot $file -Criterion Icl }
        }
        @{ Shown = , 'Uncertainty'; Call = { $rows | Export-MixturePlot $file -Model $fit -Kind Uncertainty -Title '' } }
        @{ Shown = 'threshold', 'other rows'; Call = { $rows | Export-MixturePlot $file -Model $fit -Kind Outlier -FalseAlarmRate 0.02 } }
        @{ Shown = 'Geyser', 'eruptions', 'waiting'; Call = { $rows | Export-MixturePlot $file -Model $fit -Kind Pairs -Title Geyser } }
        @{
            Shown = 'Differences of waiting, in total', 'long', 'short', 'may be chance', 'waiting: difference of means, times rows'
            Call  = { $rows | Compare-MixtureSample ($rows | Select-Object -First 99) waiting -GroupProperty @{ n = 'is'; e = { $_.eruptions -lt 3 ? 'short' : 'long' } } | Export-MixturePlot $file }
        }
        @{
            Shown = 'Mean of waiting, with intervals', 'component 1', 'component 2', 'waiting', 'Lines: intervals of 95 % (Information).'
            Call  = { $rows | Measure-MixtureUncertainty $fit -Method Information | Export-MixturePlot $file -Property waiting }
        }
        @{
            Shown = 'Weight, with intervals', 'component 1', 'Lines: intervals of 90 % (Information).'
            Call  = { $rows | Measure-MixtureUncertainty $fit -Method Information -ConfidenceLevel 0.9 | Where-Object Parameter -EQ Weight | Export-MixturePlot $file -Kind Interval }
        }
        @{ Shown = 'reference', 'estimate'; Call = { $rows | Export-MixturePlot $file -Model $fit -ReferenceModel $fit } }
        @{ Shown = '50', 'waiting'; Call = { $rows | Export-MixturePlot $file -Model $fit -Property waiting -LogAxis waiting } }
    ) {
        $file = Join-Path $TestDrive "$(New-Guid).svg"
        & $Call | Should -BeNullOrEmpty
        $texts = Get-DrawnText $file
        foreach ($text in $Shown) { $texts -ccontains $text | Should -BeTrue -Because "'$text' is not among: $($texts -join '; ')" }
    }

    It 'names the axes after the columns' {
        $file = Join-Path $TestDrive 'named.svg'
        $rows | Export-MixturePlot $file -Model $fit
        $texts = Get-DrawnText $file
        $texts | Should -Contain 'eruptions'
        $texts | Should -Contain 'waiting'
    }

    It 'writes a PNG of the size and resolution asked for' {
        $file = Join-Path $TestDrive 'picture.PNG'
        $written = @($fit | Export-MixturePlot $file -Width 640 -Height 480 -Dpi 192 -PassThru)
        $written | Should -HaveCount 1
        $written[0] | Should -BeOfType System.IO.FileInfo
        $written[0].FullName | Should -BeExactly $file
        $bytes = [IO.File]::ReadAllBytes($file)
        [Text.Encoding]::ASCII.GetString($bytes, 1, 3) | Should -BeExactly 'PNG'
        $bytes[16..23] | Should -Be 0, 0, 2, 128, 0, 0, 1, 224
        [Text.Encoding]::ASCII.GetString($bytes, 37, 4) | Should -BeExactly 'pHYs'
        $bytes[41..44] | Should -Be 0, 0, 0x1D, 0x87
    }

    It 'draws a copy from a file or a job like the fit' {
        $first = Join-Path $TestDrive 'fit.svg'
        $second = Join-Path $TestDrive 'copy.svg'
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit))
        foreach ($kind in 'Density', 'Trace', 'Criterion') {
            $fit | Export-MixturePlot $first -Kind $kind -Force
            $copy | Export-MixturePlot $second -Kind $kind -Force
            [IO.File]::ReadAllText($second) -ceq [IO.File]::ReadAllText($first) | Should -BeTrue -Because $kind
        }
    }

    It 'replaces a file unless told not to, and writes nothing with -WhatIf' {
        $folder = (New-Item (Join-Path $TestDrive 'force') -ItemType Directory).FullName
        $file = Join-Path $folder 'picture.svg'
        $mixture | Export-MixturePlot $file -WhatIf
        $file | Should -Not -Exist
        [IO.File]::WriteAllText($file, 'mine')
        (Assert-Failure { $mixture | Export-MixturePlot $file -NoClobber } -ErrorId FileExists -Contains 'Leave out -NoClobber').FullyQualifiedErrorId |
            Should -BeExactly 'FileExists,GmmTools.Commands.ExportMixturePlotCommand'
        [IO.File]::ReadAllText($file) | Should -BeExactly 'mine'
        $mixture | Export-MixturePlot $file -Force -PassThru | Should -BeOfType System.IO.FileInfo
        [IO.File]::ReadAllText($file).Contains('<title>Density', [StringComparison]::Ordinal) | Should -BeTrue
        (Get-ChildItem $folder).FullName | Should -BeExactly $file
    }

    It 'takes dates and logarithms' -Tag Culture {
        $start = [datetime]'2026-01-05'
        $days = 1..200 | ForEach-Object { [pscustomobject]@{ day = $start.AddDays($_ % 60).ToOADate(); size = [math]::Exp($_ % 7) } }
        $log = $days | Invoke-EmFit -Property day, size -ComponentCount 1
        $file = Join-Path $TestDrive 'dates.svg'
        $days | Export-MixturePlot $file -Model $log -DateProperty day -LogAxis size
        $texts = Get-DrawnText $file
        $texts | Should -Contain '2026-02-02'
        $texts | Should -Contain '100'
    }

    It 'is not stopped by gaps and other cultures' -Tag Culture {
        $file = Join-Path $TestDrive 'german.svg'
        $gaps = @{ a = '0,5'; b = '1' }, @{ a = 'NA'; b = '4,5' }, @{ a = '5'; b = '' } | ForEach-Object { [pscustomobject]$_ }
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            foreach ($policy in 'Omit', 'Marginalize') {
                $gaps | Export-MixturePlot $file -Model $mixture -Culture de-DE -MissingValue $policy -Force 3>$null
                $gaps | Export-MixturePlot $file -Model $mixture -Culture de-DE -MissingValue $policy -Property a -Force 3>$null
            }
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        (Get-DrawnText $file) -ccontains 'Density' | Should -BeTrue
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'UnknownPictureFormat'; Part = "'x.gif'"; Call = { $mixture | Export-MixturePlot x.gif } }
        @{ ErrorId = 'NoModel'; Part = 'nothing to draw'; Call = { Export-MixturePlot x.png } }
        @{ ErrorId = 'NoModel'; Part = '-Model is empty'; Call = { 1 | Export-MixturePlot x.png -Model $nothing } }
        @{ ErrorId = 'NotAFit'; Part = 'is not a fit'; Call = { $mixture | Export-MixturePlot x.png -Kind Trace } }
        @{ ErrorId = 'NotAFit'; Part = 'is not a fit'; Call = { $mixture, $mixture | Export-MixturePlot x.png } }
        @{ ErrorId = 'SeveralModels'; Part = '2 were given'; Call = { $mixture, $mixture | Export-MixturePlot x.png -Kind Density } }
        @{ ErrorId = 'UnknownProperty'; Part = "'c'"; Call = { $mixture | Export-MixturePlot x.png -Property c } }
        @{ ErrorId = 'UnknownProperty'; Part = "'b'"; Call = { @{ a = 1; c = 2 } | Export-MixturePlot x.png -Model $mixture } }
        @{ ErrorId = 'UnknownAxis'; Part = 'It has a, b'; Call = { $mixture | Export-MixturePlot x.png -LogAxis c } }
        @{ ErrorId = 'NotADate'; Part = 'ToOADate'; Call = { $mixture | Export-MixturePlot x.png -DateProperty a } }
        @{ ErrorId = 'NoRows'; Part = 'There are no rows'; Call = { @() | Export-MixturePlot x.png -Model $mixture } }
        @{ ErrorId = 'MissingValue'; Part = "Row 2, column 'b'"; Call = { @{ a = 1; b = 1 }, @{ a = 1; b = '' } | Export-MixturePlot x.png -Model $mixture } }
        @{ ErrorId = 'NoReference'; Part = '-ReferenceModel'; Call = { $mixture | Export-MixturePlot x.png -Kind Comparison } }
        @{ ErrorId = 'NoDifferences'; Part = 'Compare-MixtureSample'; Call = { $mixture | Export-MixturePlot x.png -Kind Difference } }
        @{ ErrorId = 'NoDifferences'; Part = 'no group is on both sides'; Call = { 1..3 | ForEach-Object { [pscustomobject]@{ x = $_; g = 'a' } } | Compare-MixtureSample ([pscustomobject]@{ x = 1; g = 'b' }) x -GroupProperty g | Export-MixturePlot x.png } }
        @{ ErrorId = 'TooManyColumns'; Part = 'Where-Object Column -eq a'; Call = { 1..3 | ForEach-Object { [pscustomobject]@{ a = $_; b = 1 } } | Compare-MixtureSample @{ a = 1; b = 1 } | Export-MixturePlot x.png } }
        @{ ErrorId = 'NoIntervals'; Part = 'Measure-MixtureUncertainty'; Call = { $mixture | Export-MixturePlot x.png -Kind Interval } }
        @{ ErrorId = 'TooManyColumns'; Part = '-Property eruptions'; Call = { $rows | Measure-MixtureUncertainty $fit -Method Information | Export-MixturePlot x.png } }
        @{ ErrorId = 'TooManyColumns'; Part = 'Where-Object Parameter -eq Weight'; Call = { $rows | Measure-MixtureUncertainty $fit -Method Information | Where-Object Parameter -NE Mean | Export-MixturePlot x.png } }
        @{ ErrorId = 'UnknownProperty'; Part = 'nothing'; Call = { $rows | Measure-MixtureUncertainty $fit -Method Information | Export-MixturePlot x.png -Property nothing } }
        @{ ErrorId = 'PathNotFound'; Part = 'nowhere'; Call = { $mixture | Export-MixturePlot /nowhere/at/all/x.png } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}
