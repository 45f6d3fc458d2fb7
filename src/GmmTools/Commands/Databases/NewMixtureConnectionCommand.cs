using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Connections;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Drivers;

namespace GmmTools.Commands.Databases;

/// <summary>Makes a connection to a database, for -Connection of other commands.</summary>
/// <remarks>
/// <para>
/// The driver must have been fetched once with Import-MixtureDriver; it is loaded here if need be, and nothing is fetched. The connection is not opened: the
/// commands that take it open it, and close it again. The file of a Sqlite or DuckDB database is taken relative to the current location of PowerShell.
/// </para>
/// </remarks>
/// <example>
/// <para>A file of SQLite</para>
/// <code>
/// $null = Import-MixtureDriver Sqlite
/// $connection = New-MixtureConnection Sqlite 'Data Source=numbers.db'
/// Invoke-EmFit a, b 1 -Connection $connection -Query 'WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i &lt; 50) SELECT i % 7 AS a, i % 5 AS b FROM c'
/// </code>
/// <para>The file is made if it is not there; here it stays empty, because the query makes its own rows.</para>
/// </example>
/// <example>
/// <para>From the driver</para>
/// <code>
/// $connection = Import-MixtureDriver Sqlite | New-MixtureConnection -ConnectionString 'Data Source=numbers.db;Mode=ReadWriteCreate'
/// $connection.State
/// </code>
/// <para>In the same way for PostgreSQL: Import-MixtureDriver Npgsql, and Host=db1;Username=reader;Database=web. Passwords are better kept out of scripts: Npgsql
/// reads ~/.pgpass, SqlClient takes Integrated Security=true.</para>
/// </example>
/// <example>
/// <para>What a driver understands</para>
/// <code>
/// $null = Import-MixtureDriver Sqlite
/// (New-MixtureConnection Sqlite 'Data Source=numbers.db').GetType().FullName
/// </code>
/// <para>The documentation of this type lists the keywords of its connection string. Over Odbc, DSN=warehouse names a data source of the system; the dialect of
/// its database goes to -Dialect.</para>
/// </example>
/// <seealso cref="ImportMixtureDriverCommand"/>
/// <seealso cref="InvokeEmFitCommand"/>
[Cmdlet(VerbsCommon.New, "MixtureConnection", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(DbConnection))]
public sealed class NewMixtureConnectionCommand : MixtureCommand
{
    private static readonly string[] FileDrivers = ["DuckDB", "Sqlite"];
    private static readonly string[] FileKeywords = ["Data Source", "DataSource", "Filename"];

    /// <summary>The driver, by its name or as Import-MixtureDriver gave it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "The driver, such as Npgsql or Sqlite.")]
    [KnownDriver]
    [ArgumentCompleter(typeof(DriverCompleter))]
    public string Driver { get; set; } = string.Empty;

    /// <summary>What the driver needs to connect, such as Data Source=requests.db.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "What the driver needs to connect, such as Data Source=requests.db.")]
    [ValidateNotNullOrEmpty]
    public string ConnectionString { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override void Process()
    {
        MixtureDriver driver = MixtureDrivers.Load(Driver);
        DbConnection connection = driver.Factory.CreateConnection()!;
        try
        {
            connection.ConnectionString = FileDrivers.Contains(driver.Name) ? WithFullPath(ConnectionString) : ConnectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            connection.Dispose();
            throw new CommandException(
                "InvalidConnectionString", $"The driver {driver.Name} does not understand -ConnectionString: {exception.Message}", null, exception);
        }

        WriteObject(connection);
    }

    /// <summary>The driver would take the file relative to the folder in which the process was started.</summary>
    private string WithFullPath(string text)
    {
        DbConnectionStringBuilder builder = new() { ConnectionString = text };
        string? keyword = FileKeywords.FirstOrDefault(builder.ContainsKey);
        if (keyword is null || builder[keyword] is not string { Length: > 0 } file || Path.IsPathRooted(file) || file.IndexOfAny([':', '|']) >= 0)
        {
            // nothing to resolve, or no file: a database in memory or behind an address
            return text;
        }

        builder[keyword] = SessionState.Path.GetUnresolvedProviderPathFromPSPath(file);
        return builder.ConnectionString;
    }
}
