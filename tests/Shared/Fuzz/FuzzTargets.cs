using System.Collections.Generic;

namespace GmmTools.Shared.Fuzz;

/// <summary>All that reads what others wrote.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> Create() => [new CsvTarget(), new JsonTarget(), new ParquetTarget(), new CheckpointTarget()];
}
