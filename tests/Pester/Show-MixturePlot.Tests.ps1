BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $faithful = Get-ExamplePath 'faithful.csv'
    $rows = Import-Csv $faithful
    $fit = $rows | Invoke-EmFit -ComponentCount 2
    $normal = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1
    $one = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1
    $escape = [char]27
}

Describe 'Show-MixturePlot' {
    It 'draws a histogram with its density' {
        $lines = $rows | Show-MixturePlot -Model $fit -Property waiting -Width 80 -Height 24
        $lines | Should -HaveCount 24
        $lines[-1] | Should -BeLike '*rows*mixture*'
    }

    It 'keeps the others in sight beside a component as narrow as a line' {
        $mixture = New-GaussianMixture -Weight 0.8, 0.2 -Mean @(50), @(0) -Covariance 100, 1e-8
        $lines = $mixture | Show-MixturePlot -Width 78 -Height 16 -Color Never
        ($lines -join ' ') -replace '\s+', ' ' | Should -BeLike '*Too narrow and high to be drawn whole: component 2, up to 798.*'

        # the wide one is drawn over several lines, though its peak is 1/25 000 of the other's
        @($lines | Where-Object { $_.Length -gt 40 -and $_.Substring(40) -match '[\u2801-\u28FF]' }).Count | Should -BeGreaterThan 2
        ($mixture | Show-MixturePlot -LogAxis Density -Width 78 -Height 16) -join ' ' | Should -Not -BeLike '*Too narrow*'
    }

    It 'writes to a file what it draws' {
        $file = Join-Path $TestDrive 'plot.txt'
        $fit | Show-MixturePlot -Ascii -Width 60 -Height 20 > $file
        Get-Content $file | Should -HaveCount 20
    }

    It 'knows a criterion from a trace' -Tag Culture {
        Invoke-EmFit -Path $faithful -ComponentCount (1..3) | Show-MixturePlot | Select-Object -Last 1 | Should -BeLike 'Best: VVV with 2 components*'
        $fit | Show-MixturePlot -Kind Trace | Select-Object -Last 1 | Should -BeLike '*-1130.264*'
    }

    It 'draws lines on the pipeline: <Call>' -Tag Culture -ForEach @(
        @{ Parts = '█ rows', 'waiting', 'mixture'; Call = { $rows | Show-MixturePlot -Model $fit -Property waiting } }
        @{ Parts = 'Classification: VVV, 2 components', '1: 64.4 %  2: 35.6 %', 'eruptions'; Call = { $rows | Show-MixturePlot -Model $fit } }
        @{ Parts = 'Classification: VVV, 2 components', '1: 64.4 %'; Call = { Show-MixturePlot -Model $fit -Path $faithful } }
        @{ Parts = 'Density: VVV, 2 components', '50 %', '░'; Call = { $fit | Show-MixturePlot } }
        @{ Parts = 'Density: VVV, 2 components', '+---', '@'; Call = { $fit | Show-MixturePlot -Ascii } }
        @{ Parts = 'Log-likelihood', 'Iteration', '-1130.264'; Call = { $fit | Show-MixturePlot -Kind Trace } }
        @{
            Parts = 'Best: EEE with 3 components', 'EEE', 'VVV'
            Call  = { $rows | Invoke-EmFit -ComponentCount (1..3) -CovarianceModel EEE, VVV | Show-MixturePlot }
        }
        @{ Parts = 'Density', 'eruptions', 'waiting'; Call = { $rows | Show-MixturePlot -Model $fit -Kind Pairs } }
        @{ Parts = , 'Uncertainty: 1 − the probability'; Call = { $rows | Show-MixturePlot -Model $fit -Kind Uncertainty } }
        @{
            Parts = 'Differences of waiting, in total', 'short┤', 'differ', 'intervals of 95 %'
            Call  = { $rows | Compare-MixtureSample ($rows | Select-Object -First 99) waiting -GroupProperty @{ n = 'is'; e = { $_.eruptions -lt 3 ? 'short' : 'long' } } | Show-MixturePlot }
        }
        @{ Parts = 'Differences of eruptions, in total', 'Differences of waiting, in total'; Call = { $rows | Compare-MixtureSample ($rows | Select-Object -First 99) | Show-MixturePlot -Height 10 } }
        @{
            Parts = 'Mean of eruptions, with intervals', 'Mean of waiting, with intervals', 'component 2┤', 'intervals of 95 %'
            Call  = { $rows | Measure-MixtureUncertainty $fit -Method Information | Show-MixturePlot -Height 10 }
        }
        @{ Parts = 'reference', 'estimate'; Call = { $fit | Show-MixturePlot -ReferenceModel $fit -Property waiting } }
    ) {
        $lines = & $Call
        $text = $lines -join "`n"
        foreach ($line in $lines) { if ($line -isnot [string] -or $line.Length -gt 80) { throw "Not a line of at most 80 characters: $line" } }
        foreach ($part in $Parts) { $text.Contains($part, [StringComparison]::Ordinal) | Should -BeTrue -Because "'$part' is not in`n$text" }
        $text.Contains($escape) | Should -BeFalse
    }

    It 'shows as many outliers as Find-MixtureOutlier finds' {
        $count = @($rows | Find-MixtureOutlier $fit -FalseAlarmRate 0.02).Count
        $rows | Show-MixturePlot -Model $fit -Kind Outlier -FalseAlarmRate 0.02 | Where-Object { $_ -cmatch "outliers: $count" } | Should -HaveCount 1
    }

    It 'fits the window' -Tag FastEngine {
        if (-not ('WindowHost' -as [type])) { Add-Type -Path (Join-Path $PSScriptRoot 'Support/WindowHost.cs') }
        $runspace = [runspacefactory]::CreateRunspace([WindowHost]::new())
        $runspace.Open()
        $shell = [powershell]::Create($runspace)
        try {
            $lines = $shell.AddScript('param($manifest) Import-Module $manifest; New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 | Show-MixturePlot -Color Never').
                AddParameter('manifest', (Get-TestedManifest)).Invoke()
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }

        ($lines | ForEach-Object { "$_".Length } | Measure-Object -Maximum).Maximum | Should -Be 120
        $lines.Count | Should -BeGreaterOrEqual 30
        $lines.Count | Should -BeLessOrEqual 60
    }

    It 'has the width, the height and the colours that are chosen' {
        $plain = $fit | Show-MixturePlot -Property waiting -Width 60 -Height 20
        $colored = $fit | Show-MixturePlot -Property waiting -Width 60 -Height 20 -Color Always
        $plain | Should -HaveCount 20
        ($plain | Measure-Object Length -Maximum).Maximum | Should -Be 60
        @($colored | Where-Object { $_.Contains("$escape[38;") }) | Should -Not -BeNullOrEmpty
    }

    It 'draws copies of fits like fits' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($fit))
        foreach ($kind in 'Density', 'Trace', 'Criterion') {
            $copy | Show-MixturePlot -Kind $kind | Should -BeExactly ($fit | Show-MixturePlot -Kind $kind)
        }
    }

    It 'changes no rows and takes other cultures' -Tag Culture {
        $row = [pscustomobject]@{ x1 = '1,5' }
        $other = [pscustomobject]@{ x1 = 2.5 }
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            $lines = $row, $other | Show-MixturePlot -Model $one -Culture de-DE
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        @($lines | Where-Object { $_.StartsWith('0.', [StringComparison]::Ordinal) }) | Should -Not -BeNullOrEmpty
        $row.PSObject.Properties.Name | Should -BeExactly 'x1'
    }

    It 'says what is wrong (<ErrorId>): <Call>' -ForEach @(
        @{ ErrorId = 'NoModel'; Part = 'nothing to draw'; Call = { Show-MixturePlot } }
        @{
            ErrorId = 'UnknownProperty'; Part = "'b'"
            Call    = { @{ a = 1 } | Show-MixturePlot -Model (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property b) }
        }
        @{ ErrorId = 'NoRows'; Part = 'There are no rows'; Call = { @() | Show-MixturePlot -Model $one } }
        @{ ErrorId = 'MissingValue'; Part = 'Row 1'; Call = { @{ x1 = '' } | Show-MixturePlot -Model $one } }
        @{ ErrorId = 'NotAFit'; Part = 'not a fit'; Call = { $one | Show-MixturePlot -Kind Criterion } }
    ) {
        Assert-Failure $Call -ErrorId $ErrorId -Contains $Part
    }
}

Describe 'Show-MixturePlot -Sixel' {
    It 'is a picture of the size asked for' {
        $text = @($normal | Show-MixturePlot -Sixel -Width 40 -Height 12)
        $text | Should -HaveCount 1
        $text[0].StartsWith("$($escape)P0;1;0q`"1;1;400;240", [StringComparison]::Ordinal) | Should -BeTrue
    }
}

Describe 'Show-MixturePlot of a classifier' {
    BeforeAll {
        $iris = Import-Example 'iris.csv'
        $classifier = $iris | New-MixtureClassifier class Petal_Length, Petal_Width -CovarianceModel EEE
    }

    It 'draws the regions of the classes, with rows and without' {
        $text = @($classifier | Show-MixturePlot -Width 70 -Height 20) -join "`n"
        $text.Contains('Regions of 3 classes') | Should -BeTrue -Because $text
        foreach ($name in 'setosa', 'versicolor', 'virginica', 'Petal_Length') { $text.Contains($name) | Should -BeTrue -Because $name }
        (@($iris | Show-MixturePlot $classifier -Width 70 -Height 20) -join "`n").Contains('Regions of 3 classes') | Should -BeTrue
    }

    It 'draws the densities of the classes in one column' {
        $text = @($classifier | Show-MixturePlot -Property Petal_Width -Width 70 -Height 20) -join "`n"
        $text.Contains('Told by Petal_Width alone') | Should -BeTrue -Because $text
    }

    It 'says what to do with more columns and other kinds' {
        { $iris | New-MixtureClassifier class -CovarianceModel EEE | Show-MixturePlot } | Should -Throw '*Choose some with -Property Sepal_Length, Sepal_Width*' -ErrorId 'TooManyColumns,*'
        { $classifier | Show-MixturePlot -Kind Pairs } | Should -Throw '*Leave out -Kind.' -ErrorId 'RegionOfClassifier,*'
    }
}
