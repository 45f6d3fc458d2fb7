# Every example of the help runs as it is printed, offline, from a folder with the data that is shipped, and prints what the help shows.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $commands = Get-CommandHelp | ForEach-Object { $_.details.name }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    # each command has a folder of its own, and each example a session
    $script:examples = @(foreach ($help in Get-CommandHelp) {
        $folder = New-ExampleFolder (Join-Path $TestDrive $help.details.name)
        $help.examples.example | ForEach-Object { @{ Command = $help.details.name; Example = $_; Folder = $folder; Parts = @($_.code) } }
    })
    $script:results = @(Invoke-Session ($examples | ForEach-Object { @{ Folder = $_.Folder; Parts = $_.Parts } }))

    # what is printed stands behind a paragraph that says so, without the indentation that all of it has
    function Get-Shown($Example) {
        $remarks = @($Example.remarks.para)
        $heading = $remarks.IndexOf('Output:')
        if ($heading -ge 0) { $remarks[$heading + 1] }
    }

    function Get-Unindented([string] $Text) {
        $indentation = ($Text -split '\n' | Where-Object { $_.Trim() } | ForEach-Object { $_.Length - $_.TrimStart().Length } | Measure-Object -Minimum).Minimum
        $Text -replace "(?m)^ {$indentation}"
    }
}

Describe 'The help' -Tag FastEngine {
    It 'has examples of <_> that run and print what it shows' -ForEach $commands {
        $results.Count | Should -Be $examples.Count
        $count = 0
        for ($i = 0; $i -lt $examples.Count; $i++) {
            if ($examples[$i].Command -ne $_) { continue }
            $count++
            $title = $examples[$i].Example.title
            $results[$i].Failure | Should -BeExactly '' -Because "$title runs"
            $printed = Format-Printed $results[$i].Printed[0]
            $printed | Should -Not -BeExactly '' -Because "$title prints something"
            $shown = Get-Shown $examples[$i].Example
            if ($shown) { Get-Unindented $printed | Should -BeExactly (Format-Printed $shown) -Because "$title shows that" }
        }
        $count | Should -BeGreaterThan 0
    }
}
