using System;
using System.Collections.Generic;

namespace GmmTools.Shared.Fuzz;

/// <summary>All that reads what others wrote.</summary>
internal static class FuzzTargets
{
    /// <summary>How each is made, by its name: some fit or write a file first.</summary>
    public static IReadOnlyDictionary<string, Func<FuzzTarget>> ByName { get; } = new Dictionary<string, Func<FuzzTarget>>
    {
        ["csv"] = () => new CsvTarget(),
        ["json"] = () => new JsonTarget(),
        ["parquet"] = () => new ParquetTarget(),
        ["checkpoint"] = () => new CheckpointTarget(),
    };
}
