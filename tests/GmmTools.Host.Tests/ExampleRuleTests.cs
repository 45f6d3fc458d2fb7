using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>The program that makes the help, and with it the build, fails when a doc comment lacks something.</summary>
public sealed class ExampleRuleTests : IDisposable
{
    private const string Comments = "GmmTools.xml";

    private static readonly string Source = ModuleFiles.BuildOutput("GmmTools", "netstandard2.0");

    private readonly ShellFolder _folder = new();

    public ExampleRuleTests()
    {
        foreach (string file in Directory.EnumerateFiles(Source, "GmmTools*"))
        {
            File.Copy(file, _folder.Locate(Path.GetFileName(file)));
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Comments_as_they_are_make_help()
    {
        (int exitCode, string errors) = Run();

        Assert.Equal((0, string.Empty), (exitCode, errors));
        Assert.True(File.Exists(_folder.Locate("en-US/GmmTools.dll-Help.xml")));
    }

    [Theory]
    [InlineData("T:GmmTools.Commands.GetMixtureComponentCommand", "example", "Get-MixtureComponent has 2 <example> elements; it needs at least 3.")]
    [InlineData("T:GmmTools.Commands.GetMixtureComponentCommand", "remarks", "Get-MixtureComponent has no <remarks>")]
    [InlineData("T:GmmTools.Commands.GetMixtureComponentCommand", "summary", "Get-MixtureComponent has no <summary>.")]
    [InlineData("P:GmmTools.Commands.RowSourceCommand.MissingText", "summary", "Invoke-EmFit -MissingText has no <summary>.")]
    public void What_lacks_is_an_error(string member, string element, string message)
    {
        Edit(member, comment => comment.Element(element)!.Remove());

        (int exitCode, string errors) = Run();

        Assert.Equal(1, exitCode);
        Assert.Contains("error HELP1 : " + message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_that_means_nothing_in_the_help_is_an_error()
    {
        Edit("T:GmmTools.Commands.GetMixtureComponentCommand", comment => comment.Element("summary")!.Add(new XElement("blink", "x")));

        Assert.Contains("<blink> has no meaning in the help", Run().Errors, StringComparison.Ordinal);
    }

    private void Edit(string member, Action<XElement> edit)
    {
        string path = _folder.Locate(Comments);
        XDocument document = XDocument.Load(path);
        edit(document.Descendants("member").Single(found => (string?)found.Attribute("name") == member));
        document.Save(path);
    }

    private (int ExitCode, string Errors) Run()
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(ModuleFiles.BuildOutput("GmmTools.Help", "net10.0"), "GmmTools.Help.dll"));
        start.ArgumentList.Add(_folder.Locate("GmmTools.dll"));
        start.ArgumentList.Add(_folder.Locate("en-US"));
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors);
    }
}
