using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// The text of one CSV file from its header on: lines before it that are blank or begin with # are left out. Looks at the
/// beginning to find the delimiter, and can be cancelled while a reader asks for ever more of it.
/// </summary>
internal sealed class CsvText : TextReader
{
    /// <summary>Characters looked at before reading begins, and read at most when only the header is wanted.</summary>
    public const int SampleSize = 1 << 16;

    private const int FileBufferSize = 1 << 17;
    private const char Replacement = '\uFFFD';

    private readonly StreamReader _reader;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _sampleOnly;
    private readonly char[] _sample = new char[SampleSize];
    private int _position;
    private int _length;

    private CsvText(StreamReader reader, bool sampleOnly, CancellationToken cancellationToken)
    {
        _reader = reader;
        _sampleOnly = sampleOnly;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether there is nothing but blank lines and comments.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The encoding, once the beginning was read.</summary>
    public Encoding Encoding => _reader.CurrentEncoding;

    /// <summary>Lines left out before the header.</summary>
    public long SkippedLineCount { get; private set; }

    /// <summary>The character that ends a line: a line feed, or a carriage return where the file knows no line feeds.</summary>
    public char LineEnd { get; private set; } = '\n';

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding, or null for UTF-8; a byte order mark wins.</param>
    /// <param name="sampleOnly">Whether no more than the beginning is wanted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvText Open(string path, Encoding? encoding, bool sampleOnly, CancellationToken cancellationToken)
    {
        StreamReader reader = new(CsvStream.Open(path), encoding ?? Encoding.UTF8, true, sampleOnly ? SampleSize : FileBufferSize);
        CsvText text = new(reader, sampleOnly, cancellationToken);
        try
        {
            text.FindHeader();
            return text;
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file in the middle.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where a row begins, in bytes.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="lineEnd">The character that ends a line.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvText OpenAt(string path, long offset, Encoding encoding, char lineEnd, CancellationToken cancellationToken)
    {
        StreamReader reader = new(CsvStream.Open(path, offset), encoding, false, FileBufferSize);
        return new CsvText(reader, false, cancellationToken) { LineEnd = lineEnd };
    }

    /// <summary>Finds out what stands between the cells.</summary>
    /// <param name="culture">
    /// The culture of the numbers: its decimal separator does not stand between cells unless the header says so.
    /// </param>
    public char DetectDelimiter(CultureInfo culture)
    {
        char none = culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
        return DelimiterDetector.Detect(_sample, _position, _length, none);
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        // As much as there is room for: whoever asks starts a long quoted cell anew after each piece.
        int total = TakeSample(buffer, index, count);
        while (total < count && !_sampleOnly)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int read = _reader.Read(buffer, index + total, Math.Min(count - total, 1 << 20));
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        ReplaceComments(buffer, index, total);
        return total;
    }

    private static void ReplaceComments(char[] buffer, int index, int count)
    {
        int end = index + count;
        for (int i = Array.IndexOf(buffer, CsvFile.NoComment, index, count); i >= 0; i = Array.IndexOf(buffer, CsvFile.NoComment, i, end - i))
        {
            buffer[i] = Replacement;
        }
    }

    /// <inheritdoc/>
    public override int Read()
    {
        char[] one = new char[1];
        return Read(one, 0, 1) == 0 ? -1 : one[0];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.Dispose();
        }

        base.Dispose(disposing);
    }

    private int TakeSample(char[] buffer, int index, int count)
    {
        int taken = Math.Min(count, _length - _position);
        Array.Copy(_sample, _position, buffer, index, taken);
        _position += taken;
        return taken;
    }

    private void FindHeader()
    {
        PreambleScanner scanner = new();
        do
        {
            _cancellationToken.ThrowIfCancellationRequested();
            _length = _reader.ReadBlock(_sample, 0, SampleSize);
            _position = scanner.Scan(_sample, _length);
        }
        while (_position == _length && _length > 0 && !_sampleOnly);

        SkippedLineCount = scanner.LineCount;
        if (_position == _length)
        {
            _length = 0;
            _position = 0;
            return;
        }

        FillSample();
        DetectLineEnd();
    }

    /// <summary>Moves the header to the front and fills up behind it.</summary>
    private void FillSample()
    {
        if (_position > 0)
        {
            Array.Copy(_sample, _position, _sample, 0, _length - _position);
            _length -= _position;
            _position = 0;
            _length += _reader.ReadBlock(_sample, _length, SampleSize - _length);
        }
    }

    private void DetectLineEnd()
    {
        int feed = Array.IndexOf(_sample, '\n', 0, _length);
        int carriageReturn = Array.IndexOf(_sample, '\r', 0, _length);
        LineEnd = carriageReturn >= 0 && (feed < 0 || feed > carriageReturn + 1) ? '\r' : '\n';
    }
}
