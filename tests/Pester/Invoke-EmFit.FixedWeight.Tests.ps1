BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    $script:rows = Import-Csv (Get-ExamplePath faithful.csv) | Select-Object *, @{ n = 'long'; e = { [int]([double]$_.eruptions -gt 3) } }
}

Describe 'Invoke-EmFit -FixedWeight' {
    It 'goes with labels, which say how many components there are' {
        $fit = $rows | Invoke-EmFit eruptions, waiting -InitialComponent long -FixedWeight 0.5, 0.5
        $fit.Mixture.Components.Weight | Should -Be 0.5, 0.5
    }

    It 'tells when there are more weights than labels' {
        { $rows | Invoke-EmFit eruptions, waiting -InitialComponent long -FixedWeight 0.5, 0.25, 0.25 } |
            Should -Throw -ErrorId 'FixedWeightCount,*' -ExpectedMessage '3 fixed weights were given for 2 components*'
    }
}
