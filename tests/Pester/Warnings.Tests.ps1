BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
}

Describe 'Warnings of a command' {
    It 'are at most five, of which the last counts the rest' {
        # eight groups of six rows in a line, each of them spurious, beside one that is sound
        $lines = 1..60 | ForEach-Object { [pscustomobject]@{ x = [math]::Sin($_); y = [math]::Cos(3 * $_); c = 'sound' } }
        $lines += foreach ($group in 1..8) {
            0..5 | ForEach-Object { [pscustomobject]@{ x = 50 * $group + $_ % 3; y = 30 * $group * $group + $_ % 3 + 1e-4 * $_ * $_; c = "line $group" } }
        }
        $fit = $lines | Invoke-EmFit x, y -InitialComponent c -CovarianceModel VVV -WarningVariable warnings 3> $null
        $fit.Warnings.Count | Should -BeGreaterThan 5
        $warnings | Should -HaveCount 5
        $warnings[4].Message | Should -MatchExactly "^$($fit.Warnings.Count - 4) more warnings are not shown"
        0..3 | ForEach-Object { $warnings[$_].Message | Should -BeExactly $fit.Warnings[$_] }
    }
}
