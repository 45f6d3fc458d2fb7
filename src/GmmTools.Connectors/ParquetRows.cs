#if NET
namespace GmmTools.Connectors;

/// <summary>The numbers of one row group; NaN where there is none.</summary>
/// <param name="Columns">One array per column wanted.</param>
/// <param name="Count">Number of rows.</param>
internal sealed record ParquetRows(double[][] Columns, int Count);
#endif
