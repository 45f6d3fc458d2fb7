#if NET
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Parquet;
using Parquet.Schema;

namespace GmmTools.Connectors.Samples;

/// <summary>Writes Parquet: doubles and a component, none missing, uncompressed, as random numbers hardly shrink.</summary>
internal sealed class ParquetSampleWriter : ISampleWriter
{
    private readonly DataField[] _fields;
    private readonly ParquetWriter _writer;

    /// <summary>Begins to write.</summary>
    /// <param name="stream">Takes the file; stays open.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="dimension">How many of them hold doubles; one more holds the component.</param>
    public ParquetSampleWriter(Stream stream, IEnumerable<string> columns, int dimension)
    {
        _fields = [.. columns.Select((name, j) => new DataField(name, j < dimension ? typeof(double) : typeof(int), false))];
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.None, DictionaryEncodingThreshold = 0 };
        _writer = ParquetWriter.CreateAsync(new ParquetSchema(_fields), stream, options).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public int BlockRows => 1 << 17;

    /// <inheritdoc/>
    public void Format(SampleBlock block)
    {
        double[][] columns = new double[block.Dimension][];
        for (int j = 0; j < columns.Length; j++)
        {
            double[] column = new double[block.Count];
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = block.Values[(i * columns.Length) + j];
            }

            columns[j] = column;
        }

        block.Columns = columns;
    }

    /// <inheritdoc/>
    public void Write(SampleBlock block)
    {
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        for (int j = 0; j < block.Dimension; j++)
        {
            group.WriteAsync<double>(_fields[j], block.Columns[j]).GetAwaiter().GetResult();
        }

        if (block.Components is not null)
        {
            group.WriteAsync<int>(_fields[block.Dimension], block.Components).GetAwaiter().GetResult();
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
    }

    /// <summary>Writes the end of the file.</summary>
    public void Dispose() => _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
#endif
