using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>
/// A clock that is set back, or a change to winter time, changes nothing: limits, intervals and elapsed times are taken from clocks that only
/// go forward, and nothing reads the time of day.
/// </summary>
public sealed class ClockTests
{
    private static readonly string[] TimesOfDay = ["DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow"];

    [Fact]
    public void Nothing_that_is_shipped_reads_the_time_of_day()
    {
        string source = Path.GetFullPath(Path.Combine(Here(), "../../../../src"));
        string[] files =
        [
            .. Directory.GetFiles(source, "*.cs", SearchOption.AllDirectories)
                .Where(file => !Path.GetRelativePath(source, file).Split('/', '\\').Any(part => part is "obj" or "bin")),
        ];
        Assert.True(files.Length > 100);
        IEnumerable<string> found = from file in files
                                    let text = File.ReadAllText(file)
                                    from time in TimesOfDay
                                    where text.Contains(time, StringComparison.Ordinal)
                                    select $"{Path.GetRelativePath(source, file)}: {time}";
        Assert.Empty(found);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
