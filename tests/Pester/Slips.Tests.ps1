# Arguments in the wrong place, and rows that are not what they were meant to be: the error says what was taken for what, and what was meant.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    $data = Join-Path $PSScriptRoot '../../src/Examples'
    $rows = Import-Csv (Join-Path $data 'faithful.csv')
    $fit = $rows | Invoke-EmFit -ComponentCount 2
    $csv = Get-ChildItem (Join-Path $data '*.csv')
}

Describe 'A slip' {
    It 'is told: <Call>' -ForEach @(
        @{ Call = { Invoke-EmFit faithful.csv 2 }; Id = 'NoRows'; Text = "There are no rows: 'faithful.csv' was taken for a column (-Property). To fit a file, write Invoke-EmFit -Path 'faithful.csv' -ComponentCount 2." }
        @{ Call = { Invoke-EmFit eruptions (1..9) }; Id = 'NoRows'; Text = "There are no rows: 'eruptions' was taken for a column (-Property). Pipe the rows, as in `$rows | Invoke-EmFit -ComponentCount (1..9), or name a file with -Path." }
        @{ Call = { Invoke-EmFit (1..9) 2 }; Id = 'NoRows'; Text = 'There are no rows: the numbers were taken for columns (-Property). Pipe the rows, as in $rows | Invoke-EmFit -ComponentCount 2, *' }
        @{ Call = { Invoke-EmFit -ComponentCount 2 }; Id = 'NoRows'; Text = 'There are no rows. Pipe the rows, as in $rows | Invoke-EmFit -ComponentCount 2, or name a file with -Path.' }
        @{ Call = { Invoke-EmFit $rows 2 }; Id = 'InvalidProperty'; Text = '-Property was given an object instead of columns. If it is a row, pipe the rows: $rows | Invoke-EmFit -ComponentCount 2.' }
        @{ Call = { Invoke-EmFit @(@{ a = 1 }, @{ a = 2 }) 2 }; Id = 'InvalidProperty'; Text = '-Property was given a hashtable with the key a. If it is a row, pipe the rows: $rows | Invoke-EmFit -ComponentCount 2. *' }
        @{ Call = { Invoke-EmFit $csv 2 }; Id = 'InvalidProperty'; Text = "-Property was given a file, 'faithful.csv', instead of columns. To read it, name it with -LiteralPath, *" }
        @{ Call = { $csv | Invoke-EmFit 2 }; Id = 'ComponentCountMissing'; Text = "*what was piped for rows*Invoke-EmFit -Path '*.csv' -ComponentCount 2." }
        @{ Call = { 'faithful.csv' | Invoke-EmFit 2 }; Id = 'ComponentCountMissing'; Text = "*Invoke-EmFit -Path 'faithful.csv' -ComponentCount 2." }
        @{ Call = { $rows | Invoke-EmFit 2 }; Id = 'ComponentCountMissing'; Text = "*write -ComponentCount 2; if it names columns, add -ComponentCount." }
        @{ Call = { $csv | Invoke-EmFit eruptions, waiting 2 }; Id = 'UnknownProperty'; Text = '*Each row is a file, not what the file contains; to read the files, name them with -Path.' }
        @{ Call = { 'faithful.csv' | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "Row 1 is the text 'faithful.csv', not a number. To read a file, name it with -Path, as in -Path 'faithful.csv'." }
        @{ Call = { '76,5', '80,2' | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "Row 1 is the line of text '76,5', not a number. If it holds several cells, split the lines first: ... | ConvertFrom-Csv -Header x1, x2 | ... *name its culture with -Culture." }
        @{ Call = { '3.6,79', '1.8,54' | Invoke-EmFit eruptions, waiting 2 }; Id = 'TextInNumericColumn'; Text = '*ConvertFrom-Csv -Header eruptions, waiting |*-Path.' }
        @{ Call = { Get-Content (Join-Path $data 'faithful.csv') | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "Row 1 is the line of text 'eruptions,waiting', not a number. If it holds the names of columns, split the lines first: ... | ConvertFrom-Csv | ... A file of such lines is read with -Path." }
        @{ Call = { '3;4', '5;7' | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "*ConvertFrom-Csv -Delimiter ';' -Header x1, x2 |*" }
        @{ Call = { "3`t4", "5`t7" | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = '*ConvertFrom-Csv -Delimiter "?t" -Header x1, x2 |*' }
        @{ Call = { '08:00:01 GET /x took 12 ms', '08:00:02 GET /y took 9 ms' | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "Row 1 is the line of text '08:00:01 GET /x took 12 ms', not a number. Take the numbers out of the lines first, as in ... | ForEach-Object *" }
        @{ Call = { '10 20 30', '11 25 31' | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "*ConvertFrom-Csv -Delimiter ' ' -Header x1, x2, x3 |*" }
        @{ Call = { 'many' | Invoke-EmFit -ComponentCount 2 }; Id = 'TextInNumericColumn'; Text = "Row 1, column 'x1': 'many' is not a number.*" }
        @{ Call = { $fit | Show-MixturePlot rows }; Id = 'NotAModel'; Text = "*this is the text 'rows'. Rows are piped and the mixture is given, as in `$rows | ... -Model `$fit. *" }
        @{ Call = { $fit | Show-MixturePlot $rows }; Id = 'NotAModel'; Text = '*this is a list of 272 other objects. Rows are piped and the mixture is given, *' }
        @{ Call = { $fit | Get-MixtureMembership $rows }; Id = 'NotAModel'; Text = '*Rows are piped and the mixture is given, *' }
        @{ Call = { Get-MixtureMembership faithful.csv }; Id = 'NotAModel'; Text = '*A file of rows is named with -Path; a saved mixture is read with Import-GaussianMixture.*' }
    ) {
        $Call | Should -Throw -ErrorId "$Id,*" -ExpectedMessage $Text
    }

    It 'is a warning where files are fitted by their sizes' {
        $said = @(foreach ($call in { $csv | Invoke-EmFit -ComponentCount 1 }, { $csv | Invoke-EmFit Length -ComponentCount 1 }, { Get-Item $PSHOME/*.dll | Invoke-EmFit -ComponentCount 1 }) {
                try { & $call 3>&1 | Where-Object { $_ -like 'Each row is a file*' } } catch { Write-Debug "$_" }
            })
        "$said" | Should -BeExactly 'Each row is a file with its size, not what the file contains. To fit the contents of files, name them with -Path; to fit their sizes without this warning, name Length with -Property.'
    }

    It 'is none in a comma of a culture that was named' {
        ('76,5', '80,2' | Invoke-EmFit -ComponentCount 1 -Culture de-DE).Mixture.Components[0].Mean[0] | Should -Be 78.35
    }

    It 'is none in Show-MixturePlot with the model first' {
        $rows | Show-MixturePlot $fit -Color Never -Width 60 | Should -Be ($rows | Show-MixturePlot -Model $fit -Color Never -Width 60)
    }
}
