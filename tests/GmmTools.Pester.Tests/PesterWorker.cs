using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Shared;

namespace GmmTools.Pester.Tests;

/// <summary>A PowerShell that runs one test file after another.</summary>
internal sealed class PesterWorker : IDisposable
{
    // only so that a file that hangs does not hang the tests
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    private readonly string _mark = $"#{Guid.NewGuid():N}#";
    private readonly StringBuilder _rest = new();
    private readonly Process _process;
    private readonly Task _errors;

    /// <summary>Starts the process.</summary>
    /// <param name="settings">What is run.</param>
    public PesterWorker(PesterSettings settings)
    {
        _process = Process.Start(CreateStart(settings))!;
        _errors = ReadErrorsAsync();
    }

    /// <summary>Reads what the worker says of itself: versions, engine, culture.</summary>
    public Task<JsonElement> ReadIntroductionAsync() => ReadAnswerAsync();

    /// <summary>Runs a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>A result for each test that ran, and for each block or file that failed as a whole.</returns>
    public async Task<IReadOnlyList<PesterResult>> RunAsync(string path)
    {
        await _process.StandardInput.WriteLineAsync(path);
        await _process.StandardInput.FlushAsync();
        JsonElement answer = await ReadAnswerAsync();
        List<PesterResult> results = [];
        foreach (JsonElement one in answer.GetProperty("Results").EnumerateArray())
        {
            results.Add(new PesterResult(Path.GetFileName(path), Text(one, "Name"), Text(one, "Result"), Text(one, "Text")));
        }

        return results;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _errors.Wait(TimeSpan.FromSeconds(20));
        _process.Dispose();
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? string.Empty;

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private ProcessStartInfo CreateStart(PesterSettings settings)
    {
        string script = Path.Combine(PesterTools.SuiteFolder, "Support", "Invoke-PesterWorker.ps1");
        ProcessStartInfo start = PinnedPowerShell.CreateStart(
            "-Command",
            $"& {Quote(script)} -PesterManifest {Quote(PesterTools.PesterManifest)} -Mark {Quote(_mark)} -Tag {List(settings.Tags)} -ExcludeTag {List(settings.ExcludedTags)}");
        start.WorkingDirectory = PesterTools.RepositoryRoot;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardInputEncoding = start.StandardOutputEncoding = start.StandardErrorEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // modules of the machine are not found by accident; those of PowerShell itself are, by its own folder
        start.Environment["PSModulePath"] = string.Empty;
        start.Environment["LC_ALL"] = settings.Locale;
        start.Environment["LANG"] = settings.Locale;
        start.Environment["GMMTOOLS_TESTED_MANIFEST"] = settings.Manifest;
        start.Environment["GMMTOOLS_TEST_LIBRARIES"] = AppContext.BaseDirectory;
        start.Environment["GMMTOOLS_TEST_PACKAGES"] = PesterTools.Packages;
        start.Environment["GMMTOOLS_TEST_LATER_MODULE"] = PesterTools.LaterModule;
        start.Environment["GMMTOOLS_TEST_CONFIGURATION"] = PesterTools.Configuration;
        return start;
    }

    private static string List(IReadOnlyList<string> items) => $"@({string.Join(", ", items.Select(Quote))})";

    private async Task<JsonElement> ReadAnswerAsync()
    {
        using CancellationTokenSource impatience = new(Patience);
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(impatience.Token) is string line)
            {
                int mark = line.IndexOf(_mark, StringComparison.Ordinal);
                if (mark >= 0)
                {
                    return JsonDocument.Parse(line[(mark + _mark.Length)..]).RootElement;
                }

                Remember(line);
            }
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The worker did not answer within {Patience}.\n{_rest}");
        }

        await _errors;
        throw new InvalidOperationException($"PowerShell ended before its tests did.\n{_rest}");
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is string line)
        {
            Remember(line);
        }
    }

    private void Remember(string line)
    {
        lock (_rest)
        {
            _rest.AppendLine(line);
        }
    }
}
