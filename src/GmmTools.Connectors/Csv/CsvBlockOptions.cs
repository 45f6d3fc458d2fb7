#if NET
namespace GmmTools.Connectors.Csv;

/// <summary>How a file is cut into blocks.</summary>
/// <param name="ThreadCount">The most threads to use.</param>
/// <param name="BlockSize">Bytes read at a time.</param>
/// <param name="SmallestFile">Bytes of a file that is worth it.</param>
internal sealed record CsvBlockOptions(int ThreadCount, int BlockSize = 1 << 20, long SmallestFile = 1 << 19);
#endif
