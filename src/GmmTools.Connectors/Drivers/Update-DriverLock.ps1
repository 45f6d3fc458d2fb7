<#
.SYNOPSIS
Writes drivers.lock anew: which files of which packages make up each driver, and the SHA-512 of each package.

.DESCRIPTION
To bring drivers up to date, change a version below and run this on a machine with the .NET SDK. NuGet chooses the closure and the files of each platform,
and verifies the signatures of what it fetches; what it chose is what Import-MixtureDriver will fetch, byte for byte. Packages whose licence is no open one are
left out: without them a driver uses its managed code instead.
#>
[CmdletBinding()]
param(
    [string] $Path = (Join-Path $PSScriptRoot 'drivers.lock')
)

$ErrorActionPreference = 'Stop'
$drivers = @(
    @{ Name = 'ClickHouse'; Package = 'ClickHouse.Driver'; Version = '1.5.0'; Factory = 'ClickHouse.Driver.ADO.ClickHouseConnectionFactory, ClickHouse.Driver' }
    @{ Name = 'DuckDB'; Package = 'DuckDB.NET.Data.Full'; Version = '1.5.6.1'; Factory = 'DuckDB.NET.Data.DuckDBClientFactory, DuckDB.NET.Data' }
    @{ Name = 'MySqlConnector'; Package = 'MySqlConnector'; Version = '2.6.2'; Factory = 'MySqlConnector.MySqlConnectorFactory, MySqlConnector' }
    @{ Name = 'Npgsql'; Package = 'Npgsql'; Version = '10.0.3'; Factory = 'Npgsql.NpgsqlFactory, Npgsql' }
    @{ Name = 'Odbc'; Package = 'System.Data.Odbc'; Version = '10.0.15'; Factory = 'System.Data.Odbc.OdbcFactory, System.Data.Odbc' }
    @{ Name = 'SqlClient'; Package = 'Microsoft.Data.SqlClient'; Version = '7.1.1'; Factory = 'Microsoft.Data.SqlClient.SqlClientFactory, Microsoft.Data.SqlClient' }
    @{ Name = 'Sqlite'; Package = 'Microsoft.Data.Sqlite'; Version = '10.0.15'; Factory = 'Microsoft.Data.Sqlite.SqliteFactory, Microsoft.Data.Sqlite' }
)
$frameworks = 'net8.0', 'net10.0'
$platforms = 'linux-arm64', 'linux-musl-x64', 'linux-x64', 'osx-arm64', 'osx-x64', 'win-arm64', 'win-x64'
$openLicences = 'MIT', 'Apache-2.0', 'PostgreSQL'

$work = Join-Path ([IO.Path]::GetTempPath()) "drivers-$([guid]::NewGuid())"
$packages = [Collections.Generic.SortedDictionary[string, string]]::new([StringComparer]::Ordinal)
$leftOut = [Collections.Generic.SortedSet[string]]::new()
$lines = [Collections.Generic.List[string]]::new()
try {
    foreach ($driver in $drivers) {
        $project = Join-Path $work $driver.Name "Lock$($driver.Name).csproj"
        $null = New-Item -ItemType Directory -Force (Split-Path $project)
        Set-Content -LiteralPath $project @"
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFrameworks>$($frameworks -join ';')</TargetFrameworks>
    <RuntimeIdentifiers>$($platforms -join ';')</RuntimeIdentifiers>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="$($driver.Package)" Version="[$($driver.Version)]" />
  </ItemGroup>
  <!-- nothing is built: the runtimes of the platforms are not needed -->
  <Target Name="FetchNoRuntime" AfterTargets="ProcessFrameworkReferences">
    <ItemGroup>
      <PackageDownload Remove="@(PackageDownload)" />
    </ItemGroup>
  </Target>
</Project>
"@
        $said = & dotnet restore $project
        if ($LASTEXITCODE) { throw "$($driver.Package) $($driver.Version) cannot be restored: $said" }

        $assets = Get-Content -LiteralPath (Join-Path (Split-Path $project) 'obj/project.assets.json') -Raw | ConvertFrom-Json -AsHashtable
        $root = @($assets.packageFolders.Keys)[0]
        $lines.Add("driver $($driver.Name) $($driver.Package) $($driver.Version) $($driver.Factory)")
        foreach ($framework in $frameworks) {
            $onPlatforms = [Collections.Generic.SortedDictionary[string, string[]]]::new([StringComparer]::Ordinal)
            foreach ($platform in $platforms) {
                foreach ($package in $assets.targets["$framework/$platform"].GetEnumerator()) {
                    $folder = Join-Path $root $assets.libraries[$package.Key].path
                    $nuspec = [xml] (Get-Content -LiteralPath (Get-Item (Join-Path $folder '*.nuspec')) -Raw)
                    $licence = $nuspec.package.metadata.license
                    if ($licence.type -cne 'expression' -or $licence.'#text' -cnotin $openLicences) {
                        $null = $leftOut.Add($package.Key)
                        continue
                    }
                    $identity = $package.Key.ToLowerInvariant().Replace('/', ' ')
                    foreach ($file in @($package.Value.runtime.Keys) + @($package.Value.native.Keys) -ne $null -notlike '*/_._') {
                        $entry = "$identity $file"
                        $onPlatforms[$entry] = @(if ($onPlatforms.ContainsKey($entry)) { $onPlatforms[$entry] }) + $platform
                        $packages[$identity] = (Get-FileHash -Algorithm SHA512 -LiteralPath (Get-Item (Join-Path $folder '*.nupkg'))).Hash.ToLowerInvariant()
                    }
                }
            }
            foreach ($entry in $onPlatforms.Keys) {
                $where = $onPlatforms[$entry].Count -eq $platforms.Count ? '*' : $onPlatforms[$entry] -join ','
                $lines.Add("file $framework $where $entry")
            }
        }
    }
}
finally {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
}

$leftOut | ForEach-Object { Write-Warning "$_ is left out: its licence is not an open one." }
$head = '# Made by Update-DriverLock.ps1.', "platforms $($platforms -join ',')"
$hashes = $packages.GetEnumerator() | ForEach-Object { "package $($_.Key) $($_.Value)" }
[IO.File]::WriteAllText($Path, (@($head) + @($hashes) + $lines -join "`n") + "`n")
