BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
    $script:rows = Import-Csv (Get-ExamplePath faithful.csv)
    $script:fit = $rows | Invoke-EmFit -ComponentCount 2 -FixedWeight 0.5, 0.5
    $lines = 1..60 | ForEach-Object { [pscustomobject]@{ x = [math]::Sin($_); y = [math]::Cos(3 * $_); c = 'sound' } }
    $lines += foreach ($group in 1..8) {
        0..5 | ForEach-Object { [pscustomobject]@{ x = 50 * $group + $_ % 3; y = 30 * $group * $group + $_ % 3 + 1e-4 * $_ * $_; c = "line $group" } }
    }
    # a second warning is that of a row that is left out
    $lines += [pscustomobject]@{ x = ''; y = 1; c = 'sound' }
    $script:spurious = $lines | Invoke-EmFit x, y -InitialComponent c -CovarianceModel VVV -MissingValue Omit -WarningAction Ignore
    $script:labels = $rows | Select-Object @{ n = 'a'; e = { $_.eruptions -gt 3 } }, @{ n = 'b'; e = { $_.waiting -gt 67 } }
}

Describe 'Lists of results' {
    It 'are indexed like arrays: <Name> of a <Of>' -ForEach @(
        @{ Of = 'fit'; Name = 'LogLikelihoodTrace'; Get = { $fit } }
        @{ Of = 'fit'; Name = 'Starts'; Get = { $fit } }
        @{ Of = 'fit'; Name = 'Property'; Get = { $fit } }
        @{ Of = 'fit'; Name = 'Warnings'; Get = { $spurious } }
        @{ Of = 'fit'; Name = 'SpuriousComponents'; Get = { $spurious } }
        @{ Of = 'fit''s options'; Name = 'FixedWeights'; Get = { $fit.Options } }
        @{ Of = 'mixture'; Name = 'Components'; Get = { $fit.Mixture } }
        @{ Of = 'mixture'; Name = 'Property'; Get = { $fit.Mixture } }
        @{ Of = 'failure'; Name = 'Property'; Get = { ($rows[0..5] | Invoke-EmFit -ComponentCount 1, 9 -WarningAction Ignore)[1] } }
        @{ Of = 'merge'; Name = 'ClusterOfComponent'; Get = { ($rows | Merge-MixtureComponent $fit)[0] } }
        @{ Of = 'comparison of partitions'; Name = 'Matching'; Get = { $labels | Measure-PartitionAgreement a b } }
    ) {
        $object = & $Get
        $items = @($object.$Name)
        $items.Count | Should -BeGreaterThan 1
        $object.$Name[0] | Should -Be $items[0]
        $object.$Name[1] | Should -Be $items[1]
        $object.$Name[-1] | Should -Be $items[-1]
        $object.$Name[0, 1] | Should -Be $items[0, 1]
    }
}
