BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule

    # the numbers of a component, in the order of Get-MixtureComponent
    function Get-Cell($Row) { $Row.PSObject.Properties.Value | Select-Object -Skip 1 }
}

Describe 'New-GaussianMixture' {
    It 'makes a mixture of parameters as people write them' {
        $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(1, 2), @(5, 6) -Covariance @(@(2, 1), @(1, 3)), @(@(1, 0), @(0, 1)) -Property a, b
        $mixture.ComponentCount | Should -Be 2
        $mixture.Components[0].Mean | Should -Be 1, 2
        $mixture.Components[0].Covariance[1, 1] | Should -Be 3
    }

    It 'takes plain numbers and lists for one column: <Name>' -ForEach @(
        @{ Name = 'numbers'; Mean = 1, 5; Covariance = 1, 2 }
        @{ Name = 'lists'; Mean = @(@(1), @(5)); Covariance = @(@(1), @(2)) }
        @{ Name = 'texts and matrices'; Mean = '1', '5'; Covariance = @(, @(, 1)), @(, @(, 2)) }
    ) {
        $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean $Mean -Covariance $Covariance
        Assert-SameMixture (New-GaussianMixture -Weight 0.7, 0.3 -Mean 1, 5 -Covariance 1, 2) $mixture
        $mixture.Dimension | Should -Be 1
    }

    It 'takes lists and matrices for two columns: <Call>' -ForEach @(
        @{ Call = { New-GaussianMixture -Weight 0.6, 0.4 -Mean @(1, 2), @(5, 6) -Covariance @(@(2, 1), @(1, 3)), @(@(4, 0), @(0, 1)) } }
        @{ Call = { New-GaussianMixture -Weight 0.6, 0.4 -Mean @(1, 2), @(5, 6) -Covariance @(2, 1, 1, 3), @(4, 0, 0, 1) } }
        @{ Call = { New-GaussianMixture -Weight 0.6, 0.4 -Mean $means -Covariance $first, $second } }
        @{ Call = { New-GaussianMixture -Weight 0.6, 0.4 -Mean ([double[][]](@(1, 2), @(5, 6))) -Covariance ([object[]]($first, $second)) } }
    ) {
        function New-Matrix($a, $b, $c, $d) { $m = [double[,]]::new(2, 2); $m[0, 0] = $a; $m[0, 1] = $b; $m[1, 0] = $c; $m[1, 1] = $d; , $m }
        $means = New-Matrix 1 2 5 6
        $first = New-Matrix 2 1 1 3
        $second = New-Matrix 4 0 0 1
        $rows = & $Call | Get-MixtureComponent
        Get-Cell $rows[0] | Should -Be 0.6, 1, 2, 2, 1, 3
        Get-Cell $rows[1] | Should -Be 0.4, 5, 6, 4, 0, 1
    }

    It 'needs no nesting for one component: <Call>' -ForEach @(
        @{ Call = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance @(@(2, 1), @(1, 3)) } }
        @{ Call = { New-GaussianMixture -Weight 1 -Mean (, @(1, 2)) -Covariance (, @(@(2, 1), @(1, 3))) } }
        @{ Call = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 2, 1, 1, 3 } }
    ) {
        $rows = @(& $Call | Get-MixtureComponent)
        $rows | Should -HaveCount 1
        Get-Cell $rows[0] | Should -Be 1, 1, 2, 2, 1, 3
    }

    It 'numbers components by decreasing weight' {
        (New-GaussianMixture -Weight 0.3, 0.7 -Mean 1, 5 -Covariance 1, 1).Components[0].Mean[0] | Should -Be 5
    }

    It 'says which parameter is wrong (<ErrorId>): <Call>' -Tag Culture -ForEach @(
        @{ ErrorId = 'WeightSum'; Part = 'Divide each by 1.1'; Call = { New-GaussianMixture -Weight 0.5, 0.6 -Mean 1, 2 -Covariance 1, 1 } }
        @{ ErrorId = 'InvalidWeight'; Part = 'Weight 1 is -0.5'; Call = { New-GaussianMixture -Weight -0.5, 1.5 -Mean 1, 2 -Covariance 1, 1 } }
        @{ ErrorId = 'CovarianceNotPositiveDefinite'; Part = 'smallest eigenvalue is -1'; Call = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance @(1, 2), @(2, 1) } }
        @{ ErrorId = 'CovarianceNotSymmetric'; Part = 'entry (2, 1) is 0.5'; Call = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance @(1, 0.2), @(0.5, 1) } }
        @{ ErrorId = 'ComponentCountMismatch'; Part = '3 items'; Call = { New-GaussianMixture -Weight 0.5, 0.5 -Mean 1, 2, 3 -Covariance 1, 1 } }
        @{ ErrorId = 'DimensionMismatch'; Part = '2 x 2'; Call = { New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1, 2), @(3, 4) -Covariance 1, 1 } }
        @{ ErrorId = 'DimensionMismatch'; Part = 'component 2'; Call = { New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1, 2), @(3) -Covariance @(1, 0, 0, 1), @(1, 0, 0, 1) } }
        @{ ErrorId = 'MeanNotFinite'; Part = 'component 1'; Call = { New-GaussianMixture -Weight 1 -Mean ([double]::NaN) -Covariance 1 } }
        @{ ErrorId = 'NotNumeric'; Part = "'many'"; Call = { New-GaussianMixture -Weight 1 -Mean many -Covariance 1 } }
        @{ ErrorId = 'EmptyMixture'; Part = 'at least one component'; Call = { New-GaussianMixture -Weight @() -Mean @() -Covariance @() } }
        @{ ErrorId = 'PropertyCountMismatch'; Part = 'one name per column'; Call = { New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property a, b } }
        @{ ErrorId = 'DuplicateProperty'; Part = "'A'"; Call = { New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1 -Property a, A } }
    ) {
        (Assert-Failure $Call -ErrorId $ErrorId -Contains $Part).CategoryInfo.Category | Should -Be InvalidArgument
    }
}

Describe 'New-GaussianMixture -Random' {
    It 'draws the same mixture for the same seed' {
        $first = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
        $second = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
        Assert-SameMixture $first $second
        (Compare-GaussianMixture $first $second).Deviation | Should -Be (, 0.0 * 18)
    }

    It 'draws others without a seed, and -Verbose tells the seed' {
        $output = 1..2 | ForEach-Object { New-GaussianMixture -Random -ComponentCount 1 -Dimension 1 -Verbose } 4>&1
        $said = @($output | Where-Object { $_ -is [Management.Automation.VerboseRecord] })
        $mixtures = @($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] })
        $said | Should -HaveCount 2
        $said[0].Message | Should -Not -Be $said[1].Message
        $mixtures[0].Components[0].Mean[0] | Should -Not -Be $mixtures[1].Components[0].Mean[0]
    }

    It 'keeps the means within the range' {
        $mixture = New-GaussianMixture -Random -ComponentCount 20 -Dimension 3 -Range 0.5 -Seed 1 -Property a, b, c
        $means = @($mixture.Components.Mean)
        $means | Should -HaveCount 60
        $means | Where-Object { -not ($_ -ge -0.5 -and $_ -le 0.5) } | Should -BeNullOrEmpty
        $mixture.Property | Should -BeExactly 'a', 'b', 'c'
    }
}

Describe 'New-GaussianMixture of the rows of Get-MixtureComponent' {
    It 'gives the same mixture of <_> columns again' -ForEach 1, 2, 5 {
        $mixture = New-GaussianMixture -Random -ComponentCount 3 -Dimension $_ -Seed 5
        Assert-SameMixture $mixture ($mixture | Get-MixtureComponent | New-GaussianMixture)
        Assert-SameMixture $mixture (New-GaussianMixture -InputObject ($mixture | Get-MixtureComponent))
    }

    It 'reads them as text of the culture ''<_>''' -Tag Culture -ForEach '', 'de-DE' {
        $culture = [cultureinfo]::GetCultureInfo($_)
        $mixture = New-GaussianMixture -Random -ComponentCount 3 -Dimension 3 -Seed 5
        $rows = $mixture | Get-MixtureComponent | ForEach-Object {
            $row = [ordered]@{}
            foreach ($cell in $_.PSObject.Properties) { $row[$cell.Name] = [Convert]::ToString($cell.Value, $culture) }
            [pscustomobject]$row
        }
        Assert-SameMixture $mixture ($rows | New-GaussianMixture -Culture $culture)
    }

    It 'reads back what Export-Csv wrote, without loss, in <_>' -Tag Culture -ForEach 'en-US', 'de-DE', 'fr-FR' {
        $mixture = New-GaussianMixture -Random -ComponentCount 3 -Dimension 3 -Seed 5 -Property 'size', 'b_c', 'b'
        $file = Join-Path $TestDrive 'components.csv'
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $mixture | Get-MixtureComponent | Export-Csv $file -NoTypeInformation -UseCulture
            $back = Import-Csv $file -UseCulture | New-GaussianMixture -Culture $_
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        $back.Property | Should -Be 'size', 'b_c', 'b'
        Assert-SameMixture $mixture $back
    }

    It 'keeps names of columns with underscores' {
        # a, b_c and a_b, c both make Covariance_a_b_c
        $names = 'a', 'b_c', 'a_b', 'c', '_', 'Mean_x', 'b_c_'
        $mixture = New-GaussianMixture -Random -ComponentCount 2 -Dimension $names.Count -Seed 5 -Property $names
        $read = $mixture | Get-MixtureComponent | New-GaussianMixture
        $read.Property | Should -BeExactly $names
        Assert-SameMixture $mixture $read
    }

    It 'reads either triangle of a covariance matrix' {
        $row = [pscustomobject]@{ Weight = '1'; Mean_b = '5'; Mean_a = '6'; Covariance_a_a = '2'; Covariance_a_b = '1'; Covariance_b_b = '3' }
        Get-Cell ($row | New-GaussianMixture | Get-MixtureComponent) | Should -Be 1, 5, 6, 3, 1, 2
    }

    It 'says which row or column is wrong (<ErrorId>): <Columns> = <Cells>' -ForEach @(
        @{ ErrorId = 'MissingColumn'; Part = 'Mean_'; Columns = 'Component, Weight'; Cells = '1, 1' }
        @{ ErrorId = 'MissingColumn'; Part = "'Weight'"; Columns = 'Mean_a, Covariance_a_a'; Cells = '1, 1' }
        @{ ErrorId = 'MissingColumn'; Part = "'Covariance_a_a'"; Columns = 'Weight, Mean_a'; Cells = '1, 1' }
        @{ ErrorId = 'UnknownComponentColumn'; Part = "'Covariance_a_z'"; Columns = 'Weight, Mean_a, Covariance_a_a, Covariance_a_z'; Cells = '1, 1, 1, 1' }
        @{ ErrorId = 'TextInNumericColumn'; Part = "column 'Mean_a': 'one'"; Columns = 'Weight, Mean_a, Covariance_a_a'; Cells = '1, one, 1' }
        @{ ErrorId = 'MissingValue'; Part = "Row 1, column 'Mean_a'"; Columns = 'Weight, Mean_a, Covariance_a_a'; Cells = '1, , 1' }
        @{
            ErrorId = 'CovarianceNotSymmetric'; Part = "'Covariance_b_a'"
            Columns = 'Weight, Mean_a, Mean_b, Covariance_a_a, Covariance_a_b, Covariance_b_a, Covariance_b_b'
            Cells = '1, 1, 1, 1, 0.1, 0.2, 1'
        }
    ) {
        $row = [ordered]@{}
        for ($i = 0; $i -lt ($Columns -split ', ').Count; $i++) { $row[($Columns -split ', ')[$i]] = ($Cells -split ', ')[$i] }
        $row = [pscustomobject]$row
        Assert-Failure { $row | New-GaussianMixture } -ErrorId $ErrorId -Contains $Part
    }

    It 'leads from decimal commas to the culture' -Tag Culture {
        $row = [pscustomobject]@{ Weight = '1'; Mean_a = '1,5'; Covariance_a_a = '1' }
        Assert-Failure { $row | New-GaussianMixture } -ErrorId TextInNumericColumn -Contains "'1,5'", '-Culture de-DE'
    }

    It 'takes dictionaries as rows' {
        $read = [ordered]@{ Weight = 1; Mean_a = 2; Covariance_a_a = 3 } | New-GaussianMixture
        Assert-SameMixture (New-GaussianMixture -Weight 1 -Mean 2 -Covariance 3 -Property a) $read
    }

    It 'takes lists as arguments' {
        $list = [Collections.ArrayList]::new()
        $null = $list.Add([pscustomobject]@{ Weight = '1'; Mean_a = '2'; Covariance_a_a = '3' })
        Assert-SameMixture (New-GaussianMixture -Weight 1 -Mean 2 -Covariance 3 -Property a) (New-GaussianMixture -InputObject $list)
    }

    It 'refuses a row of nothing' {
        Assert-Failure { $null | New-GaussianMixture } -ErrorId EmptyRow -Contains 'Row 1'
    }

    It 'refuses rows of two mixtures' {
        $mixture = New-GaussianMixture -Random -ComponentCount 2 -Dimension 1 -Seed 1
        Assert-Failure { $mixture, $mixture | Get-MixtureComponent | New-GaussianMixture } -ErrorId DuplicateComponent -Contains 'Row 3', 'component 1'
    }

    It 'refuses no rows' {
        Assert-Failure { @() | New-GaussianMixture } -ErrorId NoRows -Contains 'Get-MixtureComponent'
    }
}
