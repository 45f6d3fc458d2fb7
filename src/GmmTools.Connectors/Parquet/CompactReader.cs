#if NET
using System;
using System.IO;

namespace GmmTools.Connectors.Parquet;

/// <summary>Reads Thrift's compact protocol, in which Parquet writes about itself, within its bytes and to a bounded depth.</summary>
/// <param name="bytes">The bytes.</param>
internal sealed class CompactReader(ReadOnlyMemory<byte> bytes)
{
    private const int MaxDepth = 32;
    private const int LongestVarint = 10;

    private int _depth;

    /// <summary>The types of fields and elements.</summary>
    public enum Kind : byte
    {
        /// <summary>The end of a structure.</summary>
        Stop = 0,

        /// <summary>True, in a field; in a list any truth value.</summary>
        True = 1,

        /// <summary>False.</summary>
        False = 2,

        /// <summary>An integer of 8 bits.</summary>
        Byte = 3,

        /// <summary>An integer of 16 bits.</summary>
        Int16 = 4,

        /// <summary>An integer of 32 bits.</summary>
        Int32 = 5,

        /// <summary>An integer of 64 bits.</summary>
        Int64 = 6,

        /// <summary>A number of 64 bits.</summary>
        Double = 7,

        /// <summary>Bytes or text.</summary>
        Binary = 8,

        /// <summary>A list.</summary>
        List = 9,

        /// <summary>A set.</summary>
        Set = 10,

        /// <summary>A map.</summary>
        Map = 11,

        /// <summary>A structure.</summary>
        Struct = 12,
    }

    /// <summary>Number of bytes read.</summary>
    public int Position { get; private set; }

    private int Left => bytes.Length - Position;

    /// <summary>Reads a structure.</summary>
    /// <param name="field">Called for each field with its number and type; reads it, or returns false for it to be passed over.</param>
    /// <exception cref="InvalidDataException">The bytes are none.</exception>
    public void ReadStruct(Func<int, Kind, bool> field)
    {
        if (++_depth > MaxDepth)
        {
            throw new InvalidDataException("Its structures are nested too deeply.");
        }

        int id = 0;
        while (true)
        {
            byte header = ReadByte();
            if (header == (byte)Kind.Stop)
            {
                _depth--;
                return;
            }

            Kind kind = KindOf(header & 0xF);

            id = header >> 4 == 0 ? checked((int)ReadInteger()) : id + (header >> 4);
            if (!field(id, kind))
            {
                Skip(kind);
            }
        }
    }

    /// <summary>Reads a list of structures.</summary>
    /// <param name="kind">The type of the field, which must be a list.</param>
    /// <param name="element">Reads an element.</param>
    /// <returns>Number of elements.</returns>
    public int ReadStructs(Kind kind, Action element)
    {
        Require(kind, Kind.List);
        int count = ReadListHeader(out Kind elements);
        if (count > 0)
        {
            Require(elements, Kind.Struct);
        }

        for (int i = 0; i < count; i++)
        {
            element();
        }

        return count;
    }

    /// <summary>Reads an integer of a field that must hold one of that type.</summary>
    public long ReadInteger(Kind kind, Kind wanted)
    {
        Require(kind, wanted);
        long number = ReadInteger();
        return wanted == Kind.Int64 || number is >= int.MinValue and <= int.MaxValue
            ? number
            : throw new InvalidDataException("A number in it is too large.");
    }

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> ReadBinary(Kind kind)
    {
        Require(kind, Kind.Binary);
        int length = ReadLength();
        Position += length;
        return bytes.Span.Slice(Position - length, length);
    }

    /// <summary>Complains when a field is of another type.</summary>
    public static void Require(Kind kind, Kind wanted)
    {
        if (kind != wanted)
        {
            throw new InvalidDataException($"A field in it is {kind} instead of {wanted}.");
        }
    }

    /// <summary>A field of type 0 is none, and the library would pass over it for ever.</summary>
    private static Kind KindOf(int code) =>
        code is > (int)Kind.Stop and <= (int)Kind.Struct ? (Kind)code : throw new InvalidDataException($"A field in it has the unknown type {code}.");

    private void Skip(Kind kind, bool isElement = false)
    {
        switch (kind)
        {
            case Kind.True or Kind.False:
                Position += isElement ? Advance(1) : 0;
                break;
            case Kind.Byte:
                Position += Advance(1);
                break;
            case Kind.Int16 or Kind.Int32 or Kind.Int64:
                ReadInteger();
                break;
            case Kind.Double:
                Position += Advance(8);
                break;
            case Kind.Binary:
                ReadBinary(kind);
                break;
            case Kind.List or Kind.Set:
                SkipElements(ReadListHeader(out Kind elements), elements, null);
                break;
            case Kind.Map:
                SkipMap();
                break;
            default:
                ReadStruct((_, _) => false);
                break;
        }
    }

    private void SkipMap()
    {
        int count = ReadLength();
        if (count > 0)
        {
            byte kinds = ReadByte();
            SkipElements(count, KindOf(kinds >> 4), KindOf(kinds & 0xF));
        }
    }

    private void SkipElements(int count, Kind first, Kind? second)
    {
        if (++_depth > MaxDepth)
        {
            throw new InvalidDataException("Its structures are nested too deeply.");
        }

        for (int i = 0; i < count; i++)
        {
            Skip(first, true);
            if (second is Kind value)
            {
                Skip(value, true);
            }
        }

        _depth--;
    }

    private int ReadListHeader(out Kind elements)
    {
        byte header = ReadByte();
        elements = header == 0 ? Kind.Stop : KindOf(header & 0xF);
        int count = header >> 4;
        if (count == 0xF)
        {
            return ReadLength();
        }

        return Advance(count);
    }

    /// <summary>A number of elements, each of which takes a byte or more.</summary>
    private int ReadLength()
    {
        ulong length = ReadVarint();
        return length <= (ulong)Left ? (int)length : throw Ends();
    }

    private int Advance(int count) => count <= Left ? count : throw Ends();

    private long ReadInteger()
    {
        ulong number = ReadVarint();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private ulong ReadVarint()
    {
        ulong number = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            byte next = ReadByte();
            number |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return number;
            }
        }

        throw new InvalidDataException("A number in it has no end.");
    }

    private byte ReadByte() => Left > 0 ? bytes.Span[Position++] : throw Ends();

    private static EndOfStreamException Ends() => new("Its metadata ends too early.");
}
#endif
