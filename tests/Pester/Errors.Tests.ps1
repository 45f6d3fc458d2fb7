# The page of errors has those of the code, and each of them can be provoked.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    $provocations = & (Join-Path $PSScriptRoot 'Support/Provocations.ps1')
    $engine = (Get-TestedEngine) -eq 'net10.0' ? 'Fast' : 'Portable'
    $here = @('Everywhere', $engine) + @(if ($IsLinux) { 'Linux' })
    $identifiers = foreach ($group in $here) { $provocations[$group].Keys | ForEach-Object { @{ Id = $_; Group = $group } } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    Import-TestLibrary
    $script:provocations = & (Join-Path $PSScriptRoot 'Support/Provocations.ps1')
    $page = (Get-HelpTopic | Where-Object Name -EQ 'about_GmmToolsErrors').Lines
    $errors = $page[($page.IndexOf('ROWS AND COLUMNS'))..($page.IndexOf('SEE ALSO'))]
    $script:described = @($errors -cmatch '^    [A-Z][A-Za-z]+$' | ForEach-Object Trim)

    # rows that end in an error
    if (-not ('GmmToolsTests.FailingRows' -as [type])) {
        Add-Type @'
namespace GmmToolsTests
{
    public sealed class FailingRows : System.Collections.IEnumerable
    {
        private readonly System.Exception _exception;
        public FailingRows(System.Exception exception) { _exception = exception; }
        public System.Collections.IEnumerator GetEnumerator() { yield return 1.0; throw _exception; }
    }
}
'@
    }
    $script:data = Split-Path (Get-ExamplePath 'iris.csv')
    $script:unreadable = [GmmToolsTests.FailingRows]::new([UnauthorizedAccessException]::new('The rows may not be read.'))
    $script:broken = [GmmToolsTests.FailingRows]::new([IO.IOException]::new('The line is down.'))
    $script:connection = [Microsoft.Data.Sqlite.SqliteConnection]::new('Data Source=:memory:')
    $connection.Open()
    $command = $connection.CreateCommand()
    $command.CommandText = @'
CREATE TABLE t AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 30)
SELECT i * 7 % 20 + 0.5 AS x, i * 3 % 20 + 0.25 AS y, i % 3 AS w, CASE WHEN i % 10 > 0 THEN i END AS g, 'row ' || i AS name FROM c
'@
    $null = $command.ExecuteNonQuery()

    # two sessions whose files a.csv have different columns
    $script:sessions = 'x', 'y' | ForEach-Object {
        $session = New-ProcessSession
        Invoke-Command -Session $session { Set-Location (New-Item -ItemType Directory (Join-Path $using:TestDrive "session-$using:_")); "$using:_", 1, 2, 4 | Set-Content a.csv }
        $session
    }

    # The one error of a script, terminating or not, that gives nothing else.
    function Get-OnlyError([scriptblock] $Script) {
        $ErrorActionPreference = 'Continue'
        try {
            $given = @(& $Script 2>&1)
        }
        catch {
            return $_
        }
        if ($given.Count -ne 1 -or $given[0] -isnot [System.Management.Automation.ErrorRecord]) { throw "Expected one error and nothing else, got: $given" }
        $given[0]
    }

    # what a method of the library raises comes wrapped
    function Get-Identifier($ErrorRecord) {
        $inner = $ErrorRecord.Exception -is [System.Management.Automation.MethodInvocationException] ? $ErrorRecord.Exception.InnerException : $null
        $inner.ErrorId -is [string] ? $inner.ErrorId : $ErrorRecord.FullyQualifiedErrorId.Split(',')[0]
    }
}

AfterAll {
    $connection.Dispose()
    $sessions | Remove-PSSession
}

Describe 'The page of errors' -Tag FastEngine {
    It 'has the errors of the code' {
        # the identifier is the first argument of an error, of a check of options, or of the record for an error of .NET
        $inCode = [regex] ('(?:new(?: \w+Exception\(\s*|\(\n\s*)(?:[\w.()\[\]]+ \? "(?<id>[A-Z][a-z]\w+)" : )?|Require\(\s*[^"]*?,\s*|Create\(\w+, |throw Error\(|: base\(\s*)' +
            '"(?<id>[A-Z][a-z]\w+)",\s*(?:\$?"|\w)')
        $folders = 'GmmTools', 'GmmTools.Connectors', 'GmmTools.Core', 'GmmTools.Plots' | ForEach-Object { Join-Path (Get-RepositoryRoot) 'src' $_ }
        $files = Get-ChildItem $folders -Recurse -Filter *.cs | Where-Object { $_.FullName -notmatch '[\\/]obj[\\/]' }
        $found = foreach ($file in $files) {
            $inCode.Matches([IO.File]::ReadAllText($file.FullName).Replace("`r`n", "`n")) | ForEach-Object { $_.Groups['id'].Captures } | ForEach-Object Value
        }
        $found = @($found | Sort-Object -Unique -CaseSensitive)

        $described.Count | Should -BeGreaterThan 0
        $found | Where-Object { $_ -cnotin $described } | Should -BeNullOrEmpty -Because 'the page describes all of them'
        $described | Where-Object { $_ -cnotin $found } | Should -BeNullOrEmpty -Because 'it describes no others'
    }

    It 'has errors each of which is provoked somewhere' {
        $provoked = $provocations.Values | ForEach-Object { $_.Keys }
        $provoked | Sort-Object -CaseSensitive | Should -BeExactly ($described | Sort-Object -CaseSensitive)
    }
}

Describe 'An error of the page' {
    It '<Id> can be provoked' -ForEach $identifiers {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive $Id)).FullName
        $m = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property x
        $rows = 1..30 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 20; y = $_ * 3 % 20; one = 1; two = $_ % 2; class = 'ab'[$_ % 2] } }
        try {
            $record = Get-OnlyError $provocations[$Group][$Id]
        }
        finally {
            # so that the folder can be removed
            foreach ($file in [IO.DirectoryInfo]::new($folder).GetFiles()) { $file.Attributes = 'Normal' }
            [IO.Directory]::Delete($folder, $true)
        }

        Get-Identifier $record | Should -BeExactly $Id
        $record.CategoryInfo.Category -ne 'NotSpecified' -or $record.Exception -is [System.Management.Automation.MethodInvocationException] | Should -BeTrue
        "$record" | Should -Not -BeNullOrEmpty
    }
}
