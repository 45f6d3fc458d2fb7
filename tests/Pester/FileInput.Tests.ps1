BeforeAll {
    Import-Module "$PSScriptRoot/Support/PesterSupport.psm1" -Force
    Import-TestedModule
}

Describe 'Files that are not quite as they should be' {
    It 'takes the names of columns from <Name>' -ForEach @(
        @{ Name = 'a comment'; Content = "# x,y`n1,2`n2,5`n3,4`n5,1`n" }
        @{ Name = 'a header behind sep='; Content = "sep=;`nx;y`n1;2`n2;5`n3;4`n5;1`n" }
        @{ Name = 'the log of a web server'; Content = "#Software: IIS`n#Fields: x y`n1 2`n2 5`n3 4`n5 1`n" }
    ) {
        Set-Content TestDrive:/names.csv $Content -NoNewline
        $fit = Invoke-EmFit -Path TestDrive:/names.csv -ComponentCount 1 -WarningVariable warnings
        $fit.Mixture.Property | Should -Be 'x', 'y'
        $fit.Mixture.Components[0].Mean | Should -Be 2.75, 3
        $warnings | Should -BeNullOrEmpty
    }

    It 'warns of numbers as names, and says what to do' {
        Set-Content TestDrive:/numbers.csv "1,2`n2,5`n3,4`n5,1`n" -NoNewline
        $null = Invoke-EmFit -Path TestDrive:/numbers.csv -ComponentCount 1 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*which is a number*-Header*'
    }

    It 'says so before the fit that it is about' {
        Set-Content TestDrive:/numbers.csv "1,2`n2,5`n3,4`n5,1`n" -NoNewline
        $order = Invoke-EmFit -Path TestDrive:/numbers.csv -ComponentCount 1 3>&1
        $order | ForEach-Object { $_.GetType().Name } | Should -BeExactly 'WarningRecord', 'EmFit'
    }

    It 'warns of bytes that are no text where rows are scored' {
        $bytes = [Text.Encoding]::GetEncoding('iso-8859-1').GetBytes("x,city`n1,Bonn`n2,K$([char]0xF6)ln`n3,Bonn`n")
        [IO.File]::WriteAllBytes((Join-Path $TestDrive latin.csv), $bytes)
        $model = New-GaussianMixture -Weight 1 -Mean 2 -Covariance 1 -Property x
        $rows = Get-MixtureMembership $model -Path TestDrive:/latin.csv -IncludeProperty city -WarningVariable warnings -WarningAction SilentlyContinue
        $rows.Count | Should -Be 3
        "$warnings" | Should -BeLike 'Row 2 of *-Encoding*'
        (Get-MixtureMembership $model -Path TestDrive:/latin.csv -IncludeProperty city -Encoding latin1)[1].city | Should -Be "K$([char]0xF6)ln"
    }

    It 'lists the columns that are left out with -Verbose' {
        Set-Content TestDrive:/text.csv "x,name`n1,a`n2,b`n4,c`n" -NoNewline
        $said = Invoke-EmFit -Path TestDrive:/text.csv -ComponentCount 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -BeLike '*left out: name.*'
        $said = Import-Csv TestDrive:/text.csv | Invoke-EmFit -ComponentCount 1 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -BeLike '*left out: name.*'
    }

    It 'says of a device without end that it is no text' -Skip:(-not (Test-Path /dev/zero)) {
        { Invoke-EmFit -Path /dev/zero -ComponentCount 1 } | Should -Throw '*it is not text*' -ErrorId 'MalformedCsv,*'
    }
}
