using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.RegularExpressions;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>The page of errors has those of the code, and each of them can be provoked.</summary>
public sealed class ErrorPageTests(ModuleSession session) : HostTest(session), IDisposable
{
    private const string Page = "about_GmmToolsErrors";

    // the identifier is the first argument of an error, of a check of options, or of the record for an error of .NET
    private static readonly Regex InCode = new(
        @"(?:new(?: \w+Exception\(\s*|\(\n\s*)(?:[\w.()\[\]]+ \? ""(?<id>[A-Z][a-z]\w+)"" : )?|Require\(\s*[^""]*?,\s*|Create\(\w+, )""(?<id>[A-Z][a-z]\w+)"",\s*(?:\$?""|\w)",
        RegexOptions.Compiled);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("GmmTools-errors-");

    public static TheoryData<string> Identifiers() => [.. Provocations.Here().Select(provocation => provocation.Key)];

    public void Dispose()
    {
        foreach (FileInfo file in _folder.GetFiles())
        {
            file.Attributes = FileAttributes.Normal;
        }

        _folder.Delete(true);
    }

    [Fact]
    public void The_page_has_the_errors_of_the_code()
    {
        string source = Path.Combine(ModuleFiles.RepositoryRoot, "src");
        string[] folders = ["GmmTools", "GmmTools.Connectors", "GmmTools.Core", "GmmTools.Plots"];
        IEnumerable<string> files = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(source, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"));
        string[] inCode = [.. files.SelectMany(FindIdentifiers).Distinct().Order(StringComparer.Ordinal)];

        Assert.Equal([], inCode.Except(Described()));
        Assert.Equal([], Described().Except(inCode));
    }

    [Fact]
    public void Each_error_of_the_page_is_provoked_somewhere()
    {
        IEnumerable<string> provoked = Provocations.Everywhere.Concat(Provocations.Fast).Concat(Provocations.Portable).Concat(Provocations.Linux).Select(provocation => provocation.Key);

        Assert.Equal(Described().Order(StringComparer.Ordinal), provoked.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Identifiers))]
    public void It_can_be_provoked(string errorId)
    {
        string script = Provocations.Preparation + Provocations.Here().Single(provocation => provocation.Key == errorId).Value;
        using PowerShell shell = Session.Create(
            script,
            ("folder", _folder.FullName),
            ("data", Path.GetDirectoryName(ModuleFiles.Data("iris.csv"))),
            ("unreadable", new FailingRows(new UnauthorizedAccessException("The rows may not be read."))),
            ("broken", new FailingRows(new IOException("The line is down."))),
            ("connection", TestDatabase.Create()));

        ErrorRecord error = Provoke(shell);

        Assert.Equal(errorId, IdentifierOf(error));
        Assert.True(error.CategoryInfo.Category != ErrorCategory.NotSpecified || error.Exception is MethodInvocationException);
        Assert.NotEmpty(error.ToString());
    }

    private static ErrorRecord Provoke(PowerShell shell)
    {
        try
        {
            Assert.Empty(shell.Invoke());
        }
        catch (RuntimeException exception)
        {
            return exception.ErrorRecord;
        }

        return Assert.Single(shell.Streams.Error);
    }

    // what a method of the library raises comes wrapped
    private static string IdentifierOf(ErrorRecord error) =>
        error.Exception is MethodInvocationException { InnerException: Exception inner } && inner.GetType().GetProperty("ErrorId")?.GetValue(inner) is string id
            ? id
            : error.FullyQualifiedErrorId.Split(',')[0];

    private static IEnumerable<string> Described() => HelpTopics.ReadLines(Page)
        .SkipWhile(line => line != "ROWS AND COLUMNS")
        .TakeWhile(line => line != "SEE ALSO")
        .Where(line => Regex.IsMatch(line, "^    [A-Z][A-Za-z]+$"))
        .Select(line => line.Trim());

    private static IEnumerable<string> FindIdentifiers(string file) =>
        InCode.Matches(File.ReadAllText(file)).SelectMany(match => match.Groups["id"].Captures).Select(capture => capture.Value);

    /// <summary>Rows that end in an error.</summary>
    private sealed class FailingRows(Exception exception) : IEnumerable<object>
    {
        public IEnumerator<object> GetEnumerator()
        {
            yield return 1.0;
            throw exception;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
