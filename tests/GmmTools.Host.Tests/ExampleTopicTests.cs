using System;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>What the pages about_... show behind PS> can be typed in that order.</summary>
public sealed class ExampleTopicTests : IDisposable
{
    private const string Prompt = "    PS> ";

    private readonly ShellFolder _folder = new();

    public ExampleTopicTests() => _folder.CopyExamples();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Topics() => [.. HelpTopics.Names().Where(name => Commands(name).Length > 0)];

    [Theory]
    [MemberData(nameof(Topics))]
    public async Task Commands_run_in_order(string name)
    {
        string script = "$ErrorActionPreference = 'Stop'\n" + string.Concat(Commands(name).Select(command => $". {{ {command} }} | Out-Default\n"));

        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, _folder.Write("topic.ps1", script));

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        Assert.NotEmpty(result.Lines);
    }

    private static string[] Commands(string name) =>
        [.. HelpTopics.ReadLines(name).Where(line => line.StartsWith(Prompt, StringComparison.Ordinal)).Select(line => line[Prompt.Length..])];
}
