#if NET
namespace GmmTools.Connectors.Parquet;

/// <summary>What the footer says of a column that the library does not know.</summary>
internal enum ParquetLeaf
{
    /// <summary>The library knows it.</summary>
    Known,

    /// <summary>Numbers of half precision.</summary>
    Half,

    /// <summary>Something else.</summary>
    Unknown,
}
#endif
