# Rows of every kind, the choice of their columns, and what is told of a fit.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $script:rows = Import-Example 'faithful.csv'
    $script:path = Get-ExamplePath 'faithful.csv'

    function Assert-Faithful($Fit) {
        Assert-Close $Fit.LogLikelihood -1130.264 1e-3
        $Fit.RowCount | Should -Be 272
    }

    function Assert-Mean([double[]] $Expected, $Fit) {
        $actual = @(@($Fit.Mixture.Components)[0].Mean)
        $actual.Count | Should -Be $Expected.Count
        for ($i = 0; $i -lt $Expected.Count; $i++) { Assert-Close $actual[$i] $Expected[$i] (1e-12 * [Math]::Abs($Expected[$i])) }
    }
}

Describe 'Rows for Invoke-EmFit' {
    It 'are texts as Import-Csv gives them' -Tag Culture {
        $fit = Get-FaithfulFit
        Assert-Faithful $fit
        $fit.Property | Should -BeExactly 'eruptions', 'waiting'
        $components = @($fit | Get-MixtureComponent)
        Assert-Close $components[0].Weight 0.644 5e-4
        Assert-Close $components[0].Mean_eruptions 4.290 5e-4
        Assert-Close $components[0].Mean_waiting 79.97 5e-3
        Assert-Close $components[1].Mean_eruptions 2.036 5e-4
        Assert-Close $components[1].Mean_waiting 54.48 5e-3
    }

    It 'give the same fit whatever they are: <_>' -Tag Culture -ForEach @(
        '$rows | Invoke-EmFit eruptions, waiting 2'
        'Invoke-EmFit -InputObject $rows -Property eruptions, waiting -ComponentCount 2'
        '$rows | Invoke-EmFit -Property WAIT*, erup* -ComponentCount 2'
        '$rows | ForEach-Object { @{ eruptions = $_.eruptions; waiting = $_.waiting } } | Invoke-EmFit waiting, eruptions 2'
        '$rows | ForEach-Object { [pscustomobject]@{ label = ''a''; e = [double]$_.eruptions; w = [int]$_.waiting } } | Invoke-EmFit -ComponentCount 2'
        '$rows | ForEach-Object { , @([double]$_.eruptions, [decimal]$_.waiting) } | Invoke-EmFit -ComponentCount 2'
        '$rows | ForEach-Object { , [double[]]($_.eruptions, $_.waiting) } | Invoke-EmFit a, b 2'
        'Invoke-EmFit -ComponentCount 2 -InputObject @($rows | ForEach-Object { , @($_.eruptions, $_.waiting) })'
    ) {
        Assert-Faithful (. ([scriptblock]::Create($_)))
    }

    It 'are tables of numbers by argument and by pipe: <_>' -ForEach 'rows', 'matrix', 'DataTable', 'DataView', 'DataRow' {
        $numbers = [double[][]]@($rows | ForEach-Object { , [double[]]($_.eruptions, $_.waiting) })
        $table = switch ($_) {
            'rows' { , $numbers }
            'matrix' {
                $matrix = [double[, ]]::new($numbers.Count, 2)
                for ($i = 0; $i -lt $numbers.Count; $i++) { $matrix[$i, 0], $matrix[$i, 1] = $numbers[$i] }
                , $matrix
            }
            default {
                $data = [System.Data.DataTable]::new()
                $null = $data.Columns.Add('name', [string]), $data.Columns.Add('eruptions', [double]), $data.Columns.Add('waiting', [int])
                foreach ($row in $numbers) { $null = $data.Rows.Add('row', $row[0], [int] $row[1]) }
                $_ -eq 'DataTable' ? (, $data) : $_ -eq 'DataView' ? (, $data.DefaultView) : (, $data.Select())
            }
        }
        Assert-Faithful (Invoke-EmFit -InputObject $table -ComponentCount 2)
        Assert-Faithful (, $table | Invoke-EmFit -ComponentCount 2)
    }

    It 'are plain numbers and their texts, which are one column' -Tag Culture {
        $fromNumbers = $rows | ForEach-Object { [double]$_.waiting } | Invoke-EmFit -ComponentCount 2
        $fromTexts = $rows | ForEach-Object waiting | Invoke-EmFit waiting 2
        $fromColumn = $rows | Invoke-EmFit waiting 2
        $fromNumbers.Property | Should -BeExactly 'x1'
        $fromTexts.Property | Should -BeExactly 'waiting'
        $fromNumbers.LogLikelihood | Should -Be $fromColumn.LogLikelihood
        $fromTexts.LogLikelihood | Should -Be $fromColumn.LogLikelihood
    }

    It 'are properties of any object' {
        $fit = 1..100 | ForEach-Object { [version]"$_.$($_ % 7)" } | Invoke-EmFit -Property Major, Minor -ComponentCount 1
        $fit.Property | Should -BeExactly 'Major', 'Minor'
    }

    It 'are read with what .NET declares and with what PowerShell adds' {
        Add-Type -TypeDefinition 'public sealed class MeasuredRow { public MeasuredRow(int whole, decimal exact, int divisor) { Whole = whole; Exact = exact; _divisor = divisor; } readonly int _divisor; public int Whole { get; } public decimal Exact { get; } public double Inverse => _divisor == 0 ? throw new System.InvalidOperationException("There is none.") : 1.0 / _divisor; } public sealed class OtherRow { public double Whole { get; set; } }'
        $items = 1..50 | ForEach-Object { [MeasuredRow]::new($_, $_ * 2.5d, $_ % 7) | Add-Member Noted ($_ * 3) -PassThru }
        Assert-Mean 25.5, 63.75, 76.5 ($items | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -Property Whole, Exact, Noted)
    }

    It 'lack a value where a property cannot tell it' {
        $items = [MeasuredRow]::new(1, 1, 1), [MeasuredRow]::new(2, 2, 0), [MeasuredRow]::new(3, 3, 2)
        $null = Assert-Failure { $items | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -Property Inverse } -ErrorId MissingValue -Contains 'Row 2', 'Inverse'
    }

    It 'may be objects of several types' {
        $items = [MeasuredRow]::new(1, 1, 1), [OtherRow]@{ Whole = 2.5 }, [MeasuredRow]::new(4, 1, 1), [OtherRow]@{ Whole = -1 }
        Assert-Mean 1.625 ($items | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -Property Whole)
    }

    It 'may be rows of several tables with their columns in another order' {
        $tables = foreach ($columns in ('a', 'b'), ('b', 'a')) {
            $table = [System.Data.DataTable]::new()
            foreach ($column in $columns) { $null = $table.Columns.Add($column, [double]) }
            foreach ($i in 1..5) {
                $row = $table.NewRow()
                $row['a'] = $i
                $row['b'] = $i + 1
                $table.Rows.Add($row)
            }
            , $table
        }
        Assert-Mean 3, 4 (@($tables[0].Rows) + @($tables[1].Rows) | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -Property a, b)
    }

    It 'may be dictionaries and objects with cells of any type: <_>' -ForEach @(
        '1..9 | ForEach-Object { [System.Collections.Generic.Dictionary[string,double]]$d = @{}; $d.a = $_; $d }'
        '1..9 | ForEach-Object { [ordered]@{ a = $_ } }'
        '1..9 | ForEach-Object { @{ a = [string]$_ } }'
        '1..9 | ForEach-Object { [pscustomobject]@{ a = [float]$_ } }'
    ) {
        Assert-Mean 5 (. ([scriptblock]::Create("$_ | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -Property a")))
    }

    It 'may be lists with cells of any type: <_>' -ForEach @(
        '1..9 | ForEach-Object { , [double[]]($_, 1) }'
        '1..9 | ForEach-Object { , [int[]]($_, 1) }'
        '1..9 | ForEach-Object { , @([string]$_, 1) }'
    ) {
        Assert-Mean 5 (. ([scriptblock]::Create("$_ | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI -ExcludeProperty x2")))
    }

    It 'come from files: <_>' -Tag Culture -ForEach @(
        'Invoke-EmFit -Path $path -ComponentCount 2'
        'Invoke-EmFit -Path ($path -replace ''faithful'', ''faith*'') -Property eruptions, waiting -ComponentCount 2'
        'Invoke-EmFit -LiteralPath $path -ComponentCount 2'
        'Invoke-EmFit -PSPath $path -ComponentCount 2 -Delimiter '','' -Encoding utf8'
    ) {
        Assert-Faithful (. ([scriptblock]::Create($_)))
    }

    It 'come from several files, which are one table' {
        (Invoke-EmFit -Path $path, $path -ComponentCount 2).RowCount | Should -Be 544
    }

    It 'come from compressed files, and from files that do not name their columns' {
        $file = Join-Path $TestDrive 'bare.csv.gz'
        $writer = [IO.StreamWriter]::new([IO.Compression.GZipStream]::new([IO.File]::Create($file), [IO.Compression.CompressionLevel]::Fastest))
        Get-Content $path | Select-Object -Skip 1 | ForEach-Object { $writer.WriteLine($_) }
        $writer.Dispose()
        $fit = Invoke-EmFit -Path $file -Header long, pause -ComponentCount 2
        $fit.Property | Should -BeExactly 'long', 'pause'
        $fit.LogLikelihood | Should -Be (Get-FaithfulFit).LogLikelihood
    }

    It 'are read with their culture, from files and objects' -Tag Culture {
        $file = Join-Path $TestDrive 'german.csv'
        Set-Content $file (@('eruptions;waiting') + @($rows | ForEach-Object { "$($_.eruptions.Replace('.', ','));$($_.waiting)" }))
        Assert-Faithful (Invoke-EmFit -LiteralPath $file -ComponentCount 2 -Culture de-DE)
        Assert-Faithful ($rows | ForEach-Object { @{ a = $_.eruptions.Replace('.', ','); b = $_.waiting } } | Invoke-EmFit a, b 2 -Culture de-DE)
    }

    It 'do not change with the culture of the session' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'de-DE'
            Assert-Faithful ($rows | Invoke-EmFit -ComponentCount 2)
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }
    }

    It 'may lack a value in the first of them: the column is one of numbers all the same' {
        $gaps = [ordered]@{ a = ''; b = 1 }, [ordered]@{ a = 2; b = 3 }, [ordered]@{ a = 3; b = 2 }, [ordered]@{ a = 5; b = 5 } | ForEach-Object { [pscustomobject]$_ }
        $null = Assert-Failure { $gaps | Invoke-EmFit -ComponentCount 1 } -ErrorId MissingValue -Contains 'Row 1', "'a'"
        $fit = $gaps | Invoke-EmFit -ComponentCount 1 -MissingValue Omit -WarningAction SilentlyContinue
        $fit.Property | Should -BeExactly 'a', 'b'
        $fit.OmittedRowCount | Should -Be 1
        ($gaps | Invoke-EmFit -ComponentCount 1 -MissingValue Marginalize -WarningAction SilentlyContinue).IncompleteRowCount | Should -Be 1
    }

    It 'are told of where no one has a value' {
        $gaps = 1..4 | ForEach-Object { [pscustomobject]@{ a = ''; b = $_ * $_ } }
        $null = $gaps | Invoke-EmFit -ComponentCount 1 -MissingValue Marginalize -WarningVariable told -WarningAction SilentlyContinue
        "$($told.Message)" | Should -BeLike '*no value in a.*'
    }

    It 'may be one object that a script fills anew for each: <_>' -ForEach 'hashtable', 'object', 'class' {
        Add-Type -TypeDefinition 'public sealed class RefilledRow { public double x { get; set; } public string name { get; set; } }' -ErrorAction Ignore
        $row = switch ($_) {
            'hashtable' { @{ x = 0; name = 'n' } }
            'object' { [pscustomobject]@{ x = 0; name = 'n' } }
            'class' { [RefilledRow]@{ x = 0; name = 'n' } }
        }
        $fit = 1..300 | ForEach-Object { $row.x = $_; $row } | Invoke-EmFit -ComponentCount 1
        $fit.Property | Should -BeExactly 'x'
        Assert-Mean 150.5 $fit
    }

    It 'have weights, whatever they are: <_>' -Tag Culture -ForEach @(
        '@{ x = 1; n = 2 }, @{ x = 2; n = 0 }, @{ x = 4; n = 3 } | ForEach-Object { [pscustomobject]$_ } | Invoke-EmFit -ComponentCount 1 -WeightProperty n'
        '@{ x = 1; n = 2 }, @{ x = 2; n = 0 }, @{ x = 4; n = 3 } | ForEach-Object { [pscustomobject]$_ } | Invoke-EmFit * 1 -WeightProperty N'
        '(1, 2), (2, 0), (4, 3) | Invoke-EmFit -ComponentCount 1 -WeightProperty x2'
        '(2, 1), (0, 2), (3, 4) | Invoke-EmFit height 1 -WeightProperty x1'
        '@{ x = 1; n = 2 }, @{ x = ''''; n = 0 }, @{ x = 4; n = 3 } | ForEach-Object { [pscustomobject]$_ } | Invoke-EmFit -ComponentCount 1 -WeightProperty n'
    ) {
        $fit = . ([scriptblock]::Create($_))
        $fit.RowCount | Should -Be 2
        $fit.ReadRowCount | Should -Be 3
        $fit.TotalWeight | Should -Be 5
        Assert-Close @($fit.Mixture.Components)[0].Mean[0] 2.8 5e-13
    }
}

Describe 'Columns for Invoke-EmFit' {
    It 'are left out: <Code>' -ForEach @(
        @{ Code = '$rows | Invoke-EmFit -ComponentCount 2 -ExcludeProperty wait*'; Expected = 'eruptions' }
        @{ Code = '$rows | Invoke-EmFit -Property * -ComponentCount 2 -ExcludeProperty ERUPTIONS'; Expected = 'waiting' }
        @{ Code = 'Invoke-EmFit -Path $path -ComponentCount 2 -ExcludeProperty eruptions, nothing*'; Expected = 'waiting' }
        @{ Code = '$rows | ForEach-Object { , @([double]$_.eruptions, [double]$_.waiting) } | Invoke-EmFit a, b 2 -ExcludeProperty a'; Expected = 'b' }
    ) {
        (. ([scriptblock]::Create($Code))).Property | Should -BeExactly $Expected
    }

    It 'are named where they are excluded wrongly: <Code>' -ForEach @(
        @{ ErrorId = 'UnknownProperty'; Part = 'Did you mean ''waiting''?'; Code = '$rows | Invoke-EmFit -ComponentCount 2 -ExcludeProperty waitng' }
        @{ ErrorId = 'NoColumns'; Part = 'excluded'; Code = '$rows | Invoke-EmFit -Property waiting -ComponentCount 2 -ExcludeProperty w*' }
        @{ ErrorId = 'NoColumns'; Part = 'excluded'; Code = 'Invoke-EmFit -Path $path -Property waiting -ComponentCount 2 -ExcludeProperty w*' }
    ) {
        $null = Assert-Failure { . ([scriptblock]::Create($Code)) } -ErrorId $ErrorId -Contains $Part
    }
}
