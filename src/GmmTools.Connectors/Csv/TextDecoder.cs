using System;
using System.IO;
using System.Linq;
using System.Text;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// Bytes as characters. Unlike the reader of the framework it takes a byte order mark for one at the beginning of a file alone, and
/// says when bytes are no text in the encoding.
/// </summary>
internal sealed class TextDecoder : IDisposable
{
    private const int BufferSize = 1 << 16;
    private const int LongestMark = 4;

    private static readonly Encoding[] Marked =
        [Encoding.UTF8, new UTF32Encoding(false, true), new UTF32Encoding(true, true), Encoding.Unicode, Encoding.BigEndianUnicode];

    private readonly Stream _stream;
    private readonly UndecodableFallback _fallback = new();
    private readonly Decoder _decoder;
    private readonly byte[] _bytes = new byte[BufferSize];
    private readonly char[] _characters;
    private int _position;
    private int _length;
    private bool _ended;

    private TextDecoder(Stream stream, Encoding encoding, byte[] start, int startLength)
    {
        _stream = stream;
        Encoding = (Encoding)encoding.Clone();
        Encoding.DecoderFallback = _fallback;
        _decoder = Encoding.GetDecoder();
        _characters = new char[Encoding.GetMaxCharCount(BufferSize)];
        _length = _decoder.GetChars(start, 0, startLength, _characters, 0, false);
    }

    /// <summary>The encoding.</summary>
    public Encoding Encoding { get; }

    /// <summary>Whether there were bytes that are no text; <see cref="UndecodableFallback.Mark"/> stands for them.</summary>
    public bool HasUndecodable => _fallback.WasUsed;

    /// <summary>Begins at the beginning of a file.</summary>
    /// <param name="stream">The bytes; disposed with this decoder.</param>
    /// <param name="encoding">The encoding unless there is a byte order mark.</param>
    public static TextDecoder Open(Stream stream, Encoding encoding)
    {
        byte[] start = new byte[LongestMark];
        int length = 0;
        for (int read = 1; read > 0 && length < start.Length; length += read)
        {
            read = stream.Read(start, length, start.Length - length);
        }

        Encoding? marked = Array.Find(Marked, candidate => BeginsWith(start, length, candidate.GetPreamble()));
        int markLength = marked?.GetPreamble().Length ?? 0;
        byte[] rest = [.. start.Take(length).Skip(markLength)];
        return new TextDecoder(stream, marked ?? encoding, rest, rest.Length);
    }

    /// <summary>Begins in the middle of a file.</summary>
    /// <param name="stream">The bytes; disposed with this decoder.</param>
    /// <param name="encoding">The encoding.</param>
    public static TextDecoder OpenAt(Stream stream, Encoding encoding) => new(stream, encoding, [], 0);

    /// <summary>Reads some characters, as many as are at hand.</summary>
    /// <returns>How many; none at the end.</returns>
    public int Read(char[] buffer, int index, int count)
    {
        if (!Fill())
        {
            return 0;
        }

        int taken = Math.Min(count, _length - _position);
        Array.Copy(_characters, _position, buffer, index, taken);
        _position += taken;
        return taken;
    }

    /// <summary>The next character, which is not taken; -1 at the end.</summary>
    public int Peek() => Fill() ? _characters[_position] : -1;

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static bool BeginsWith(byte[] start, int length, byte[] mark) =>
        mark.Length <= length && start.Take(mark.Length).SequenceEqual(mark);

    /// <summary>Decodes more when all that was decoded is taken.</summary>
    /// <returns>Whether there are characters.</returns>
    private bool Fill()
    {
        while (_position == _length && !_ended)
        {
            int read = _stream.Read(_bytes, 0, BufferSize);
            _ended = read == 0;
            _position = 0;
            _length = _decoder.GetChars(_bytes, 0, read, _characters, 0, _ended);
        }

        return _position < _length;
    }
}
