using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace GmmTools.Benchmarks.Mutation;

/// <summary>What became of the mutants of a room.</summary>
internal sealed class MutationScore
{
    private readonly List<string> _survivors = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Mutants that a test fails on, one that does not come to an end included.</summary>
    public int Killed => Count("Killed") + Count("Timeout");

    /// <summary>Mutants that no test notices, whether one runs through them or not.</summary>
    public int Survived => Count("Survived") + Count("NoCoverage");

    /// <summary>Those of the survivors through which no test runs.</summary>
    public int Uncovered => Count("NoCoverage");

    /// <summary>Those of the killed that were stopped because they did not come to an end.</summary>
    public int TimedOut => Count("Timeout");

    /// <summary>Mutants that compile and are tried.</summary>
    public int Tried => Killed + Survived;

    /// <summary>The share that is killed, in percent.</summary>
    public double Percent => Tried > 0 ? 100.0 * Killed / Tried : double.NaN;

    /// <summary>Each survivor: its place, what stood there, and what was put in its place.</summary>
    public IReadOnlyList<string> Survivors => _survivors;

    /// <summary>Reads the report of Stryker.</summary>
    /// <param name="path">The file of its JSON reporter.</param>
    public static MutationScore Read(string path)
    {
        MutationScore score = new();
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(path));
        foreach (JsonProperty file in report.RootElement.GetProperty("files").EnumerateObject())
        {
            string[] lines = file.Value.GetProperty("source").GetString()!.Split('\n');
            foreach (JsonElement mutant in file.Value.GetProperty("mutants").EnumerateArray())
            {
                score.Add(Path.GetFileName(file.Name), lines, mutant);
            }
        }

        return score;
    }

    private int Count(string status) => _counts.GetValueOrDefault(status);

    private void Add(string file, string[] lines, JsonElement mutant)
    {
        string status = mutant.GetProperty("status").GetString()!;
        _counts[status] = Count(status) + 1;
        if (status is "Survived" or "NoCoverage")
        {
            JsonElement location = mutant.GetProperty("location");
            string replacement = OneLine(mutant.GetProperty("replacement").GetString()!);
            _survivors.Add($"{file}:{location.GetProperty("start").GetProperty("line").GetInt32()} {status}: {Original(lines, location)} -> {replacement}");
        }
    }

    private static string Original(string[] lines, JsonElement location)
    {
        (int Line, int Column) start = Position(location.GetProperty("start"));
        (int Line, int Column) end = Position(location.GetProperty("end"));
        return OneLine(start.Line == end.Line
            ? lines[start.Line][start.Column..end.Column]
            : string.Join(' ', [lines[start.Line][start.Column..], .. lines[(start.Line + 1)..end.Line], lines[end.Line][..end.Column]]));
    }

    private static (int Line, int Column) Position(JsonElement place) =>
        (place.GetProperty("line").GetInt32() - 1, place.GetProperty("column").GetInt32() - 1);

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
