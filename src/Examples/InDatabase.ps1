# Fits and scores rows that stay in a database: the eruptions of Old Faithful in DuckDB. GmmTools includes no database driver;
# -DriverPath is a folder with DuckDB.NET.Data.dll and what it needs (the package DuckDB.NET.Data.Full from nuget.org).
[CmdletBinding()]
param([string] $DriverPath)

$driver = 'DuckDB.NET.Data.DuckDBConnection' -as [type]
if (-not $driver -and $DriverPath) {
    $file = Join-Path (Resolve-Path $DriverPath).Path 'DuckDB.NET.Data.dll'
    $driver = [System.Reflection.Assembly]::LoadFrom($file).GetType('DuckDB.NET.Data.DuckDBConnection')
}

if (-not $driver) {
    'This needs the DuckDB driver: get the package DuckDB.NET.Data.Full and pass its folder to -DriverPath.'
    return
}

$connection = [System.Activator]::CreateInstance($driver, @('DataSource=:memory:'))
$connection.Open()
try {
    # DuckDB reads files itself: a query over a lake of Parquet would be the same
    $query = "SELECT * FROM read_csv('$((Join-Path $PSScriptRoot 'faithful.csv').Replace("'", "''"))')"

    'The fit'
    $start = New-GaussianMixture -Weight 0.5, 0.5 -Mean (2, 50), (4, 80) -Covariance (1, 0, 0, 100), (1, 0, 0, 100) -Property eruptions, waiting
    $fit = Invoke-EmFit -Connection $connection -Query $query -InitialModel $start
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

    'The least probable rows, one in a hundred'
    Find-MixtureOutlier $fit 0.01 -Connection $connection -Query $query | Format-Table eruptions, waiting, LogDensity, TailProbability
}
finally {
    $connection.Dispose()
}
