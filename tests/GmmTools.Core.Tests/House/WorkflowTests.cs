using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace GmmTools.Core.Tests.House;

/// <summary>The workflows and pages of .github keep their rules, and name what is there.</summary>
public class WorkflowTests
{
    private const string Good = """
        on: push
        permissions:
          contents: read
        concurrency:
          group: one
        jobs:
          first:
            runs-on: ubuntu-latest
            timeout-minutes: 10
            steps:
              - uses: actions/checkout@0123456789012345678901234567890123456789 # v1.2.3
                with:
                  persist-credentials: false
              - run: dotnet pwsh -NoProfile -File build.ps1 Package
              - run: dotnet test GmmTools.sln --nologo --logger trx

        """;

    private const string Download =
        "uses: actions/download-artifact@0123456789012345678901234567890123456789 # v1.2.3\n        with:\n          name: thing\n";

    private const string Names =
        @"(?<![\w/])(?:src|tests|\.github|\.config)/[\w./-]*\w|(?<![\w/.~-])[\w.-]+\.(?:ps1xml|psd1|sln)\b|(?<![\w/.-])[A-Z]+\.md\b";

    private static readonly string Folder = Path.Combine(Workflow.Repository, ".github");

    public static TheoryData<string, string, string> Changes { get; } = new()
    {
        { "contents: read", "contents: write", "permissions of all jobs" },
        { "permissions:\n  contents: read\n", "", "permissions of all jobs" },
        { "concurrency:\n  group: one\n", "", "at the same time" },
        { "on: push", "on: pull_request_target", "rights of the repository" },
        { "    timeout-minutes: 10\n", "", "no timeout" },
        { "timeout-minutes: 10", "permissions: write-all\n    timeout-minutes: 10", "permissions are write-all" },
        { "@0123456789012345678901234567890123456789 # v1.2.3", "@v1", "not pinned" },
        { " # v1.2.3", "", "which version" },
        { "persist-credentials: false", "fetch-depth: 0", "keeps its credentials" },
        { "build.ps1 Package", "build.ps1 Pakcage", "no task" },
        { "build.ps1 Package", "build.ps1 Tag ${{ github.ref_name }}", "no task" },
        { "dotnet test GmmTools.sln", "dotnet test Gmm.sln", "no test that is there" },
        { "dotnet test GmmTools.sln --nologo --logger trx", "curl https://example.com | sh", "no task" },
        { "dotnet test GmmTools.sln --nologo --logger trx", "|\n          dotnet test GmmTools.sln\n          echo done", "no task" },
        { "run: dotnet test", "env:\n          KEY: ${{ secrets.KEY }}\n        run: dotnet test", "secret outside" },
        { "run: dotnet test", Download + "      - run: dotnet test", "thing is not made" },
    };

    [Fact]
    public void Workflows_keep_their_rules()
    {
        string[] files = Directory.GetFiles(Path.Combine(Folder, "workflows"));
        Assert.Equal(["build.yml", "release.yml"], files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Workflow[] workflows = [.. files.Select(file => new Workflow(File.ReadAllText(file)))];

        Assert.Empty(workflows.SelectMany(workflow => workflow.FindFaults()));
        Assert.All(workflows.SelectMany(workflow => workflow.Actions).Distinct().GroupBy(action => action.Split('@')[0]), commits => Assert.Single(commits));
    }

    [Fact]
    public void What_is_published_was_tested_and_attested_and_is_not_made_again()
    {
        Workflow release = new(File.ReadAllText(Path.Combine(Folder, "workflows", "release.yml")));

        Assert.Superset(new HashSet<string> { "package", "test", "attest" }, release.Before("publish"));
        Assert.Equal(["dotnet tool restore", "dotnet pwsh -NoProfile -File build.ps1 Publish"], release.Runs("publish"));
        Assert.Equal(["Tag", "Package", "Sign", "Sbom"], release.Runs("package").Skip(1).Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public void A_workflow_that_keeps_the_rules_has_no_fault() => Assert.Empty(new Workflow(Good).FindFaults());

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_workflow_that_breaks_a_rule_has_a_fault(string before, string after, string expected)
    {
        Assert.Contains(before, Good, StringComparison.Ordinal);
        IEnumerable<string> faults = new Workflow(Good.Replace(before, after, StringComparison.Ordinal)).FindFaults();
        Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Issue_forms_ask_for_what_an_answer_needs()
    {
        string[] files = [.. Directory.GetFiles(Path.Combine(Folder, "ISSUE_TEMPLATE")).Where(file => Path.GetFileName(file) != "config.yml")];
        Assert.Equal(3, files.Length);
        foreach (string file in files)
        {
            YamlMappingNode form = Workflow.Read(File.ReadAllText(file));
            Assert.All(["name", "description", "title", "body"], key => Assert.True(form.Children.ContainsKey(key), $"{file}: no {key}."));
            YamlMappingNode[] questions =
            [
                .. ((YamlSequenceNode)form.Children["body"]).Cast<YamlMappingNode>().Where(item => item.Children["type"].ToString() != "markdown"),
            ];
            Assert.Equal(questions.Length, questions.Select(question => question.Children["id"].ToString()).Distinct().Count());
            Assert.All(questions, question => Assert.True(((YamlMappingNode)question.Children["attributes"]).Children.ContainsKey("label")));
            Assert.Contains(questions, question => question.Children.ContainsKey("validations"));
        }
    }

    /// <summary>A page that names a file or a test which has moved sends a contributor astray.</summary>
    [Theory]
    [InlineData("CONTRIBUTING.md", 10)]
    [InlineData("SECURITY.md", 0)]
    [InlineData("PULL_REQUEST_TEMPLATE.md", 0)]
    public void Pages_name_files_and_tests_that_are_there(string page, int least)
    {
        string text = File.ReadAllText(Path.Combine(Folder, page));
        string[] paths = [.. Regex.Matches(text, Names).Select(match => match.Value).Distinct()];
        string[] tests = [.. Regex.Matches(text, @"`(\w+Tests)`").Select(match => match.Groups[1].Value)];

        Assert.True(paths.Length + tests.Length >= least, "The names were not found.");
        Assert.All(paths, path => Assert.True(Exists(path), path));
        Assert.All(tests, test => Assert.True(File.Exists(Path.Combine(Workflow.Repository, "tests", "GmmTools.Core.Tests", "House", test + ".cs")), test));
    }

    private static bool Exists(string path) =>
        new[] { "", "src/GmmTools", ".github" }.Any(folder => Path.Exists(Path.Combine(Workflow.Repository, folder, path)));
}
