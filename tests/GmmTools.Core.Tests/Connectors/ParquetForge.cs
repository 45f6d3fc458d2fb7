using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>Writes small Parquet files byte by byte: types that libraries do not write, and footers that lie.</summary>
internal sealed class ParquetForge
{
    private readonly List<Column> _columns = [];

    /// <summary>Number of rows that the footer tells; null for the true one.</summary>
    public long? RowCount { get; set; }

    /// <summary>Offset of the first column that the footer tells; null for the true one.</summary>
    public long? Offset { get; set; }

    /// <summary>Number of cells that the page of the first column tells; null for the true one.</summary>
    public int? PageCells { get; set; }

    /// <summary>Size of the page of the first column that its head tells; null for the true one.</summary>
    public int? PageSize { get; set; }

    /// <summary>Adds a column, all of whose cells are there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Number of the physical type.</param>
    /// <param name="typeLength">Bytes of a cell of fixed length, or 0.</param>
    /// <param name="converted">Number of the converted type, or -1.</param>
    /// <param name="logical">Number of the logical type, or 0, and the content of its structure.</param>
    /// <param name="cells">The cells as they are written.</param>
    public ParquetForge Add(string name, int type, int typeLength, int converted, (int Id, byte[] Content) logical, params byte[][] cells)
    {
        _columns.Add(new Column(name, type, typeLength, converted, logical, cells));
        return this;
    }

    /// <summary>Adds a column of doubles.</summary>
    public ParquetForge AddDoubles(string name, params double[] cells) => Add(name, 5, 0, -1, default, [.. cells.Select(BitConverter.GetBytes)]);

    /// <summary>The file.</summary>
    public byte[] Write()
    {
        MemoryStream file = new();
        file.Write("PAR1"u8);
        List<(long Start, long Length)> chunks = [];
        foreach (Column column in _columns)
        {
            bool first = chunks.Count == 0;
            byte[] body = [.. column.Cells.SelectMany(cell => cell)];
            long start = file.Position;
            Struct head = new();
            head.Int(1, 0);
            head.Int(2, first ? PageSize ?? body.Length : body.Length);
            head.Int(3, first ? PageSize ?? body.Length : body.Length);
            Struct data = new();
            data.Int(1, first ? PageCells ?? column.Cells.Length : column.Cells.Length);
            data.Int(2, 0);
            data.Int(3, 3);
            data.Int(4, 3);
            head.Nested(5, data.End());
            file.Write(head.End());
            file.Write(body);
            chunks.Add((start, file.Position - start));
        }

        byte[] footer = Footer(chunks);
        file.Write(footer);
        file.Write(BitConverter.GetBytes(footer.Length));
        file.Write("PAR1"u8);
        return file.ToArray();
    }

    private byte[] Footer(List<(long Start, long Length)> chunks)
    {
        long rows = _columns[0].Cells.Length;
        Struct root = new();
        root.Text(4, "schema");
        root.Int(5, _columns.Count);
        Struct group = new();
        group.List(1, [.. _columns.Select((column, i) => Chunk(column, i == 0 ? Offset ?? chunks[i].Start : chunks[i].Start, chunks[i].Length))]);
        group.Long(2, chunks.Sum(chunk => chunk.Length));
        group.Long(3, rows);
        Struct footer = new();
        footer.Int(1, 1);
        footer.List(2, [root.End(), .. _columns.Select(Element)]);
        footer.Long(3, RowCount ?? rows);
        footer.List(4, [group.End()]);
        return footer.End();
    }

    private static byte[] Element(Column column)
    {
        Struct element = new();
        element.Int(1, column.Type);
        if (column.TypeLength > 0)
        {
            element.Int(2, column.TypeLength);
        }

        element.Int(3, 0);
        element.Text(4, column.Name);
        if (column.Converted >= 0)
        {
            element.Int(6, column.Converted);
        }

        if (column.Logical.Id > 0)
        {
            Struct logical = new();
            logical.Nested(column.Logical.Id, column.Logical.Content);
            element.Nested(10, logical.End());
        }

        return element.End();
    }

    private static byte[] Chunk(Column column, long start, long length)
    {
        Struct content = new();
        content.Int(1, column.Type);
        content.Raw(2, 9, [0x15, 0]);
        content.Raw(3, 9, [0x18, .. Struct.Bytes(column.Name)]);
        content.Int(4, 0);
        content.Long(5, column.Cells.Length);
        content.Long(6, length);
        content.Long(7, length);
        content.Long(9, start);
        Struct chunk = new();
        chunk.Long(2, start);
        chunk.Nested(3, content.End());
        return chunk.End();
    }

    private sealed record Column(string Name, int Type, int TypeLength, int Converted, (int Id, byte[] Content) Logical, byte[][] Cells);

    /// <summary>A structure of Thrift's compact protocol.</summary>
    private sealed class Struct
    {
        private readonly List<byte> _bytes = [];
        private int _last;

        public static byte[] Bytes(string text) => [.. Varint((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

        public void Int(int id, int number) => Raw(id, 5, ZigZag(number));

        public void Long(int id, long number) => Raw(id, 6, ZigZag(number));

        public void Text(int id, string text) => Raw(id, 8, Bytes(text));

        public void Nested(int id, byte[] content) => Raw(id, 12, content);

        public void List(int id, byte[][] elements) => Raw(id, 9, [.. (byte[])[0xFC, .. Varint((ulong)elements.Length)], .. elements.SelectMany(element => element)]);

        public void Raw(int id, int type, byte[] content)
        {
            bool isShort = id - _last < 16;
            _bytes.AddRange(isShort ? [(byte)(((id - _last) << 4) | type)] : [(byte)type, .. ZigZag(id)]);
            _bytes.AddRange(content);
            _last = id;
        }

        public byte[] End() => [.. _bytes, 0];

        private static byte[] ZigZag(long number) => Varint((ulong)((number << 1) ^ (number >> 63)));

        private static byte[] Varint(ulong number)
        {
            List<byte> bytes = [];
            for (; number >= 0x80; number >>= 7)
            {
                bytes.Add((byte)(number | 0x80));
            }

            bytes.Add((byte)number);
            return [.. bytes];
        }
    }
}
