using System;
using System.Linq;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>The pages about_... are found by Get-Help and fit the screen.</summary>
public sealed class HelpTopicTests(ModuleSession session) : HostTest(session)
{
    private const int Width = 80;

    public static TheoryData<string> Topics() => [.. HelpTopics.Names()];

    [Theory]
    [InlineData("about_GmmTools")]
    [InlineData("about_CovarianceModels")]
    public void What_readers_are_sent_to_exists(string name) => Assert.Contains(name, HelpTopics.Names());

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_finds_the_page(string name)
    {
        string text = Session.RunOne("param($name) Get-Help $name", ("name", name)).ToString();

        Assert.StartsWith($"TOPIC\n    {name}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("\nSHORT DESCRIPTION\n    ", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Get_Help_lists_the_pages()
    {
        string[] listed = [.. Session.Run("Get-Help about_*").Select(page => page.Properties["Name"]?.Value?.ToString() ?? string.Empty)];

        Assert.All(HelpTopics.Names(), name => Assert.Contains(name, listed));
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Lines_fit_the_screen(string name) =>
        Assert.All(HelpTopics.ReadLines(name), line => Assert.True(line.Length <= Width && line == line.TrimEnd(), line));

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_it_sends_to_exists(string name)
    {
        string[] commands = [.. Session.Run("(Get-Module GmmTools).ExportedCommands.Keys").Select(command => command.ToString())];
        string[] links = [.. HelpTopics.ReadLines(name).SkipWhile(line => line != "SEE ALSO").Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0)];

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, commands.Concat(HelpTopics.Names())));
    }
}
