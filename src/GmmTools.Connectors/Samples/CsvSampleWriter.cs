using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
#if !NET
#endif

namespace GmmTools.Connectors.Samples;

/// <summary>Writes CSV: commas, invariant culture, numbers that read back as they were; UTF-8 without a mark.</summary>
internal sealed class CsvSampleWriter : ISampleWriter
{
    private readonly Stream _stream;

    /// <summary>Writes the header.</summary>
    /// <param name="stream">Takes the text; stays open.</param>
    /// <param name="columns">Names of the columns.</param>
    public CsvSampleWriter(Stream stream, IEnumerable<string> columns)
    {
        _stream = stream;
        byte[] header = Encoding.UTF8.GetBytes(string.Join(",", columns.Select(Quote)) + "\n");
        _stream.Write(header, 0, header.Length);
    }

    /// <inheritdoc/>
    public int BlockRows => 1 << 13;

    /// <inheritdoc/>
    public void Format(SampleBlock block)
    {
#if NET
        // the longest number is -2.2250738585072014E-308, the longest component 2147483647
        const int MaxCharacters = 26;
        byte[] bytes = new byte[block.Count * (block.Dimension + 1) * MaxCharacters];
        int length = 0;
        for (int i = 0; i < block.Count; i++)
        {
            for (int j = 0; j < block.Dimension; j++)
            {
                block.Values[(i * block.Dimension) + j].TryFormat(
                    bytes.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
                length += written;
                bytes[length++] = (byte)',';
            }

            if (block.Components is not null)
            {
                block.Components[i].TryFormat(bytes.AsSpan(length), out int written, default, CultureInfo.InvariantCulture);
                length += written + 1;
            }

            bytes[length - 1] = (byte)'\n';
        }

        block.Text = new ArraySegment<byte>(bytes, 0, length);
#else
        StringBuilder text = new();
        for (int i = 0; i < block.Count; i++)
        {
            for (int j = 0; j < block.Dimension; j++)
            {
                text.Append(j == 0 ? string.Empty : ",");
                text.Append(Numerics.RoundTrip.Text(block.Values[(i * block.Dimension) + j]));
            }

            if (block.Components is not null)
            {
                text.Append(',').Append(block.Components[i].ToString(CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        block.Text = new ArraySegment<byte>(Encoding.UTF8.GetBytes(text.ToString()));
#endif
    }

    /// <inheritdoc/>
    public void Write(SampleBlock block) => _stream.Write(block.Text.Array!, block.Text.Offset, block.Text.Count);

    /// <inheritdoc/>
    public void Complete() => _stream.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static string Quote(string name) =>
        name.IndexOfAny([',', ';', '\t', '|', '"', '\n', '\r', '#']) >= 0 || name.Trim() != name
            ? "\"" + string.Join("\"\"", name.Split('"')) + "\""
            : name;
}
