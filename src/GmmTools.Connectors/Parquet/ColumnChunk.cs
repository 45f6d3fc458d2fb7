#if NET
namespace GmmTools.Connectors.Parquet;

/// <summary>Where the cells of a column in a row group stand in the file.</summary>
/// <param name="Start">Offset of the first page, in bytes.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="CellCount">Number of cells, nulls included.</param>
internal readonly record struct ColumnChunk(long Start, long Length, long CellCount);
#endif
