using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>What the README shows is what a reader gets.</summary>
public sealed class ExampleReadmeTests : IDisposable
{
    private const string RelativeManifest = "./GmmTools.psd1";

    private static readonly string Readme =
        File.ReadAllText(Path.Combine(ModuleFiles.RepositoryRoot, "README.md")).ReplaceLineEndings("\n");

    // The blocks run here, so that the files that they write do not land in the repository.
    private readonly ShellFolder _folder = new();

    public ExampleReadmeTests()
    {
        _folder.CopyExamples();
        LogDatabase.Create(_folder.Locate("requests.db"));
        LogDatabase.CopyDriver(Directory.CreateDirectory(_folder.Locate("driver")));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Its_commands_run_in_one_session_and_print_what_it_shows()
    {
        string[] blocks = ExtractBlocks("powershell");
        (int Block, string Shown)[] outputs = [.. ExtractOutputs(blocks)];
        Assert.Contains(blocks, block => block.Contains(RelativeManifest, StringComparison.Ordinal));
        Assert.NotEmpty(outputs);

        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, _folder.Write("readme.ps1", JoinBlocks(blocks)));

        string[] lines = result.AssertClean().Lines;
        int[] marks = [.. Enumerable.Range(0, blocks.Length + 1).Select(index => Array.IndexOf(lines, Mark(index)))];
        Assert.DoesNotContain(-1, marks);
        Assert.All(outputs, output => Assert.Equal(
            ShellResult.Tidy(output.Shown), ShellResult.Tidy(string.Join('\n', lines[(marks[output.Block] + 1)..marks[output.Block + 1]]))));
    }

    [Fact]
    public async Task Its_tables_hold_every_row_and_come_back_without_loss()
    {
        string script = JoinBlocks(ExtractBlocks("powershell")) + """

            "members $(@(Import-Csv members.csv).Count), components $(@(Import-Csv components.csv).Count)"
            "different $(@(Compare-GaussianMixture $fit $again | Where-Object { $_.Deviation -ne 0 }).Count)"
            """;
        ShellResult result = await ShellProcess.RunInAsync(_folder.Root, _folder.Write("readme.ps1", script));

        Assert.Equal(["members 272, components 2", "different 0"], result.AssertClean().Lines[^2..]);
    }

    [Fact]
    public void The_files_that_it_names_exist()
    {
        string[] paths = [.. Regex.Matches(Readme, @"(?<![\w/])(?:\./)?(?:(?:src|tests|\.ci)/[\w./-]*[\w/]|build\.ps1|GmmTools\.psd1)").Select(match => match.Value)];

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(Path.Exists(Path.Combine(ModuleFiles.RepositoryRoot, path)), path));
    }

    [Fact]
    public void It_names_every_command()
    {
        string[] missing = [.. HelpFile.Examples().Select(help => help.Command).Where(command => !Readme.Contains($"`{command}`", StringComparison.Ordinal))];

        Assert.Empty(missing);
    }

    [Fact]
    public void The_architecture_page_names_what_there_is()
    {
        string source = Path.Combine(ModuleFiles.RepositoryRoot, "src");
        string page = File.ReadAllText(Path.Combine(source, "README.md"));
        string[] libraries = ["MathNet", "PowerShell", "PowerShellStandard", "ScottPlot"];
        string[] names = [.. Regex.Matches(page, "(?<![\\w.])[A-Z][a-z]+(?:[A-Z][a-z]+)+(?![\\w.])").Select(match => match.Value).Distinct().Except(libraries)];
        HashSet<string> existing =
        [
            .. Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)),
            .. Directory.EnumerateDirectories(source).Select(folder => Path.GetFileName(folder)),
            .. Directory.EnumerateDirectories(source).Select(folder => Path.GetFileName(folder).Replace("GmmTools.", string.Empty, StringComparison.Ordinal)),
        ];

        Assert.Contains("EmEstimator", names);
        Assert.All(names, name => Assert.True(existing.Contains(name) || existing.Contains("I" + name), name));
    }

    [Fact]
    public async Task The_picture_is_what_its_command_draws()
    {
        string script = JoinBlocks([.. ExtractBlocks("powershell").Where(block => block.Contains("Import-Module", StringComparison.Ordinal) || block.Contains("faithful.", StringComparison.Ordinal))]);
        (await ShellProcess.RunInAsync(_folder.Root, _folder.Write("readme.ps1", script))).AssertExit(0);

        string drawn = File.ReadAllText(_folder.Locate("faithful.svg"));
        string shown = File.ReadAllText(ModuleFiles.Data("pictures/faithful.svg"));
        Assert.Equal(CountElements(shown), CountElements(drawn));
        Assert.InRange(drawn.Length, 0.98 * shown.Length, 1.02 * shown.Length);
    }

    // What is shown right after a block is its output.
    private static IEnumerable<(int Block, string Shown)> ExtractOutputs(string[] blocks) =>
        Regex.Matches(Readme, "^```powershell\n([^`]*?)^```\n\n```text\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => (Array.IndexOf(blocks, match.Groups[1].Value), match.Groups[2].Value));

    private static string[] CountElements(string svg) =>
        [.. Regex.Matches(svg, @"<(\w+)").GroupBy(match => match.Groups[1].Value).Select(group => FormattableString.Invariant($"{group.Key} {group.Count()}")).Order()];

    private static string Mark(int index) => FormattableString.Invariant($"=== block {index} ===");

    private static string[] ExtractBlocks(string language) =>
        [.. Regex.Matches(Readme, $"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

    // A first error ends the script. A mark before each block tells whose output is whose. As at a prompt, every statement is a
    // pipeline of its own: within one, the engine shows objects of a second type as lists.
    private static string JoinBlocks(string[] blocks)
    {
        string manifest = ShellProcess.Quote(Path.Combine(ModuleFiles.RepositoryRoot, "GmmTools.psd1"));
        string body = string.Concat(blocks.Select((block, index) => $$"""
            '{{Mark(index)}}'
            $block = {{ShellProcess.Quote(block.Replace(RelativeManifest, manifest, StringComparison.Ordinal))}}
            foreach ($statement in [scriptblock]::Create($block).Ast.EndBlock.Statements) {
                . ([scriptblock]::Create($statement.Extent.Text)) | Out-Default
            }

            """));
        return $"$ErrorActionPreference = 'Stop'\n{body}'{Mark(blocks.Length)}'\n";
    }
}
