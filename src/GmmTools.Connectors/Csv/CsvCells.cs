#if NET
namespace GmmTools.Connectors.Csv;

/// <summary>Which cells of a line are read in blocks.</summary>
/// <param name="Columns">The columns wanted, in order.</param>
/// <param name="WeightTarget">Which of them is the weight of the row, or -1.</param>
/// <param name="AllowsGaps">Whether cells may be missing; if not, a missing cell is left to the reader that knows what to say.</param>
internal sealed record CsvCells(int[] Columns, int WeightTarget, bool AllowsGaps);
#endif
