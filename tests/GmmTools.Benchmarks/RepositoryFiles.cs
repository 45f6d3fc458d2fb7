using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Observations;

namespace GmmTools.Benchmarks;

/// <summary>The files of the repository that benchmarks read, found from where the program stands.</summary>
internal static class RepositoryFiles
{
    /// <summary>The repository's root: the first folder above the program that holds the manifest.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A data set of the examples, its numeric columns only.</summary>
    public static InMemoryObservations ReadExample(string name)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Root, "src", "Examples", name + ".csv"));
        string[] header = lines[0].Split(',');
        string[] first = lines[1].Split(',');
        int[] columns = [.. Enumerable.Range(0, header.Length).Where(j => double.TryParse(first[j], CultureInfo.InvariantCulture, out _))];
        ObservationsBuilder builder = new(columns.Select(j => header[j]));
        foreach (string line in lines.Skip(1).Where(line => line.Length > 0))
        {
            string[] cells = line.Split(',');
            builder.Add([.. columns.Select(j => double.Parse(cells[j], CultureInfo.InvariantCulture))]);
        }

        return builder.Build();
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GmmTools.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new FileNotFoundException("GmmTools.sln was not found above the program: run it from a clone of the repository.");
    }
}
