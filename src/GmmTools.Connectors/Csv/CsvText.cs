using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// The text of one CSV file from its header on: lines before it that are blank or begin with # are left out. Every line ends in a line
/// feed: those that end in a carriage return alone are made to, as in the other readers that people use. Looks at the beginning to find
/// the delimiter, and can be cancelled while a reader asks for ever more of it.
/// </summary>
internal sealed class CsvText : TextReader
{
    /// <summary>Characters looked at before reading begins, and read at most when only the header is wanted.</summary>
    public const int SampleSize = 1 << 16;

    private const char Replacement = '\uFFFD';

    private readonly TextDecoder _decoder;
    private readonly CancellationToken _cancellationToken;
    private readonly bool _sampleOnly;
    private readonly char[] _sample = new char[SampleSize];
    private int _position;
    private int _length;

    private CsvText(TextDecoder decoder, bool sampleOnly, CancellationToken cancellationToken)
    {
        _decoder = decoder;
        _sampleOnly = sampleOnly;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether there is nothing but blank lines and comments.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>The encoding.</summary>
    public Encoding Encoding => _decoder.Encoding;

    /// <summary>Whether bytes read so far are no text; <see cref="UndecodableFallback.Mark"/> stands for them.</summary>
    public bool HasUndecodable => _decoder.HasUndecodable;

    /// <summary>Lines left out before the header.</summary>
    public long SkippedLineCount { get; private set; }

    /// <summary>What those lines say.</summary>
    public Preamble Preamble { get; private set; } = Preamble.Empty;

    /// <summary>The delimiter that the first line states, or null.</summary>
    public char? Separator { get; private set; }

    /// <summary>Whether lines read so far end in carriage returns alone.</summary>
    public bool HasLoneReturns { get; private set; }

    /// <summary>Counts the cells of what is read; null until the delimiter is known.</summary>
    public LineGuard? Guard { private get; set; }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding, or null for UTF-8; a byte order mark wins.</param>
    /// <param name="sampleOnly">Whether no more than the beginning is wanted.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvText Open(string path, Encoding? encoding, bool sampleOnly, CancellationToken cancellationToken)
    {
        Stream stream = CsvStream.Open(path);
        try
        {
            CsvText text = new(TextDecoder.Open(stream, encoding ?? Encoding.UTF8), sampleOnly, cancellationToken);
            text.FindHeader();
            return text;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file in the middle.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where a row begins, in bytes.</param>
    /// <param name="encoding">The encoding.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvText OpenAt(string path, long offset, Encoding encoding, CancellationToken cancellationToken) =>
        new(TextDecoder.OpenAt(CsvStream.Open(path, offset), encoding), false, cancellationToken);

    /// <summary>Finds out what stands between the cells.</summary>
    /// <param name="culture">
    /// The culture of the numbers: its decimal separator does not stand between cells unless the header says so.
    /// </param>
    public char DetectDelimiter(CultureInfo culture)
    {
        char none = culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
        return DelimiterDetector.Detect(_sample, _position, _length, none);
    }

    /// <summary>The first line, or what of it is in the sample.</summary>
    public string PeekLine()
    {
        int end = Array.IndexOf(_sample, '\n', _position, _length - _position);
        return new string(_sample, _position, (end < 0 ? _length : end) - _position).TrimEnd('\r');
    }

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count)
    {
        // As much as there is room for: whoever asks starts a long quoted cell anew after each piece.
        int total = TakeSample(buffer, index, count);
        while (total < count && !_sampleOnly)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int read = Decode(buffer, index + total, Math.Min(count - total, 1 << 20));
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        ReplaceComments(buffer, index, total);
        Guard?.Check(buffer, index, total);
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
            _decoder.Dispose();
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
            _length = 0;
            FillSample();
            _position = scanner.Scan(_sample, _length);
        }
        while (_position == _length && _length > 0 && !_sampleOnly);

        Preamble = new Preamble(scanner.Comments);
        SkippedLineCount = scanner.LineCount;
        if (_position == _length)
        {
            _length = 0;
            _position = 0;
            return;
        }

        MoveToFront();
        TakeSeparator();
    }

    /// <summary>Moves the header to the front and fills up behind it.</summary>
    private void MoveToFront()
    {
        Array.Copy(_sample, _position, _sample, 0, _length - _position);
        _length -= _position;
        _position = 0;
        FillSample();
    }

    private void TakeSeparator()
    {
        string line = PeekLine();
        Separator = SkippedLineCount == 0 ? Preamble.ReadSeparator(line) : null;
        if (Separator is not null)
        {
            _position = Array.IndexOf(_sample, '\n', 0, _length) + 1;
            _position = _position == 0 ? _length : _position;
            SkippedLineCount++;
            MoveToFront();
        }
    }

    private void FillSample()
    {
        for (int read = 1; read > 0 && _length < SampleSize; _length += read)
        {
            read = Decode(_sample, _length, SampleSize - _length);
        }
    }

    /// <summary>Decodes some characters, and ends lines in line feeds.</summary>
    private int Decode(char[] buffer, int index, int count)
    {
        int read = _decoder.Read(buffer, index, count);
        int end = index + read;
        for (int i = Array.IndexOf(buffer, '\r', index, read); i >= 0; i = Array.IndexOf(buffer, '\r', i + 1, end - i - 1))
        {
            if ((i + 1 < end ? buffer[i + 1] : _decoder.Peek()) != '\n')
            {
                buffer[i] = '\n';
                HasLoneReturns = true;
            }
        }

        return read;
    }
}
