# What PowerShell shows below an error of the module, asked as its console asks: after a line of a session's history.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $manifest = (Get-Module GmmTools).Path -replace 'bin[\\/]GmmTools\.dll$', 'GmmTools.psd1'
    $faithful = Get-ExamplePath 'faithful.csv'

    # A session of its own: what is offered for a line, and the ids of its errors.
    function Get-Correction([string] $Line) {
        $runspace = [runspacefactory]::CreateRunspace()
        $runspace.Open()
        try {
            $shell = [powershell]::Create($runspace)
            $null = $shell.AddScript("
                Import-Module '$manifest'
                `$rows = Import-Csv '$faithful'
                `$fit = `$rows | Invoke-EmFit -ComponentCount 2
                `$comma = 'a;b', '1,5;2', '2,25;3', '3,5;4' | ConvertFrom-Csv -Delimiter ';'
                `$text = 'a,b', '1,x', '2,y', '3,z' | ConvertFrom-Csv
                `$gaps = 'a,b', '1,2', '2,', '3,4', '5,1', '2,7', '4,3' | ConvertFrom-Csv
                `$sizes = 'a', '1 MB', '2 MB', '5 MB' | ConvertFrom-Csv
                `$renamed = `$rows | Select-Object @{ n = 'eruption'; e = 'eruptions' }, waiting").Invoke()
            # as the console runs what is typed: the error knows the line of the history that it belongs to
            $runspace.SessionStateProxy.GetVariable('Error').Clear()
            try { $null = $runspace.CreatePipeline($Line, $true).Invoke() }
            catch { $null = $_ }
            $thrown = $runspace.SessionStateProxy.GetVariable('Error')[0]
            $id = [string] ($thrown.ErrorRecord ?? $thrown).FullyQualifiedErrorId
            $feedback = @([Management.Automation.Subsystem.Feedback.FeedbackHub]::GetFeedback($runspace) | Where-Object Name -EQ GmmTools)
            [pscustomobject]@{ ErrorId = $id -replace ',.*'; Line = @($feedback | ForEach-Object { $_.Item.RecommendedActions }) }
        }
        finally {
            $runspace.Dispose()
        }
    }
}

Describe 'A correction' -Tag FastEngine {
    It 'is offered for <Line>' -ForEach @(
        @{ Line = '$rows | Invoke-EmFit -Property waitng -ComponentCount 2'; Id = 'UnknownProperty'; Corrected = '$rows | Invoke-EmFit -Property waiting -ComponentCount 2' }
        @{ Line = '$x = 1; $rows | Invoke-EmFit "eruptons", waiting -ComponentCount 2 | Out-Null'; Id = 'UnknownProperty'; Corrected = '$x = 1; $rows | Invoke-EmFit eruptions, waiting -ComponentCount 2 | Out-Null' }
        @{ Line = '$renamed | Get-MixtureMembership $fit'; Id = 'UnknownProperty'; Corrected = '$renamed | Select-Object *, @{ Name = ''eruptions''; Expression = ''eruption'' } | Get-MixtureMembership $fit' }
        @{ Line = '$comma | Invoke-EmFit -ComponentCount 1'; Id = 'TextInNumericColumn'; Corrected = '$comma | Invoke-EmFit -ComponentCount 1 -Culture de-DE' }
        @{ Line = '$rows | Invoke-EmFit -ComponentCount 1 -Culture de-DE'; Id = 'TextInNumericColumn'; Corrected = '$rows | Invoke-EmFit -ComponentCount 1' }
        @{ Line = '$text | Invoke-EmFit -Property a, b -ComponentCount 1'; Id = 'TextInNumericColumn'; Corrected = '$text | Invoke-EmFit -Property a -ComponentCount 1' }
        @{ Line = '$sizes | Invoke-EmFit -Property a -ComponentCount 1'; Id = 'TextInNumericColumn'; Corrected = '$sizes | Invoke-EmFit -Property a -ComponentCount 1 -Unit Auto' }
        @{ Line = '$gaps | Invoke-EmFit -ComponentCount 1'; Id = 'MissingValue'; Corrected = '$gaps | Invoke-EmFit -ComponentCount 1 -MissingValue Omit' }
    ) {
        $given = Get-Correction $Line
        $given.ErrorId | Should -BeExactly $Id
        $given.Line | Should -BeExactly $Corrected

        # it is right: the same session gets through with it
        $again = Get-Correction $given.Line
        $again.Line | Should -BeNullOrEmpty
        $again.ErrorId | Should -BeNullOrEmpty
    }

    It 'is not offered for <Line>' -ForEach @(
        @{ Line = '$rows | Invoke-EmFit -Property nothing_like_it -ComponentCount 2' }
        @{ Line = 'Get-Item /nowhere/at/all' }
        @{ Line = '$rows | Invoke-EmFit -ComponentCount 0' }
        @{ Line = '$rows | Invoke-EmFit -ComponentCount 2' }
    ) {
        (Get-Correction $Line).Line | Should -BeNullOrEmpty
    }

    It 'puts nothing into the line that a terminal would obey' {
        (Get-Correction "'a', '1' | ConvertFrom-Csv | Select-Object @{ n = ""x`e[31m1""; e = 'a' } | Invoke-EmFit -Property x2").Line | Should -BeNullOrEmpty
    }

    It 'is gone with the module' {
        $count = '@([Management.Automation.Subsystem.SubsystemManager]::GetSubsystemInfo([Management.Automation.Subsystem.SubsystemKind]::FeedbackProvider).Implementations | Where-Object Name -EQ GmmTools).Count'
        @(& (Join-Path $PSHOME 'pwsh') -NoProfile -Command "Import-Module '$manifest'; $count; try { New-GaussianMixture -Weight 2 -Mean 0 -Covariance 1 } catch { $count }; Remove-Module GmmTools; $count") | Should -BeExactly '0', '1', '0'
    }
}
