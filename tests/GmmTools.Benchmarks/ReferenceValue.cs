using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Benchmarks;

/// <summary>A log-likelihood at which mclust's EM ends from its own hierarchical partition, run to the end.</summary>
internal sealed record ReferenceValue(string Data, CovarianceModel Model, int ComponentCount, int ParameterCount, double LogLikelihood)
{
    /// <summary>The folder of reference values and of the scripts that make them.</summary>
    public static string Folder { get; } = Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Benchmarks", "Reference");

    /// <summary>All values.</summary>
    public static IReadOnlyList<ReferenceValue> ReadAll() =>
        [.. File.ReadAllLines(Path.Combine(Folder, "mclust-converged.csv")).Skip(1).Select(line => Parse(line.Split(',')))];

    private static ReferenceValue Parse(string[] cells) => new(
        cells[0],
        CovarianceModels.Parse(cells[1]),
        int.Parse(cells[2], CultureInfo.InvariantCulture),
        int.Parse(cells[3], CultureInfo.InvariantCulture),
        double.Parse(cells[4], CultureInfo.InvariantCulture));
}
