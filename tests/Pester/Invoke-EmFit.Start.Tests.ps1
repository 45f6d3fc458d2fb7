# Where a fit starts from, what becomes of collapses, the prior.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:faithful = Import-Example 'faithful.csv'
    $script:irisLogLikelihood = -180.185477

    function Assert-FromResponsibilities($Fit) {
        $Fit.Property | Should -BeExactly 'eruptions', 'waiting'
        @($Fit.Starts).Count | Should -Be 1
        Assert-Close $Fit.LogLikelihood -1130.264 5e-4
    }
}

Describe 'The start of Invoke-EmFit' {
    Context 'from labels' {
        BeforeAll {
            $script:path = Get-ExamplePath 'iris.csv'
            $script:rows = Import-Csv $path
        }

        It 'takes labels for a start and not for data: <_>' -ForEach @(
            '$rows | Invoke-EmFit -InitialComponent class'
            '$rows | Invoke-EmFit -Property * -InitialComponent CLASS -ComponentCount 3'
            'Invoke-EmFit -Path $path -InitialComponent class'
            'Invoke-EmFit -Path $path -Property *_* -InitialComponent class -ComponentCount 3'
        ) {
            $fit = . ([scriptblock]::Create("$_ -Tolerance 1e-12"))
            @($fit.Property).Count | Should -Be 4
            Assert-Close $fit.LogLikelihood $irisLogLikelihood 1e-6
            @($fit.Starts).Count | Should -Be 1
        }

        It 'takes numbers among nameless cells' {
            $fit = $faithful | ForEach-Object { , @([double]$_.eruptions, [double]$_.waiting, [int]([double]$_.waiting -gt 68)) } | Invoke-EmFit -InitialComponent x3
            $fit.Property | Should -BeExactly 'x1', 'x2'
            Assert-Close $fit.LogLikelihood -1130.263960 1e-4
        }

        It 'keeps labels with rows of which cells are missing' {
            $i = 0
            $fit = $faithful | ForEach-Object { [pscustomobject]@{ eruptions = if (++$i % 7) { $_.eruptions }; waiting = if ($i % 5) { $_.waiting }; late = [double]$_.waiting -gt 68 } } |
                Invoke-EmFit eruptions, waiting -InitialComponent late -MissingValue Marginalize -WarningAction SilentlyContinue
            Assert-Close @($fit.Mixture.Components)[0].Weight 0.644 0.02
        }
    }

    Context 'from responsibilities' {
        It 'takes them for a start and not for data: <_>' -ForEach @(
            '$table | Invoke-EmFit -InitialResponsibility p1, p2'
            '$table | Invoke-EmFit eruptions, waiting -InitialResponsibility p?'
            '$table | Invoke-EmFit -InitialResponsibility p* -ComponentCount 2'
        ) {
            $table = $faithful | ForEach-Object { $p = [int]([double]$_.waiting -gt 68); [pscustomobject]@{ eruptions = $_.eruptions; waiting = $_.waiting; p1 = 5 * $p; p2 = 2 * (1 - $p) } }
            Assert-FromResponsibilities (. ([scriptblock]::Create($_)))
        }

        It 'takes columns of a file, and names a row of which they sum to 0' {
            $file = Join-Path $TestDrive 'responsibilities.csv'
            $faithful | ForEach-Object { $late = [double]$_.waiting -gt 68; "$($_.eruptions),$($_.waiting),$($late ? '1,0' : '0,0.5')" } |
                Set-Content $file
            Set-Content $file (@('eruptions,waiting,p1,p2') + (Get-Content $file))
            Assert-FromResponsibilities (Invoke-EmFit -LiteralPath $file -InitialResponsibility p*)
            Add-Content $file '3,70,0,0'
            $null = Assert-Failure { Invoke-EmFit -LiteralPath $file -InitialResponsibility p* } -ErrorId InvalidResponsibility -Contains 'Row 273 of', 'the responsibilities sum to 0'
        }
    }

    Context 'of rows that are left out' {
        BeforeAll {
            # iris, and among its rows others that have gaps or do not count, with labels that would mislead
            $script:path = Join-Path $TestDrive 'flowers.csv'
            $lines = Get-Content (Get-ExamplePath 'iris.csv')
            $labels = @($lines | Select-Object -Skip 1 | ForEach-Object { $_.Split(',')[-1] } | Select-Object -Unique)
            $written = [Collections.Generic.List[string]]::new()
            $written.Add("id,$($lines[0]),n,p1,p2,p3")
            for ($i = 1; $i -lt $lines.Count; $i++) {
                $cells = $lines[$i].Split(',')
                $written.Add("$i,$($lines[$i]),1,$(@($labels | ForEach-Object { [int]($_ -ceq $cells[-1]) }) -join ',')")
                if ($i % 2 -eq 0) {
                    $written.Add("$i,$($cells[0]),,$($cells[2]),$($cells[3]),other,1,5,5,5")
                    $written.Add("$i,$($cells[0..3] -join ','),another,0,0,0,0")
                }
            }
            Set-Content $path $written
            $script:rows = Import-Csv $path
        }

        It 'goes with them: <_>' -ForEach @(
            '$rows | Invoke-EmFit -InitialComponent class -ExcludeProperty id, p? -WeightProperty n -MissingValue Omit -Tolerance 1e-12'
            'Invoke-EmFit -Path $path -InitialComponent class -ExcludeProperty id, p? -WeightProperty n -MissingValue Omit -Tolerance 1e-12'
            'Invoke-EmFit -Path $path *_* -InitialResponsibility p? -ExcludeProperty id -WeightProperty n -MissingValue Omit -Tolerance 1e-12'
            '$rows | Invoke-EmFit *_* -InitialResponsibility p1, p2, p3 -WeightProperty n -MissingValue Omit -Tolerance 1e-12'
            '$rows | Invoke-EmFit *_* -InitialComponent class -WeightProperty n -MissingValue Omit -Standardize -Tolerance 1e-12'
        ) {
            $WarningPreference = 'SilentlyContinue'
            $fit = . ([scriptblock]::Create($_))
            @($fit.Property).Count | Should -Be 4
            Assert-Close $fit.LogLikelihood $irisLogLikelihood 1e-6
            $fit.RowCount | Should -Be 150
            $fit.OmittedRowCount | Should -Be 75
        }
    }

    It 'is an error that names the row and the remedy: <ErrorId> after <Code>' -ForEach @(
        @{ ErrorId = 'InvalidResponsibility'; Part = 'Row 3: the responsibilities sum to 0'; Code = '$rows[2].p = 0; $rows[2].q = 0; $rows | Invoke-EmFit x -InitialResponsibility p, q' }
        @{ ErrorId = 'InvalidResponsibility'; Part = 'Row 3: the responsibility of component 2 is -1'; Code = '$rows[2].q = -1; $rows | Invoke-EmFit x -InitialResponsibility p, q' }
        @{ ErrorId = 'TextInNumericColumn'; Part = 'Row 3, column ''q'''; Code = '$rows[2].q = ''much''; $rows | Invoke-EmFit x -InitialResponsibility p, q' }
        @{ ErrorId = 'MissingLabel'; Part = 'Row 3 has no label'; Code = '$rows[2].c = $null; $rows | Invoke-EmFit x -InitialComponent c' }
        @{ ErrorId = 'InitialResponsibilityMismatch'; Part = '2 components, but 3 were requested'; Code = '$rows | Invoke-EmFit x 3 -InitialComponent c' }
        @{ ErrorId = 'UnknownProperty'; Part = 'no column ''d'''; Code = '$rows | Invoke-EmFit x -InitialComponent d' }
        @{ ErrorId = 'AmbiguousInitialComponent'; Part = 'Name one column'; Code = '$rows | Invoke-EmFit x -InitialComponent [pq]' }
        @{ ErrorId = 'TwoStarts'; Part = 'Leave one of them out'; Code = '$rows | Invoke-EmFit x -InitialComponent c -InitialResponsibility p, q' }
        @{ ErrorId = 'TwoStarts'; Part = 'Leave one of them out'; Code = '$rows | Invoke-EmFit x -InitialComponent c -InitialModel (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property x)' }
        @{ ErrorId = 'InvalidCovarianceFloor'; Part = 'at least 0 and less than 1'; Code = '$rows | Invoke-EmFit x 2 -CovarianceFloor 1' }
        @{ ErrorId = 'PriorNotAvailable'; Part = 'EII, VII, EEI, VVI, EEE, VVV'; Code = '$rows | Invoke-EmFit x, y 2 -CovarianceModel VEV -Prior' }
    ) {
        $rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 20; y = $_ * 3 % 20; p = $_ % 3; q = 1; c = 'ab'[$_ % 2] } }
        $null = Assert-Failure { . ([scriptblock]::Create($Code)) } -ErrorId $ErrorId -Contains $Part
    }

    It 'can be chosen: <_>' -ForEach 'KMeans', 'hierarchical', 'Random', 'ShortRuns', 'Split' {
        $fit = $faithful | Invoke-EmFit eruptions, waiting 2 -Initialization $_
        Assert-Close $fit.LogLikelihood -1130.264 5e-4
        @($fit.Starts)[0].Initialization | Should -Be $_
    }
}

Describe 'What keeps Invoke-EmFit from degenerate fits' {
    It 'is a policy for collapses: <Policy> leaves <Count> components' -ForEach @(
        @{ Policy = 'Reseed'; Count = 3 }
        @{ Policy = 'Drop'; Count = 2 }
        @{ Policy = 'Stop'; Count = 3 }
    ) {
        $start = New-GaussianMixture -Weight 0.4, 0.3, 0.3 -Mean 0, 5, 1e6 -Covariance 1, 1, 1 -Property x
        $fit = 1..40 | ForEach-Object { [pscustomobject]@{ x = $_ * 37 % 41 / 10 + 10 * ($_ % 2) } } |
            Invoke-EmFit -InitialModel $start -CollapsePolicy $Policy -WarningAction SilentlyContinue
        $fit.ComponentCount | Should -Be $Count
        ("$($fit.StopReason)" -eq 'Collapsed') | Should -Be ($Policy -eq 'Stop')
        $fit.CollapseCount -gt 0 -or $Policy -eq 'Stop' | Should -BeTrue
        # a fit that converges after the restart is sound, and none of the components that were asked for is missing
        ($fit.Warnings.Count -eq 0) | Should -Be ($Policy -eq 'Reseed')
    }

    It 'is a prior, which lowers the likelihood a little' {
        Assert-Close ($faithful | Invoke-EmFit eruptions, waiting 2 -Prior).LogLikelihood -1130.509 1e-3
    }

    It 'is a floor of the covariances' {
        Assert-Close ($faithful | Invoke-EmFit eruptions, waiting 2 -CovarianceFloor 0).LogLikelihood -1130.264 5e-4
    }
}
