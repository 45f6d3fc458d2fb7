using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace GmmTools.Core.Tests.House;

/// <summary>How large a file and a folder of the sources may grow.</summary>
public class RoomTests
{
    private const int MaxLines = 400;
    private const int MaxFiles = 20;

    [Fact]
    public void No_file_is_longer_and_no_folder_fuller_than_a_reader_can_take_in()
    {
        string root = SourceText.Root;
        string[] files = [.. SourceText.Files()];
        IEnumerable<string> tooLong = files.Where(file => File.ReadLines(file).Count() > MaxLines);
        IEnumerable<string> tooFull = files.GroupBy(file => Path.GetDirectoryName(file)!)
            .Where(folder => folder.Select(TypeName).Distinct().Count() > MaxFiles)
            .Select(folder => folder.Key);

        string[] found = [.. tooLong.Concat(tooFull).Select(path => Path.GetRelativePath(root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

        Assert.True(files.Length > 300, "The sources were not found.");
        Assert.Empty(found);
    }

    /// <summary>The parts of a type in several files are one to look at.</summary>
    private static string TypeName(string file) => Path.GetFileName(file).Split('.')[0];
}
