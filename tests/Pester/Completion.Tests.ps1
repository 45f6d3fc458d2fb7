# What the Tab key offers.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    # what is typed at a prompt sees global variables
    $global:rows = @([pscustomobject]@{ 'two words' = 1; plain = 2 })
    $global:table = @(@{ key = 1 })
    $global:model = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property size

    function Get-Offer([string] $Typed) { (Get-Completion $Typed).CompletionText -join ', ' }
}

AfterAll {
    Remove-Variable rows, table, model -Scope Global
}

Describe 'The Tab key' {
    It 'offers <Offered> for the value in <Typed>' -ForEach @(
        @{ Typed = 'Invoke-EmFit -CovarianceModel '; Offered = 'EII, VII, EEI, VEI, EVI, VVI, EEE, VEE, EVE, VVE, EEV, VEV, EVV, VVV, Full, Tied, Diagonal, Spherical, *' }
        @{ Typed = 'Invoke-EmFit -CovarianceModel s'; Offered = 'Spherical' }
        @{ Typed = "Invoke-EmFit -CovarianceModel 'D"; Offered = 'Diagonal' }
        @{ Typed = 'Invoke-EmFit -CovarianceModel VVV, t'; Offered = 'Tied' }
        @{ Typed = 'Invoke-EmFit -CovarianceModel v?I'; Offered = 'v?I, VII, VEI, VVI' }
        @{ Typed = 'Invoke-EmFit -CovarianceModel x*'; Offered = '' }
        @{ Typed = 'Select-MixtureFit -Criterion a'; Offered = 'Aic, Aicc' }
        @{ Typed = 'Select-MixtureFit '; Offered = 'Aic, Aicc, Bic, Icl' }
        @{ Typed = 'Invoke-EmFit -Path a.csv -Encoding uni'; Offered = 'unicode' }
    ) {
        Get-Offer $Typed | Should -BeExactly $Offered
    }

    It 'offers the columns <Offered> in <Typed>' -ForEach @(
        @{ Typed = "Invoke-EmFit -LiteralPath 'FILE' -Property "; Offered = 'eruptions, waiting' }
        @{ Typed = 'Invoke-EmFit -Path FILE -Property w'; Offered = 'waiting' }
        @{ Typed = 'Invoke-EmFit -Path FILE -Property waiting, '; Offered = 'eruptions' }
        @{ Typed = 'Import-Csv FILE | Invoke-EmFit e'; Offered = 'eruptions' }
        @{ Typed = "Import-Csv -Path 'FILE' -Delimiter ',' | Where-Object waiting | Invoke-EmFit -Property "; Offered = 'eruptions, waiting' }
        @{ Typed = '$global:rows | Invoke-EmFit -Property '; Offered = "'two words', plain" }
        @{ Typed = 'Invoke-EmFit -InputObject $rows -Property t'; Offered = "'two words'" }
        @{ Typed = '$global:table | Invoke-EmFit -Property '; Offered = 'key' }
        @{ Typed = 'Invoke-EmFit -InitialModel $model -Property '; Offered = 'size' }
        # where they are left out or given
        @{ Typed = 'Invoke-EmFit -Path FILE -ExcludeProperty w'; Offered = 'waiting' }
        @{ Typed = 'Invoke-EmFit -Path FILE -Header a, b -Property '; Offered = 'a, b' }
        @{ Typed = 'Import-Csv FILE -Header one, two | Invoke-EmFit -Property t'; Offered = 'two' }
    ) {
        Get-Offer $Typed.Replace('FILE', (Get-ExamplePath 'faithful.csv')) | Should -BeExactly $Offered
    }

    It 'offers what a command says that it gives out, without running it' {
        function global:Get-NothingRun { [OutputType([diagnostics.process])] param() throw 'It was run.' }
        try {
            Get-Offer 'Get-Process | Invoke-EmFit -Property w' | Should -BeExactly 'WorkingSet, WorkingSet64, WS'
            Get-Offer 'Get-NothingRun | Where-Object Id | Sort-Object Id | Invoke-EmFit -Property cp' | Should -BeExactly 'CPU'
            Get-Offer 'gci | Invoke-EmFit Len' | Should -BeExactly 'Length'
        }
        finally {
            Remove-Item Function:Get-NothingRun
        }
    }

    It 'offers models in variables and files, and cultures' {
        Get-Offer 'Get-MixtureComponent ' | Should -Match '^\$model'
        $null = New-Item -ItemType Directory (Join-Path $TestDrive 'models')
        Push-Location (Join-Path $TestDrive 'models')
        try {
            $model | Export-GaussianMixture one.json
            Set-Content other.csv 'x'
            Get-Offer 'Get-MixtureMembership -Model o' | Should -Match '^\.[/\\]one\.json$'
            Get-Offer 'Compare-GaussianMixture ' | Should -Match '^\$model.*one\.json$'
        }
        finally {
            Pop-Location
        }
        Get-Offer 'Invoke-EmFit -Culture de-A' | Should -BeExactly 'de-AT'
        (Get-Completion 'Invoke-EmFit -Culture de-A').ToolTip | Should -BeExactly 'German (Austria)'
    }

    It 'explains every parameter' {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $silent = foreach ($command in Get-Command -Module GmmTools) {
            foreach ($parameter in $command.Parameters.Values | Where-Object Name -NotIn $common) {
                if (-not ($parameter.ParameterSets.Values.HelpMessage | Where-Object { $_ })) { "$($command.Name) -$($parameter.Name)" }
            }
        }
        $silent | Should -BeNullOrEmpty
        if ($PSVersionTable.PSVersion -ge '7.6') {
            (Get-Completion 'Invoke-EmFit -Restart').ToolTip | Should -BeExactly '[int] RestartCount - Number of starts, the best of which is kept.'
        }
    }

    It 'offers the columns of Parquet files where they can be read' {
        $file = Join-Path $TestDrive 'a.parquet'
        $fast = (Get-TestedEngine) -eq 'net10.0'
        if ($fast) { $model | New-GaussianMixtureSample -Count 5 -Path $file }
        Get-Offer "Invoke-EmFit -Path $file -Property " | Should -BeExactly ($fast ? 'size' : '')
    }

    It 'offers nothing where nothing tells the columns: <_>' -ForEach @(
        'Import-Csv nowhere.csv | Invoke-EmFit -Property '
        'Get-Process | ForEach-Object { $_ } | Invoke-EmFit -Property '
        'Measure-Command { } | Invoke-EmFit -Property '
        '$nothing | Invoke-EmFit -Property '
        'Invoke-EmFit -Property '
    ) {
        Get-Completion $_ | Should -BeNullOrEmpty
    }
}

Describe 'The Tab key for classifiers' {
    BeforeAll { $global:classes = 1..9 | ForEach-Object { [pscustomobject]@{ x = [math]::Sin($_); y = $_ % 2 } } | New-MixtureClassifier y }
    AfterAll { Remove-Variable classes -Scope Global }

    It 'offers them where they are taken, and mixtures where these are' {
        $global:size = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property size
        try {
            Get-Offer 'Get-MixtureClass ' | Should -Match '\$classes'
            Get-Offer 'Get-MixtureClass ' | Should -Not -Match '\$size'
            Get-Offer 'Export-MixturePlot a.png ' | Should -Match '\$classes.*\$size'
            Get-Offer 'Get-MixtureMembership ' | Should -Not -Match '\$classes'
        }
        finally {
            Remove-Variable size -Scope Global
        }
    }

    It 'offers the columns of a file for -Class' {
        Get-Offer "New-MixtureClassifier -Path '$(Get-ExamplePath 'iris.csv')' -Class c" | Should -BeExactly 'class'
    }
}
