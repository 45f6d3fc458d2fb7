using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Every example of the help runs as it is printed, offline, from a folder with the data that is shipped.</summary>
public sealed class ExampleHelpTests : IDisposable
{
    private readonly ShellFolder _folder = new();

    public ExampleHelpTests() => _folder.CopyExamples();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Commands() => [.. HelpFile.Examples().Select(help => help.Command)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Examples_run_and_print_what_the_help_shows(string command)
    {
        HelpExample[] examples = HelpFile.Examples().Single(help => help.Command == command).Examples;
        string script = "$ErrorActionPreference = 'Stop'\n" + string.Concat(examples.Select((example, index) =>
            $"'{Mark(index)}'\n& {{\n{example.Code}\n}} | Out-Default\n"));

        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, _folder.Write("examples.ps1", script));

        Assert.True(result.ExitCode == 0, $"{result.Output}\n{result.Error}");
        string[] lines = [.. result.Lines, Mark(examples.Length)];
        for (int i = 0; i < examples.Length; i++)
        {
            string[] printed = lines[(Array.IndexOf(lines, Mark(i)) + 1)..Array.IndexOf(lines, Mark(i + 1))];
            Assert.True(printed.Any(line => line.Length > 0), examples[i].Title + " prints nothing.");
            if (examples[i].Output is string output)
            {
                Assert.Equal(ShellResult.Tidy(output), ShellResult.Tidy(string.Join('\n', Unindent(printed))));
            }
        }
    }

    // the help shows what is printed without the indentation that all of it has
    private static IEnumerable<string> Unindent(string[] lines)
    {
        int indentation = lines.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return lines.Select(line => line.Length > 0 ? line[indentation..] : line);
    }

    private static string Mark(int index) => FormattableString.Invariant($"=== example {index + 1} ===");
}
