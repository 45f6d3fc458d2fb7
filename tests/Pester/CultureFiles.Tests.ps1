# Files are the same bytes in every culture of the user.
BeforeDiscovery {
    $script:cultures = 'de-DE', 'tr-TR', 'ar-SA', 'fa-IR', 'th-TH'
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:hasParquet = (Get-TestedEngine) -eq 'net10.0'

    # Everything that the module writes, in one folder, made in a culture.
    function Write-AllFile([string] $Culture) {
        $folder = (New-Item -ItemType Directory -Force (Join-Path $TestDrive "files-$Culture")).FullName
        $before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo($Culture)
        try {
            $fit = Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 2 -Culture ([cultureinfo]::InvariantCulture)
            $fit | Export-GaussianMixture -Path (Join-Path $folder 'fit.json')
            New-GaussianMixtureSample $fit -Count 500 -Seed 3 -IncludeComponent -Path (Join-Path $folder 'sample.csv')
            ConvertTo-MixtureSql $fit -Dialect PostgreSql | Set-Content (Join-Path $folder 'density.sql')
            $fit | Export-MixturePlot -Path (Join-Path $folder 'plot.svg')
            if ($hasParquet) {
                New-GaussianMixtureSample $fit -Count 500 -Seed 3 -Path (Join-Path $folder 'sample.parquet')
            }
            # read again in the same culture, to the last bit
            (Import-GaussianMixture -Path (Join-Path $folder 'fit.json')).LogLikelihood | Should -BeExactly $fit.LogLikelihood
            $again = Invoke-EmFit -Path (Join-Path $folder 'sample.csv') -Property $fit.Mixture.Property -ComponentCount 2
            Set-Content (Join-Path $folder 'again.txt') $again.LogLikelihood.ToString('R', [cultureinfo]::InvariantCulture)
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
        $folder
    }

    # The bytes of all files; how long a fit took is another number each time.
    function Get-FileContent([string] $Folder) {
        $json = Join-Path $Folder 'fit.json'
        (Get-Content -Raw $json) -replace '"elapsed_seconds": [0-9.E-]+', '"elapsed_seconds": 0' | Set-Content $json
        foreach ($file in Get-ChildItem $Folder | Sort-Object Name) {
            "$($file.Name) $((Get-FileHash $file.FullName).Hash)"
        }
    }

    $script:expected = Get-FileContent (Write-AllFile 'en-US')
}

Describe 'Files written in <_>' -ForEach $cultures {
    It 'are those of every other culture, byte for byte' {
        $expected.Count | Should -Be ($hasParquet ? 6 : 5)
        Get-FileContent (Write-AllFile $_) | Should -BeExactly $expected
    }
}

Describe 'A culture that is none' {
    It 'is refused: <_>' -ForEach 'german', 'de-DEE', 'xx' {
        { Import-Example 'faithful.csv' | Invoke-EmFit -ComponentCount 2 -Culture $_ } | Should -Throw "*$_*"
    }
}
