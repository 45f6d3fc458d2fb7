using System;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using GmmTools.Connectors.Databases.Dialects;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>The dialects stand in one list, and the help page says the same.</summary>
public sealed class DialectListTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../src"));

    [Fact]
    public void The_page_has_the_dialects_and_their_drivers()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Source, "GmmTools/docs/about_MixtureDatabases.help.txt"));
        int first = Array.FindIndex(lines, line => line.StartsWith("    -Dialect ", StringComparison.Ordinal)) + 1;
        string[] table = [.. lines.Skip(first).TakeWhile(line => line.Length > 0).Select(line => line[..45].TrimEnd())];
        string[] expected = [.. SqlDialects.All.Select(dialect => $"    {dialect.Name,-16}{Drivers(dialect)}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_command_lists_them_again() => Assert.DoesNotContain(
        Directory.GetFiles(Path.Combine(Source, "GmmTools"), "*.cs", SearchOption.AllDirectories),
        file => File.ReadAllText(file).Contains("\"ClickHouse\"", StringComparison.Ordinal));

    private static string Drivers(SqlDialect dialect) => dialect.Drivers.Count == 0 ? "anything else" : string.Join(", ", dialect.Drivers);

    private static string Here([CallerFilePath] string path = "") => path;
}
