#if NET
namespace GmmTools.Connectors.Parquet;

/// <summary>The cells of one row group.</summary>
/// <param name="Columns">One array per column of numbers; NaN where there is none.</param>
/// <param name="Extra">One array per extra column.</param>
/// <param name="Count">Number of rows.</param>
internal sealed record ParquetRows(double[][] Columns, object?[][] Extra, int Count);
#endif
