using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace GmmTools.Core.Tests.House;

/// <summary>A workflow of .github, and what is wrong with it: no other test can run it.</summary>
internal sealed class Workflow(string text)
{
    private static readonly Regex Task = new(@"^dotnet pwsh -NoProfile -File build\.ps1 (?<task>\w+)( [\w./-]+)?$");
    private static readonly Regex Project = new(@"^dotnet (test|format) (?<path>\S+)( --?[\w-]+( [\w./]+)?)*$");
    private static readonly Regex Tool = new(@"^dotnet tool (restore|install \w+ --version \d+\.\d+\.\d+ --tool-path out/[\w.-]+)$");
    private static readonly Regex Release = new(@"^gh release create ""\$GITHUB_REF_NAME"" out/");
    private static readonly Regex Pinned = new(@"^[\w-]+/[\w-]+@[0-9a-f]{40}$");

    private readonly YamlMappingNode _root = Read(text);

    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = Path.GetDirectoryName(SourceText.Root)!;

    /// <summary>The tasks that build.ps1 takes.</summary>
    public static string[] Tasks { get; } = [.. Regex
        .Matches(Regex.Match(File.ReadAllText(Path.Combine(Repository, "build.ps1")), @"ValidateSet\((?<set>[^)]*)\)").Groups["set"].Value, @"\w+")
        .Select(match => match.Value)];

    /// <summary>The actions that it uses, with their commits.</summary>
    public IEnumerable<string> Actions => Steps.Select(step => Value(step, "uses")).OfType<string>();

    private IEnumerable<KeyValuePair<string, YamlMappingNode>> Jobs =>
        Map(_root, "jobs")!.Children.Select(job => KeyValuePair.Create(job.Key.ToString(), (YamlMappingNode)job.Value));

    private IEnumerable<YamlMappingNode> Steps => Jobs.SelectMany(job => StepsOf(job.Value));

    /// <summary>The document of a text.</summary>
    public static YamlMappingNode Read(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return (YamlMappingNode)stream.Documents.Single().RootNode;
    }

    /// <summary>What breaks a rule, in words.</summary>
    public IEnumerable<string> FindFaults() =>
        FindFaultsOfAll().Concat(Jobs.SelectMany(FindFaults)).Concat(Steps.SelectMany(FindFaults)).Concat(FindLooseComments());

    /// <summary>The jobs that have ended when a job begins.</summary>
    public HashSet<string> Before(string job)
    {
        YamlNode? needs = Node(Jobs.Single(one => one.Key == job).Value, "needs");
        string[] direct = needs is YamlSequenceNode list ? [.. list.Select(item => item.ToString())] : needs is null ? [] : [needs.ToString()];
        return [.. direct.Concat(direct.SelectMany(Before))];
    }

    /// <summary>The lines that a job runs.</summary>
    public string[] Runs(string job) => [.. StepsOf(Jobs.Single(one => one.Key == job).Value).Select(step => Value(step, "run")).OfType<string>()];

    private static IEnumerable<YamlMappingNode> StepsOf(YamlMappingNode job) => ((YamlSequenceNode)job.Children["steps"]).Cast<YamlMappingNode>();

    private static YamlNode? Node(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? found) ? found : null;

    private static YamlMappingNode? Map(YamlMappingNode node, string key) => Node(node, key) as YamlMappingNode;

    private static string? Value(YamlMappingNode node, string key) => (Node(node, key) as YamlScalarNode)?.Value;

    private static bool IsRunnable(string line)
    {
        Match task = Task.Match(line);
        Match project = Project.Match(line);
        return task.Success ? Tasks.Contains(task.Groups["task"].Value)
            : project.Success ? Path.Exists(Path.Combine(Repository, project.Groups["path"].Value))
            : Tool.IsMatch(line) || Release.IsMatch(line);
    }

    private IEnumerable<string> FindFaultsOfAll()
    {
        if (Map(_root, "permissions") is not YamlMappingNode permissions || permissions.Children.Any(one => one.Value.ToString() is not ("read" or "none")))
        {
            yield return "The permissions of all jobs are not stated, or are to write.";
        }

        if (Map(_root, "concurrency") is null)
        {
            yield return "Nothing is said of runs at the same time.";
        }

        if (text.Contains("pull_request_target", StringComparison.Ordinal))
        {
            yield return "A pull request would run with the rights of the repository.";
        }
    }

    private IEnumerable<string> FindFaults(KeyValuePair<string, YamlMappingNode> job)
    {
        if (!int.TryParse(Value(job.Value, "timeout-minutes"), out int minutes) || minutes > 120)
        {
            yield return $"{job.Key}: no timeout within two hours.";
        }

        if (Node(job.Value, "permissions") is YamlScalarNode all)
        {
            yield return $"{job.Key}: permissions are {all}.";
        }

        if (StepsOf(job.Value).Any(step => step.ToString().Contains("secrets.", StringComparison.Ordinal)) && Value(job.Value, "environment") is null)
        {
            yield return $"{job.Key}: a secret outside an environment.";
        }

        string[] made = [.. Before(job.Key).SelectMany(before => Artifacts(before, "actions/upload-artifact@"))];
        foreach (string artifact in Artifacts(job.Key, "actions/download-artifact@").Except(made))
        {
            yield return $"{job.Key}: the artifact {artifact} is not made before it.";
        }
    }

    private IEnumerable<string> Artifacts(string job, string action) => StepsOf(Jobs.Single(one => one.Key == job).Value)
        .Where(step => Value(step, "uses")?.StartsWith(action, StringComparison.Ordinal) == true)
        .Select(step => Value(Map(step, "with")!, "name")!);

    private static IEnumerable<string> FindFaults(YamlMappingNode step)
    {
        string? action = Value(step, "uses");
        string? line = Value(step, "run");
        if (action is not null && !Pinned.IsMatch(action))
        {
            yield return $"{action} is not pinned to a commit.";
        }

        bool keepsCredentials = Map(step, "with") is not YamlMappingNode with || Value(with, "persist-credentials") != "false";
        if (action?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true && keepsCredentials)
        {
            yield return "A checkout keeps its credentials.";
        }

        if (line is not null && (line.Contains("${{", StringComparison.Ordinal) || !IsRunnable(line)))
        {
            yield return $"'{line}' is no task of build.ps1, and no test that is there.";
        }
    }

    private IEnumerable<string> FindLooseComments() => text.Split('\n')
        .Where(line => line.Contains("uses: ", StringComparison.Ordinal) && !Regex.IsMatch(line, @"@[0-9a-f]{40} # v\d+\.\d+\.\d+$"))
        .Select(line => $"'{line.Trim()}' does not say which version its commit is.");
}
