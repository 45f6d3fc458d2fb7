# What appears on a screen: objects of the commands, and copies of them that have been in a file or another process.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:rows = Import-Example 'faithful.csv'
    $script:fit = Get-FaithfulFit
    $script:failed = @($rows[0..5] | Invoke-EmFit -ComponentCount 1, 9 -WarningAction SilentlyContinue)[1]

    function Copy-Serialized($Item) { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Item)) }

    # the lines of a text without superfluous spaces, with numbers as they are in the invariant culture: they are shown in that of the session
    function Get-InvariantText([string] $Text) { $Text -replace "(?<=[0-9])$([regex]::Escape((Get-Culture).NumberFormat.NumberDecimalSeparator))(?=[0-9])", '.' }

    function Get-SqueezedLine([string] $Text) { (Get-InvariantText $Text) -split '\r?\n' | ForEach-Object { ($_ -replace ' +', ' ').Trim() } }

    function Get-LongestLine([string] $Text) { ($Text -split '\r?\n' | ForEach-Object { $_.TrimEnd().Length } | Measure-Object -Maximum).Maximum }
}

Describe 'The screen' -Tag Culture {
    It 'shows a table of <Script> and of its copy' -ForEach @(
        @{ Script = { $fit }; Header = 'K Model Rows LogLik df BIC ICL Iter Status' }
        @{ Script = { $fit.Mixture }; Header = 'K Model Parameters Columns' }
        @{ Script = { $fit.Mixture.Components[0] }; Header = '# Weight Mean ± standard deviation' }
        @{ Script = { $fit.Starts[0] }; Header = 'Start Initialization LogLik Iterations StopReason Collapses' }
        @{ Script = { $rows | Measure-MixtureLikelihood $fit }; Header = 'Rows LogLik PerRow df BIC AIC ICL' }
        @{ Script = { Compare-GaussianMixture $fit $fit }; Header = 'Parameter Reference Difference Deviation' }
        @{ Script = { Merge-MixtureComponent $fit }; Header = 'Clusters Entropy Drop MergedRows Overlap Elbow Components' }
        @{ Script = { $rows | Compare-MixtureSample $rows }; Header = 'Group Column Before After TotalHarm AdjP Verdict' }
        @{ Script = { Import-Example 'iris.csv' | New-MixtureClassifier class }; Header = 'Method Classes Model K Rows LogLik df BIC Error' }
        @{ Script = { (Import-Example 'iris.csv' | New-MixtureClassifier class).Classes }; Header = 'Name Prior Rows K Model' }
        @{ Script = { Import-Example 'iris.csv' | Measure-MixtureClassifier class }; Header = 'Method Rows Folds Times Error ± SE LogLoss ± SE Brier ± SE' }
        @{ Script = { (Import-Example 'iris.csv' | Measure-MixtureClassifier class).Confusion }; Header = 'Class Predicted Count Share' }
        @{ Script = { Import-MixtureDriver Sqlite }; Header = 'Name Package Version' }
        @{ Script = { Find-MixtureOutlier $fit -LevelOnly }; Header = 'FalseAlarmRate LogDensity StandardError Method Sample' }
        @{ Script = { $fit | Get-MixtureComponent }; Header = '# Weight Mean ± standard deviation' }
    ) {
        $given = & $Script
        foreach ($shown in $given, (Copy-Serialized $given)) {
            $text = $shown | Format-Screen
            Get-SqueezedLine $text | Where-Object { $_ -ceq $Header } | Should -Not -BeNullOrEmpty
            Get-LongestLine $text | Should -BeLessOrEqual 120
        }
    }

    It 'shows a fit in a table that can be read aloud' {
        $lines = Get-SqueezedLine ($fit | Format-Screen)
        $lines | Where-Object { $_.StartsWith('2 VVV 272 -1130.264 11 2322.192 2323.581', 'Ordinal') } | Should -Not -BeNullOrEmpty
    }

    It 'shows components with the names of the columns' {
        $text = Get-InvariantText ($fit | Get-MixtureComponent | Format-Screen)
        $text.Contains('0.6441 eruptions 4.2897 ± 0.4123, waiting 79.968 ± 6.004') | Should -BeTrue -Because $text
    }

    It 'shows a weight of <Weight> as <Shown>' -Tag Culture -ForEach @(
        @{ Weight = 3.2e-7; Shown = '3.2e-7'; Other = '1-3e-7' }
        @{ Weight = 4e-9; Shown = '4e-9'; Other = '1-4e-9' }
        @{ Weight = 2.6e-12; Shown = '3e-12'; Other = '1.0000' }
        @{ Weight = 0.00004; Shown = '4e-5'; Other = '1-4e-5' }
        @{ Weight = 0.0001; Shown = '0.0001'; Other = '0.9999' }
    ) {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
            $mixture = New-GaussianMixture -Weight (1 - $Weight), $Weight -Mean @(0), @(10) -Covariance 1, 1
            $lines = ($mixture.Components | Format-Table | Out-String) -split '\r?\n' -match '^ +[12] '
            ($lines[0].Trim() -split ' +')[1] | Should -BeExactly $Other
            ($lines[1].Trim() -split ' +')[1] | Should -BeExactly $Shown
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }

    It 'groups comparisons by pair' {
        $text = Get-InvariantText (Compare-GaussianMixture $fit $fit | Format-Screen)
        $text.Contains('Components: 1 and 1, Hellinger distance 0.0000') | Should -BeTrue -Because $text
    }

    Context 'of <What>' -ForEach @(
        @{ What = 'a fit'; Copied = $false }
        @{ What = 'a copy of a fit'; Copied = $true }
    ) {
        BeforeAll {
            $script:shownFit = $Copied ? (Copy-Serialized $fit) : $fit
            $script:shownFailure = $Copied ? (Copy-Serialized $failed) : $failed
        }

        It 'tells in the status what became of it' {
            Get-InvariantText ($shownFit | Format-Screen) | Should -MatchExactly '2323\.581 +[0-9]+ Converged'
            $shownFailure | Format-Screen | Should -MatchExactly 'not fitted: 6 rows cannot'
        }

        It 'summarizes the counts, the fit, the sizes and the parameters' {
            $text = [GmmTools.Output.FitSummary]::Format($shownFit) | Format-Screen
            $lines = Get-SqueezedLine $text
            foreach ($line in @(
                    'VVV (ellipsoidal, varying volume, shape and orientation), 2 components, 272'
                    '-1130.264 272 11 2322.192 2323.581'
                    'Weight 0.6441 0.3559'
                    'Expected rows 175.2 96.8'
                    'eruptions 4.2897 2.0364'
                )) {
                $lines -ccontains $line | Should -BeTrue -Because $line
            }
            $lines | Where-Object { $_.StartsWith('Converged after ', 'Ordinal') } | Should -Not -BeNullOrEmpty
            $lines | Where-Object { $_.StartsWith('eruptions, waiting 0.94', 'Ordinal') } | Should -Not -BeNullOrEmpty
            Get-LongestLine $text | Should -BeLessThan 80
        }

        It 'summarizes a failure with its reason' {
            $text = [GmmTools.Output.FitSummary]::Format($shownFailure) | Format-Screen
            $text.Contains('Not fitted: 6 rows cannot determine 9 components.') | Should -BeTrue -Because $text
            $text.Contains('NaN') | Should -BeFalse -Because $text
        }
    }
}

Describe 'The views of the module' {
    It 'have a table and a list for every type that a command gives, and for its copy' {
        $views = ([xml](Get-Content -LiteralPath (Join-Path (Get-RepositoryRoot) 'src/GmmTools/GmmTools.format.ps1xml') -Raw)).Configuration.ViewDefinitions.View
        $given = @((Get-Command -Module GmmTools).OutputType.Name | Where-Object { $_.StartsWith('GmmTools.', 'Ordinal') } | Select-Object -Unique)
        $given | Should -Not -BeNullOrEmpty
        foreach ($type in $given + ($given | ForEach-Object { "Deserialized.$_" })) {
            $own = @($views | Where-Object { $_.SelectNodes('.//TypeName').InnerText -ccontains $type })
            foreach ($control in 'TableControl', 'ListControl') {
                @($own | Where-Object { $_.SelectSingleNode($control) }) | Should -Not -BeNullOrEmpty -Because "$type needs a $control"
            }
        }
    }
}
