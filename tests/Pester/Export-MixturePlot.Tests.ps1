BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Join-Path $PSScriptRoot '../../src/Examples/faithful.csv'
    $script:fit = Invoke-EmFit -Path $faithful -ComponentCount 2
}

Describe 'Export-MixturePlot' {
    It 'draws a mixture, a fit, several fits, and rows' {
        $fit | Export-MixturePlot (Join-Path $TestDrive 'density.png')
        $fit.Mixture | Export-MixturePlot (Join-Path $TestDrive 'mixture.svg')
        Invoke-EmFit -Path $faithful -ComponentCount (1..3) | Export-MixturePlot (Join-Path $TestDrive 'bic.png')
        Import-Csv $faithful | Export-MixturePlot (Join-Path $TestDrive 'classification.png') -Model $fit
        Get-ChildItem $TestDrive -Include *.png, *.svg -Recurse | Should -HaveCount 4
    }

    It 'names the axes after the columns' {
        $file = Join-Path $TestDrive 'named.svg'
        Import-Csv $faithful | Export-MixturePlot $file -Model $fit
        $texts = ([xml](Get-Content $file -Raw)).GetElementsByTagName('text').InnerText.Trim()
        $texts | Should -Contain 'eruptions'
        $texts | Should -Contain 'waiting'
    }

    It 'replaces a file only when told to' {
        $file = Join-Path $TestDrive 'twice.png'
        $fit | Export-MixturePlot $file
        { $fit | Export-MixturePlot $file } | Should -Throw -ErrorId 'FileExists,GmmTools.Commands.ExportMixturePlotCommand'
        $fit | Export-MixturePlot $file -Force -PassThru | Should -BeOfType [System.IO.FileInfo]
    }

    It 'takes dates and logarithms' {
        $start = [datetime]'2026-01-05'
        $rows = 1..200 | ForEach-Object { [pscustomobject]@{ day = $start.AddDays($_ % 60).ToOADate(); size = [math]::Exp($_ % 7) } }
        $log = $rows | Invoke-EmFit -Property day, size -ComponentCount 1
        $file = Join-Path $TestDrive 'dates.svg'
        $rows | Export-MixturePlot $file -Model $log -DateProperty day -LogAxis size
        $texts = ([xml](Get-Content $file -Raw)).GetElementsByTagName('text').InnerText.Trim()
        $texts | Should -Contain '2026-02-02'
        $texts | Should -Contain '100'
    }
}
