using System.Data.Common;
using System.Data.Odbc;
using System.IO;
using System.Linq;

namespace GmmTools.Database.Tests.Support;

/// <summary>Drivers of ODBC where Debian's packages put them, without data sources of the system.</summary>
internal static class OdbcDrivers
{
    /// <summary>The library of the driver for an engine; null where it is not installed.</summary>
    public static string? Find(string engine)
    {
        string? name = engine switch
        {
            "Sqlite" => "libsqlite3odbc.so",
            "PostgreSql" => "psqlodbcw.so",
            "MariaDb" => "libmaodbc.so",
            _ => null,
        };
        return name is null || !Directory.Exists("/usr/lib") ? null : Directory.GetDirectories("/usr/lib", "*-linux-*")
            .Select(folder => Path.Combine(folder, "odbc", name)).FirstOrDefault(File.Exists);
    }

    /// <summary>A closed connection.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="place">The file, the socket or its folder.</param>
    public static DbConnection Connect(string engine, string place) => new OdbcConnection($"Driver={Find(engine)};" + engine switch
    {
        "Sqlite" => $"Database={place}",
        "PostgreSql" => $"Servername={place};Port=5432;Database=postgres;Uid=postgres",
        _ => $"Socket={place};Uid=root;Database=gmm",
    });
}
