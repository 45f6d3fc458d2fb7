# Names of columns, paths and cells are data: no control sequence in them reaches the terminal.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:escape = [char] 27
    $script:name = "$escape]0;owned$([char] 7)x"
    $script:rows = 1..30 | ForEach-Object { [pscustomobject]@{ $name = $_ * 7 % 20; y = $_ * 3 % 20 } }
    $script:fit = $rows | Invoke-EmFit $name, y 2 -WarningAction SilentlyContinue
}

Describe 'A column whose name is a control sequence' {
    It 'keeps its name in the model' {
        $fit.Property | Should -BeExactly @($name, 'y')
        ($fit | Get-MixtureComponent)[0].PSObject.Properties.Name | Should -Contain "Mean_$name"
    }

    It 'is shown in <View>' -ForEach @(
        @{ View = 'the list of a fit'; Code = { $fit | Format-List } }
        @{ View = 'the summary of a fit'; Code = { $fit | Format-Custom } }
        @{ View = 'the table of a mixture'; Code = { $fit.Mixture | Format-Table } }
        @{ View = 'the list of a mixture'; Code = { $fit.Mixture | Format-List } }
        @{ View = 'the table of components'; Code = { $fit | Get-MixtureComponent | Format-Table } }
        @{ View = 'a comparison'; Code = { Compare-GaussianMixture $fit $fit } }
        @{ View = 'a picture'; Code = { Show-MixturePlot -Model $fit -Color Never } }
    ) {
        $text = & $Code | Out-String -Width 500
        # colours of the module and of PowerShell are no titles of windows
        $text | Should -Not -Match ([regex]::Escape("$escape]"))
        $text.Contains([char] 7) | Should -BeFalse
        $text.Contains('\x1b]0;owned\x07x') | Should -BeTrue -Because $text
    }

    It 'is shown in errors, in every view of them' {
        $record = try { $rows | Invoke-EmFit "$($name)y" 2 } catch { $_ }
        $record.FullyQualifiedErrorId | Should -BeLike 'UnknownProperty,*'
        foreach ($view in 'ConciseView', 'NormalView', 'CategoryView') {
            $text = & { $ErrorView = $view; $record | Out-String -Width 500 }
            $text | Should -Not -Match ([regex]::Escape("$escape]"))
        }

        "$record".Contains('\x1b]0;owned\x07xy') | Should -BeTrue -Because "$record"
        $record.Exception.Column | Should -BeExactly "$($name)y"
    }

    It 'is shown in warnings' {
        $null = @($rows) + [pscustomobject]@{ $name = ''; y = 3 } | Invoke-EmFit $name, y 1 -MissingValue Omit -WarningVariable said -WarningAction SilentlyContinue
        "$said".Contains($escape) | Should -BeFalse
    }

    It 'is shown when a file is named so' {
        $record = try { Invoke-EmFit -LiteralPath (Join-Path $TestDrive "$name.csv") x 1 } catch { $_ }
        "$record".Contains($escape) | Should -BeFalse
        $record.Exception.Message.Contains('\x1b]0;owned') | Should -BeTrue -Because $record.Exception.Message
    }
}
