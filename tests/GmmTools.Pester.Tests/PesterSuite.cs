using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using GmmTools.Shared;

namespace GmmTools.Pester.Tests;

/// <summary>Runs all files of the suite, as many side by side as there are cores, and the ones that need the machine for themselves at the end.</summary>
internal static class PesterSuite
{
    /// <summary>Files that measure times or fill all cores.</summary>
    private const string Alone = "Alone.Tests.ps1";

    /// <summary>Runs the suite.</summary>
    /// <param name="settings">What is run, and where.</param>
    /// <param name="tell">Told what runs and what came of it.</param>
    /// <exception cref="InvalidOperationException">Another PowerShell or Pester than the pinned ones ran, or nothing did.</exception>
    public static async Task<IReadOnlyList<PesterResult>> RunAsync(PesterSettings settings, Action<string> tell)
    {
        Stopwatch watch = Stopwatch.StartNew();
        // what takes longest begins first
        string[] files = [.. Directory.EnumerateFiles(PesterTools.SuiteFolder, "*.Tests.ps1")
            .Where(file => settings.Tags.Count == 0 || settings.Tags.Any(tag => MentionsTag(file, tag)))
            .OrderByDescending(file => new FileInfo(file).Length)];
        List<PesterResult> results = [];
        foreach (IGrouping<bool, string> group in files.GroupBy(NeedsTheMachine).OrderBy(group => group.Key))
        {
            ConcurrentQueue<string> queue = new(group);
            int count = group.Key ? 1 : Math.Min(queue.Count, Environment.ProcessorCount);
            IReadOnlyList<PesterResult>[] parts = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => WorkAsync(settings, queue, tell))));
            results.AddRange(parts.SelectMany(part => part));
        }

        if (results.Count == 0)
        {
            throw new InvalidOperationException($"No test ran: {settings.Title}.");
        }

        tell(FormattableString.Invariant(
            $"{settings.Title}: {results.Count} tests of {files.Length} files, {results.Count(result => result.Result != "Passed")} not passed, {watch.Elapsed.TotalSeconds:F0} s"));
        return results;
    }

    private static bool NeedsTheMachine(string file) => file.EndsWith(Alone, StringComparison.Ordinal);

    private static bool MentionsTag(string file, string tag) => File.ReadAllText(file).Contains($"-Tag {tag}", StringComparison.Ordinal);

    private static async Task<IReadOnlyList<PesterResult>> WorkAsync(PesterSettings settings, ConcurrentQueue<string> queue, Action<string> tell)
    {
        List<PesterResult> results = [];
        using PesterWorker worker = new(settings);
        CheckVersions(await worker.ReadIntroductionAsync(), settings, tell);
        while (queue.TryDequeue(out string? file))
        {
            Stopwatch watch = Stopwatch.StartNew();
            IReadOnlyList<PesterResult> found = await worker.RunAsync(file);
            if (found.Count == 0 && settings.Tags.Count == 0 && settings.ExcludedTags.Count == 0)
            {
                throw new InvalidOperationException($"{Path.GetFileName(file)} has no test that ran.");
            }

            results.AddRange(found);
            tell(FormattableString.Invariant(
                $"{settings.Title}: {Path.GetFileName(file)}: {found.Count(result => result.Result == "Passed")} of {found.Count} passed, {watch.Elapsed.TotalSeconds:F1} s"));
        }

        return results;
    }

    private static void CheckVersions(JsonElement introduction, PesterSettings settings, Action<string> tell)
    {
        string powerShell = introduction.GetProperty("PowerShell").GetString()!;
        string pester = introduction.GetProperty("Pester").GetString()!;
        tell($"{settings.Title}: PowerShell {powerShell}, Pester {pester}, engine {introduction.GetProperty("Engine").GetString()}, culture '{introduction.GetProperty("Culture").GetString()}'");
        if ((powerShell, pester) != (PinnedPowerShell.Version, PesterTools.PesterVersion))
        {
            throw new InvalidOperationException($"PowerShell {PinnedPowerShell.Version} and Pester {PesterTools.PesterVersion} are pinned; PowerShell {powerShell} and Pester {pester} ran.");
        }
    }
}
