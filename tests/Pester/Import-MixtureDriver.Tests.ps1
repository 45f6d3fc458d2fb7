# Drivers of databases: fetched with their bytes checked, loaded beside others, and connections made of them.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/PesterSupport.psm1')
    Import-TestedModule
    Import-TestLibrary

    # a database in the folder of the tests
    Push-Location $TestDrive
    $connection = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$TestDrive/rows.db;Pooling=False")
    $connection.Open()
    $command = $connection.CreateCommand()
    $command.CommandText = 'CREATE TABLE r (x REAL, y REAL); INSERT INTO r WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 60) SELECT i * 7 % 20 + 0.5 AS x, i * 3 % 11 + 0.25 AS y FROM c'
    $null = $command.ExecuteNonQuery()
    $connection.Dispose()
    $script:ours = [Microsoft.Data.Sqlite.SqliteConnection]::new("Data Source=$TestDrive/rows.db;Pooling=False")
    $script:expected = Invoke-EmFit -Connection $ours -Table r -ComponentCount 1
    $script:drivers = [GmmTools.Connectors.Drivers.MixtureDrivers]

    # Whether the fit over a connection is the one over a connection of the tests.
    function Test-SameFit($Connection) { (Invoke-EmFit -Connection $Connection -Table r -ComponentCount 1).LogLikelihood -eq $expected.LogLikelihood }
}

AfterAll {
    Pop-Location
    $ours.Dispose()
}

Describe 'Import-MixtureDriver' {
    It 'loads the driver once, beside the one that is there' {
        $driver = Import-MixtureDriver sqlite
        $driver.Name | Should -BeExactly 'Sqlite'
        [object]::ReferenceEquals((Import-MixtureDriver Sqlite).Factory, $driver.Factory) | Should -BeTrue
        $assembly = $driver.Factory.GetType().Assembly
        $assembly.FullName | Should -BeExactly $ours.GetType().Assembly.FullName
        $assembly | Should -Not -Be $ours.GetType().Assembly
        [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name | Should -BeExactly 'GmmTools driver Sqlite'
    }

    It 'fetches from a folder only what has the right bytes, and keeps nothing else' {
        # a session of its own, in which nothing is loaded
        $result = Invoke-Session @{
            Folder = $TestDrive
            Parts = @(
                "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$((Get-TestedManifest) -replace "'", "''")'"
                @'
                $env:GMMTOOLS_DRIVER_PATH = "$pwd/kept"
                try { New-MixtureConnection Sqlite 'Data Source=rows.db' } catch { $_.FullyQualifiedErrorId }
                $nuget = if ($env:NUGET_PACKAGES) { $env:NUGET_PACKAGES } else { "$HOME/.nuget/packages" }
                $packages = @([GmmTools.Connectors.Drivers.MixtureDrivers]::FindPackages('Sqlite', "net$([Environment]::Version.Major).0", [Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier))
                $null = New-Item -ItemType Directory offline
                Get-ChildItem $nuget -Recurse -Filter *.nupkg | Where-Object Name -In $packages | Copy-Item -Destination offline
                $bytes = [IO.File]::ReadAllBytes("$pwd/offline/$($packages[0])")
                $changed = $bytes.Clone(); $changed[-1] = $changed[-1] -bxor 1
                [IO.File]::WriteAllBytes("$pwd/offline/$($packages[0])", $changed)
                try { Import-MixtureDriver Sqlite -Source offline } catch { "$($_.FullyQualifiedErrorId) $(@(Get-ChildItem kept -Force).Count)" }
                Import-MixtureDriver Sqlite -Source offline -WhatIf 6> $null
                [IO.File]::WriteAllBytes("$pwd/offline/$($packages[0])", $bytes)
                $driver = Import-MixtureDriver Sqlite -Source offline
                Remove-Item offline -Recurse
                "$(@(Get-ChildItem kept -Force).Name) $((Import-MixtureDriver Sqlite).Folder -eq $driver.Folder)"
                $fit = Invoke-EmFit -Connection ($driver | New-MixtureConnection -ConnectionString 'Data Source=rows.db;Pooling=False') -Table r -ComponentCount 1
                $fit.LogLikelihood.ToString('R', [cultureinfo]::InvariantCulture)
'@
            )
        }
        $result.Failure | Should -BeExactly '' -Because $result.Failure
        $lines = @($result.Printed[1].Trim() -split '\r?\n' -notmatch '^What if')
        $lines | Should -BeExactly @(
            'DriverMissing,GmmTools.Commands.Databases.NewMixtureConnectionCommand'
            'PackageHashMismatch,GmmTools.Commands.Databases.ImportMixtureDriverCommand 0'
            'Sqlite True'
            $expected.LogLikelihood.ToString('R', [cultureinfo]::InvariantCulture)
        )
    }

    It 'names the packages that are needed when there is no network' {
        $env:GMMTOOLS_DRIVER_PATH = "$TestDrive/none"
        try {
            $record = try { Import-MixtureDriver MySqlConnector -Source http://localhost:1/v3/index.json } catch { $_ }
        }
        finally {
            $env:GMMTOOLS_DRIVER_PATH = $null
        }
        $record.FullyQualifiedErrorId | Should -BeLike 'SourceNotReachable,*' -Because "$record"
        "$record" | Should -BeLike '*-Source*mysqlconnector.*.nupkg*'
        Get-ChildItem "$TestDrive/none" -Force | Should -BeNullOrEmpty
    }

    It 'has files for <Platform>' -ForEach @('linux-arm64', 'linux-x64', 'osx-arm64', 'win-x64' | ForEach-Object { @{ Platform = $_ } }) {
        foreach ($name in $drivers::Names) {
            foreach ($framework in 'net8.0', 'net10.0') {
                @($drivers::FindPackages($name, $framework, $Platform)) | Should -Not -BeNullOrEmpty -Because "$name $framework"
            }
        }
    }
}

Describe 'New-MixtureConnection' {
    It 'makes a closed connection to a file in the current location' {
        $null = Import-MixtureDriver Sqlite
        $connection = New-MixtureConnection Sqlite 'Data Source=rows.db;Pooling=False'
        "$($connection.State)" | Should -BeExactly 'Closed'
        Test-SameFit $connection | Should -BeTrue
        "$($connection.State)" | Should -BeExactly 'Closed'
    }

    It 'leaves databases alone that are no relative file' -ForEach @(
        @{ Text = 'Data Source=:memory:' }
        @{ Text = 'Data Source=file:a?mode=memory' }
        @{ Text = 'Foreign Keys=True' }
    ) {
        $null = Import-MixtureDriver Sqlite
        (New-MixtureConnection Sqlite $Text).ConnectionString | Should -BeExactly $Text
    }

    It 'completes the names of drivers' {
        (Get-Completion 'New-MixtureConnection Sq').CompletionText | Should -BeExactly 'SqlClient', 'Sqlite'
    }
}

Describe 'An object that holds a connection' {
    BeforeAll {
        # as the objects of SQL Server's management do
        $context = [pscustomobject]@{ SqlConnectionObject = $ours }
        $script:holders = @{ Server = [pscustomobject]@{ ConnectionContext = $context }; Context = $context; Wrapped = [psobject]::AsPSObject($ours) }
    }

    It 'is taken as a connection: <_>' -ForEach 'Server', 'Context', 'Wrapped' {
        Test-SameFit $holders[$_] | Should -BeTrue
        (Get-MixtureMembership -Model $expected -Connection $holders[$_] -Table r).Count | Should -Be 60
        { Find-MixtureOutlier -Model $expected -FalseAlarmRate 0.01 -Connection $holders[$_] -Table r } | Should -Not -Throw
    }

    It 'is refused where there is none' {
        { Invoke-EmFit -Connection ([pscustomobject]@{ ConnectionContext = 1 }) -Table r -ComponentCount 1 } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
        { Invoke-EmFit -Connection 'Server=.' -Table r -ComponentCount 1 } | Should -Throw -ErrorId 'CannotConvertArgumentNoMessage,*'
    }
}
