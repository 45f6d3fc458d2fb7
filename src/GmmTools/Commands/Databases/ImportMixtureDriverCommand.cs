using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Connections;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Drivers;

namespace GmmTools.Commands.Databases;

/// <summary>Fetches the driver of a database once, and loads it.</summary>
/// <remarks>
/// <para>
/// The driver's NuGet package, the packages that it needs and the native libraries of this platform are put into a folder of the user
/// ($env:LOCALAPPDATA\GmmTools\drivers, on Linux ~/.local/share/GmmTools/drivers; the environment variable GMMTOOLS_DRIVER_PATH names another). Which packages in which versions, and the SHA-512 of each, is part of the
/// module: a package with other bytes is refused, wherever it comes from. What is there is not fetched again.
/// </para>
/// <para>
/// Packages that NuGet has kept on this machine are used; others come from nuget.org, or only from -Source if that is given. The driver is loaded into an
/// AssemblyLoadContext of its own, beside other versions in the same session. SqlClient uses its managed network code, also on Windows. Odbc needs the driver
/// manager of the system (unixODBC) and the ODBC driver of the database.
/// </para>
/// <para>
/// PowerShell 7.4 or later is needed. Windows PowerShell has the SqlClient and Odbc of .NET Framework, and nothing is fetched there.
/// </para>
/// </remarks>
/// <example>
/// <para>A driver and a connection</para>
/// <code>
/// Import-MixtureDriver Sqlite
/// $connection = New-MixtureConnection Sqlite 'Data Source=:memory:'
/// $connection.GetType().Name
/// </code>
/// <para>The first time it is fetched, later only loaded.</para>
/// </example>
/// <example>
/// <para>A machine without a network</para>
/// <code>
/// Import-MixtureDriver Npgsql -Source ./packages -WhatIf
/// </code>
/// <para>Without -WhatIf it is fetched. The folder has the .nupkg files side by side, or as NuGet keeps them. The error that comes without a network lists which are needed.</para>
/// </example>
/// <example>
/// <para>Another feed</para>
/// <code>
/// Import-MixtureDriver DuckDB -Source https://packages.example.com/nuget/v3/index.json -WhatIf
/// </code>
/// <para>A feed of your own has the same packages as nuget.org, to the last byte. It must not ask who you are.</para>
/// </example>
/// <seealso cref="NewMixtureConnectionCommand"/>
/// <seealso cref="InvokeEmFitCommand"/>
[Cmdlet(VerbsData.Import, "MixtureDriver", SupportsShouldProcess = true, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(MixtureDriver))]
public sealed class ImportMixtureDriverCommand : MixtureCommand
{
    private string? _package;

    /// <summary>The driver: ClickHouse, DuckDB, MySqlConnector (MySQL and MariaDB), Npgsql (PostgreSQL), Odbc, SqlClient (SQL Server) or Sqlite.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The driver, such as Npgsql or Sqlite.")]
    [KnownDriver]
    [ArgumentCompleter(typeof(DriverCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Where the packages come from: a folder with .nupkg files, or the address of the index of a NuGet feed (version 3). Default: what NuGet has kept on
    /// this machine, and else nuget.org.</summary>
    [Parameter(HelpMessage = "A folder with .nupkg files, or the address of the index of a NuGet feed.")]
    [ValidateNotNullOrEmpty]
    public string? Source { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Name)
        {
            if (!MixtureDrivers.IsHere(name))
            {
                if (!ShouldProcess(MixtureDrivers.Describe(name), "Fetch"))
                {
                    continue;
                }

                Fetch(name);
            }

            WriteObject(MixtureDrivers.Load(name));
        }
    }

    private void Fetch(string name)
    {
        string? source = Source is null || MixtureDrivers.IsFeed(Source) ? Source : FilePaths.ResolveFolder(SessionState, Source);
        WriteVerbose($"{MixtureDrivers.Describe(name)} is fetched from {source ?? "what NuGet has kept on this machine, or nuget.org"}.");
        ProgressReporter progress = new($"Fetching {MixtureDrivers.Describe(name)}", WriteProgress);
        try
        {
            BackgroundWork.Run(
                () =>
                {
                    MixtureDrivers.Fetch(name, source, package => Volatile.Write(ref _package, package), StopToken);
                    return true;
                },
                () => progress.Report(() => Volatile.Read(ref _package) ?? name, -1),
                StopToken,
                waitForEnd: true);
        }
        finally
        {
            progress.Complete();
        }
    }
}
