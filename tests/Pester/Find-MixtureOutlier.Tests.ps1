BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:data = Join-Path $PSScriptRoot '../../src/Examples'
    $script:log = Import-Csv (Join-Path $data 'latency.csv') | ForEach-Object {
        [pscustomobject]@{
            time = $_.time; latency = [math]::Log10($_.latency_ms); size = [math]::Log10($_.size_kb); affected = $_.affected
        }
    }
    $script:sound = $log | Where-Object { $_.time -lt '2026-03-02T09' }
    $script:fit = $sound | Invoke-EmFit -Property latency, size -ComponentCount 3
}

Describe 'Find-MixtureOutlier' {
    It 'finds the incident in the log' {
        $outliers = $log | Find-MixtureOutlier $fit
        ($outliers | Where-Object affected -EQ 1).Count | Should -Be ($log | Where-Object affected -EQ 1).Count
        @($outliers | Where-Object affected -EQ 0).Count | Should -BeLessThan 10
        $outliers[0].PSObject.Properties.Name | Should -Contain 'time'
    }

    It 'keeps the rate on sound rows' {
        $level = Find-MixtureOutlier $fit -FalseAlarmRate 0.02 -LevelOnly
        $sample = New-GaussianMixtureSample $fit -Count 20000 -Seed 3
        $alarms = ($sample | Find-MixtureOutlier $fit -FalseAlarmRate 0.02).Count
        [math]::Abs($alarms - 400) | Should -BeLessThan (4 * [math]::Sqrt(400 + [math]::Pow(20000 * $level.StandardError, 2)))
    }

    It 'takes the level from sound rows' {
        $file = Join-Path $TestDrive 'sound.csv'
        $sound | Export-Csv $file -NoTypeInformation
        $rows = Find-MixtureOutlier $fit -Training $sound -FalseAlarmRate 0.01 -LevelOnly
        $files = Find-MixtureOutlier $fit -Training (Get-Item $file) -FalseAlarmRate 0.01 -LevelOnly -Culture ([cultureinfo]::CurrentCulture)
        $files.LogDensity | Should -Be $rows.LogDensity
    }
}
