<#
.SYNOPSIS
In the database: rows are fitted and scored where they are, and a mixture becomes SQL.
.DESCRIPTION
The latency log as the table requests of an SQLite database in memory. Each iteration of the fit is one aggregate query, and scoring is an
expression of SQL. GmmTools includes no database driver: -ImportDriver fetches SQLite's, once, with Import-MixtureDriver. Without it the rows are
fitted here, and the SQL is shown that scores them in a database.
.EXAMPLE
./InDatabase.ps1
.EXAMPLE
./InDatabase.ps1 -ImportDriver
#>
[CmdletBinding()]
param(
    # Fetches the driver, where it is not there yet, and uses a database.
    [switch] $ImportDriver
)

$log = Import-Csv -Path (Join-Path $PSScriptRoot 'latency.csv')
if (-not $ImportDriver) {
    'Without -ImportDriver the rows are fitted in memory, and no database is used.'
    $latency = @{ Name = 'latency'; Expression = { [math]::Log10($_.latency_ms) } }
    $size = @{ Name = 'size'; Expression = { [math]::Log10($_.size_kb) } }
    $fit = $log | Invoke-EmFit -Property $latency, $size -ComponentCount 3
    $fit.Mixture.Components | Format-Table

    'The component of each row, as an expression for a view or a report'
    ConvertTo-MixtureSql $fit -Dialect Sqlite -As Component
    return
}

$connection = Import-MixtureDriver Sqlite | New-MixtureConnection -ConnectionString 'Data Source=:memory:'
$connection.Open()
try {
    # the log as a table; whose rows are in a database begins further down
    $command = $connection.CreateCommand()
    $command.CommandText = 'CREATE TABLE requests (time TEXT, latency_ms REAL, size_kb REAL)'
    $null = $command.ExecuteNonQuery()
    $transaction = $connection.BeginTransaction()
    $command.Transaction = $transaction
    foreach ($row in $log) {
        $command.CommandText = "INSERT INTO requests VALUES ('$($row.time)', $($row.latency_ms), $($row.size_kb))"
        $null = $command.ExecuteNonQuery()
    }
    $transaction.Commit()

    $query = 'SELECT time, log10(latency_ms) AS latency, log10(size_kb) AS size FROM requests'

    'The fit'
    $fit = Invoke-EmFit -Connection $connection -Query $query -Property latency, size -ComponentCount 3
    $fit | Format-Table
    $fit.Mixture.Components | Format-Table

    'How well the mixture explains the rows'
    Measure-MixtureLikelihood $fit -Connection $connection -Query $query | Format-Table

    'Members of each component'
    Get-MixtureMembership $fit -Connection $connection -Query $query | Group-Object Component | Sort-Object Name | Format-Table Name, Count

    'The same as a table in the database, the only thing that is written there'
    Get-MixtureMembership $fit -Connection $connection -Query $query -IntoTable members
    $command = $connection.CreateCommand()
    $command.CommandText = 'SELECT "Component", COUNT(*) FROM members GROUP BY 1 ORDER BY 1'
    $reader = $command.ExecuteReader()
    while ($reader.Read()) { '  component {0}: {1} rows' -f $reader.GetValue(0), $reader.GetValue(1) }
    $reader.Dispose()

    'The component of each row, as an expression for a view or a report'
    ConvertTo-MixtureSql $fit -Dialect Sqlite -As Component

    'The least probable rows, one in a thousand'
    Find-MixtureOutlier $fit 0.001 -Connection $connection -Query $query | Format-Table time, latency, size, TailProbability
}
finally {
    $connection.Dispose()
}
