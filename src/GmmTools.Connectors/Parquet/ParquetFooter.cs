#if NET
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using static GmmTools.Connectors.Parquet.CompactReader;

namespace GmmTools.Connectors.Parquet;

/// <summary>
/// What a Parquet file says about itself at its end (https://github.com/apache/parquet-format), checked before the library sees it, which
/// believes all of it: a wrong length or offset there makes it read for ever, or ask for all memory.
/// </summary>
internal sealed class ParquetFooter
{
    private const int TrailerLength = 8;
    private const int MarkLength = 4;
    private const int MaxLevels = 100;

    /// <summary>Physical types and what they mean, as the format numbers them.</summary>
    private const int Bytes = 6;
    private const int FixedBytes = 7;
    private const int Bson = 13;
    private const int Float16 = 15;

    private readonly byte[] _bytes;
    private readonly CompactReader _reader;
    private readonly long _contentEnd;
    private readonly List<int> _childCounts = [];
    private readonly List<ParquetLeaf> _kinds = [];
    private readonly List<ColumnChunk[]> _groups = [];
    private long _rowCount = -1;
    private long _rowsInGroups;

    private ParquetFooter(byte[] bytes, long contentEnd)
    {
        _bytes = bytes;
        _reader = new CompactReader(bytes);
        _contentEnd = contentEnd;
        _reader.ReadStruct(ReadFileField);
        CheckSchema();
        if (_rowCount != _rowsInGroups)
        {
            throw new InvalidDataException($"It has {Counted.Of(_rowCount, "row")}, but its row groups have {_rowsInGroups}.");
        }
    }

    /// <summary>For each row group where its columns stand, in the order of the schema's leaves.</summary>
    public IReadOnlyList<ColumnChunk[]> Groups => _groups;

    /// <summary>What the leaves of the schema are, in order.</summary>
    public IReadOnlyList<ParquetLeaf> Leaves => [.. _kinds.Where((_, i) => _childCounts[i] == 0)];

    /// <summary>The footer as the library can read it: where it would refuse the whole file for the type of one column, that column holds
    /// bytes.</summary>
    public ReadOnlyMemory<byte> ReadableBytes => _bytes;

    /// <summary>Where the footer begins in the file.</summary>
    public long Start => _contentEnd;

    /// <summary>Reads and checks it.</summary>
    /// <param name="stream">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged, or no such file.</exception>
    public static ParquetFooter Read(Stream stream)
    {
        Span<byte> trailer = stackalloc byte[TrailerLength];
        if (stream.Length < MarkLength + TrailerLength)
        {
            throw new InvalidDataException("It is too short.");
        }

        stream.Position = stream.Length - TrailerLength;
        stream.ReadExactly(trailer);
        if (trailer[4..].SequenceEqual("PARE"u8))
        {
            throw new InvalidDataException("It is encrypted.");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(trailer);
        if (!trailer[4..].SequenceEqual("PAR1"u8) || length <= 0 || length > stream.Length - MarkLength - TrailerLength)
        {
            throw new InvalidDataException("It does not end like a Parquet file: it was cut off, or is not one.");
        }

        byte[] bytes = new byte[length];
        stream.Position = stream.Length - TrailerLength - length;
        stream.ReadExactly(bytes);
        return new ParquetFooter(bytes, stream.Length - TrailerLength - length);
    }

    private bool ReadFileField(int id, Kind kind)
    {
        switch (id)
        {
            case 1:
                _reader.ReadInteger(kind, Kind.Int32);
                return true;
            case 2:
                _reader.ReadStructs(kind, ReadSchemaElement);
                return true;
            case 3:
                _rowCount = _reader.ReadInteger(kind, Kind.Int64);
                return true;
            case 4:
                _reader.ReadStructs(kind, ReadGroup);
                return true;
            default:
                return false;
        }
    }

    private void ReadSchemaElement()
    {
        int children = 0;
        bool isHalf = false;
        bool isUnknown = false;
        int type = -1;
        _reader.ReadStruct((id, kind) =>
        {
            switch (id)
            {
                case 1:
                    type = ReadType(kind, ref isUnknown);
                    return true;
                case 2 or 3 or 6 or 7 or 8 or 9:
                    _reader.ReadInteger(kind, Kind.Int32);
                    return true;
                case 4:
                    _reader.ReadBinary(kind);
                    return true;
                case 5:
                    children = (int)_reader.ReadInteger(kind, Kind.Int32);
                    return true;
                case 10:
                    Require(kind, Kind.Struct);
                    int meaning = ReadMeaning();
                    isHalf = meaning == Float16 && type == FixedBytes;
                    isUnknown |= meaning >= Float16 && !isHalf;
                    return true;
                default:
                    return false;
            }
        });
        _childCounts.Add(children);
        _kinds.Add(isUnknown ? ParquetLeaf.Unknown : isHalf ? ParquetLeaf.Half : ParquetLeaf.Known);
    }

    private int ReadType(Kind kind, ref bool isUnknown)
    {
        int start = _reader.Position;
        int type = (int)_reader.ReadInteger(kind, Kind.Int32);
        isUnknown = type is < 0 or > FixedBytes;
        if (isUnknown)
        {
            if (_reader.Position != start + 1)
            {
                throw new InvalidDataException($"A column in it has the unknown type {type}.");
            }

            _bytes[start] = Bytes << 1;
        }

        return type;
    }

    /// <summary>Reads what a type means, a union; what the library does not know becomes bytes of a kind that it knows.</summary>
    private int ReadMeaning()
    {
        int meaning = 0;
        _reader.ReadStruct((id, kind) =>
        {
            meaning = id;
            if (id >= Float16)
            {
                // the number of the field, in the upper half of its byte where there is room
                int place = _reader.Position - 1;
                bool isShort = id == Float16 && _bytes[place] >> 4 == Float16;
                _bytes[place] = (byte)(isShort ? (Bson << 4) | (int)kind : Bson << 1);
            }

            return false;
        });
        return meaning;
    }

    private void ReadGroup()
    {
        List<ColumnChunk> chunks = [];
        long rows = -1;
        _reader.ReadStruct((id, kind) =>
        {
            switch (id)
            {
                case 1:
                    _reader.ReadStructs(kind, () => chunks.Add(ReadChunk()));
                    return true;
                case 3:
                    rows = _reader.ReadInteger(kind, Kind.Int64);
                    return true;
                default:
                    return false;
            }
        });
        if (rows is < 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"A row group in it claims to have {Counted.Of(rows, "row")}.");
        }

        _rowsInGroups += rows;
        _groups.Add([.. chunks]);
    }

    private ColumnChunk ReadChunk()
    {
        ColumnChunk? chunk = null;
        _reader.ReadStruct((id, kind) =>
        {
            if (id == 1)
            {
                throw new InvalidDataException("Its columns are in other files.");
            }

            if (id != 3)
            {
                return false;
            }

            Require(kind, Kind.Struct);
            chunk = ReadChunkContent();
            return true;
        });
        return chunk ?? throw new InvalidDataException("A column in it has no location.");
    }

    private ColumnChunk ReadChunkContent()
    {
        Dictionary<int, long> numbers = [];
        _reader.ReadStruct((id, kind) =>
        {
            switch (id)
            {
                case 1 or 4:
                    _reader.ReadInteger(kind, Kind.Int32);
                    return true;
                case 2 or 3:
                    Require(kind, Kind.List);
                    return false;
                case 5 or 6 or 7 or 9 or 10 or 11:
                    numbers[id] = _reader.ReadInteger(kind, Kind.Int64);
                    return true;
                default:
                    return false;
            }
        });
        long data = numbers.GetValueOrDefault(9, -1);
        long dictionary = numbers.GetValueOrDefault(11, 0);
        ColumnChunk chunk = new(dictionary > 0 ? Math.Min(dictionary, data) : data, numbers.GetValueOrDefault(7, -1), numbers.GetValueOrDefault(5, -1));
        bool inside = chunk.Start >= MarkLength && chunk.Length >= 0 && chunk.Length <= _contentEnd - chunk.Start && data <= _contentEnd;
        return inside && chunk.CellCount >= 0 && numbers.GetValueOrDefault(6, 0) >= 0
            ? chunk
            : throw new InvalidDataException("A column in it is not where it should be.");
    }

    /// <summary>The elements are a tree, written from the root on: each has its children behind it.</summary>
    private void CheckSchema()
    {
        int position = 0;
        int leaves = 0;
        Stack<int> open = new([1]);
        while (open.TryPop(out int left))
        {
            if (left == 0)
            {
                continue;
            }

            open.Push(left - 1);
            if (position == _childCounts.Count || _childCounts[position] < 0 || open.Count > MaxLevels)
            {
                throw new InvalidDataException("Its columns are not fully described.");
            }

            int children = _childCounts[position++];
            leaves += children == 0 ? 1 : 0;
            open.Push(children);
        }

        if (position != _childCounts.Count || _groups.Any(group => group.Length != leaves))
        {
            throw new InvalidDataException("Its row groups do not have the columns that its schema lists.");
        }
    }
}
#endif
