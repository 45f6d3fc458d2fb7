# What can be asked of a fit, and what it tells.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:rows = Import-Example 'faithful.csv'
    $script:path = Get-ExamplePath 'faithful.csv'

    function Assert-Faithful($Fit) {
        Assert-Close $Fit.LogLikelihood -1130.264 1e-3
        $Fit.RowCount | Should -Be 272
    }
}

Describe 'Options of Invoke-EmFit' {
    It 'are covariance models by name and alias: <Name>, <Alias>' -ForEach @(
        @{ Name = 'VVV'; Alias = 'FULL'; Count = 11 }
        @{ Name = 'EEE'; Alias = 'TIED'; Count = 8 }
        @{ Name = 'VVI'; Alias = 'DIAGONAL'; Count = 9 }
        @{ Name = 'VII'; Alias = 'SPHERICAL'; Count = 7 }
    ) {
        $fit = $rows | Invoke-EmFit -ComponentCount 2 -CovarianceModel $Name
        $fit.ParameterCount | Should -Be $Count
        "$($fit.CovarianceModel)" | Should -BeExactly $Name
        ($rows | Invoke-EmFit -ComponentCount 2 -CovarianceModel $Alias).LogLikelihood | Should -Be $fit.LogLikelihood
    }

    It 'start from a model by the names of its columns' {
        $start = Get-FaithfulFit
        $fit = $rows | Invoke-EmFit waiting, eruptions -InitialModel $start
        Assert-Faithful $fit
        $fit.Property | Should -BeExactly 'waiting', 'eruptions'
        $fit.IterationCount | Should -BeLessOrEqual 3
    }

    It 'take the columns of the initial model by default' {
        $start = $rows | Invoke-EmFit waiting 2
        ($rows | Invoke-EmFit -InitialModel $start.Mixture).Property | Should -BeExactly 'waiting'
    }

    It 'keep weights fixed' {
        $fit = $rows | Invoke-EmFit -ComponentCount 2 -FixedWeight 0.7, 0.3
        $fit.Mixture.Components.Weight | Should -Be 0.7, 0.3
        $fit.ParameterCount | Should -Be 10
    }

    It 'let one iteration be one, and warn of it once' {
        $fit = $rows | Invoke-EmFit -ComponentCount 3 -MaxIteration 1 -WarningVariable told -WarningAction SilentlyContinue
        $fit.IterationCount | Should -Be 1
        $fit.Converged | Should -BeFalse
        "$($fit.StopReason)" | Should -BeExactly 'MaxIteration'
        @($told).Count | Should -Be 1
        $told[0].Message | Should -BeLike '*MaxIteration*'
        @($fit.Warnings) | Should -BeExactly @($told.Message)
    }

    It 'run all iterations without a warning where the tolerance is zero' {
        $fit = $rows | Invoke-EmFit -ComponentCount 2 -MaxIteration 30 -Tolerance 0 -WarningVariable told
        $fit.IterationCount | Should -Be 30
        $told | Should -BeNullOrEmpty
    }

    It 'let threads change nothing, and keep the seed' {
        $one = $rows | Invoke-EmFit -ComponentCount 3 -Seed 5 -ThrottleLimit 1
        $seven = $rows | Invoke-EmFit -ComponentCount 3 -Seed 5 -ThrottleLimit 7
        $seven.LogLikelihood | Should -Be $one.LogLikelihood
        $one.Seed | Should -Be 5
    }

    It 'tell the columns and every start with -Verbose' {
        $messages = @($rows | Invoke-EmFit -ComponentCount 2 -RestartCount 4 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message)
        $messages[0] | Should -BeExactly 'Columns eruptions, waiting; 272 rows.'
        @($messages | Where-Object { $_.StartsWith('Start ') }).Count | Should -Be 4
        $messages[-1] | Should -BeLike '*log-likelihood -1130.26*'
    }

    It 'show no progress of short fits' {
        $shell = [powershell]::Create('NewRunspace')
        try {
            $null = $shell.AddScript('param($manifest, $path) Import-Module $manifest; Invoke-EmFit -Path $path -ComponentCount 2').AddArgument((Get-TestedManifest)).AddArgument($path).Invoke()
            $shell.Streams.Error.Count | Should -Be 0
            @($shell.Streams.Progress | Where-Object Activity -EQ 'Invoke-EmFit').Count | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'tell a standardised fit in the original units' {
        $fit = Invoke-EmFit -Path $path -ComponentCount 2 -CovarianceModel VII -Standardize
        $fit.IsStandardized | Should -BeTrue
        "$($fit.CovarianceModel)" | Should -BeExactly 'VII'
        $measured = (Measure-MixtureLikelihood $fit -Path $path).LogLikelihood
        Assert-Close $fit.LogLikelihood $measured 1e-8
        $measured | Should -BeGreaterThan ((Invoke-EmFit -Path $path -ComponentCount 2 -CovarianceModel VII).LogLikelihood + 100)
    }
}
