using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using System.Threading;
using GmmTools.Observations;
using Sylvan.Data.Csv;

namespace GmmTools.Connectors;

/// <summary>One open CSV file: its header, then row after row, with the place of each. All that goes wrong names the file.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int FirstBufferSize = 1 << 16;

    /// <summary>The longest row in characters: far beyond any real one, yet not all memory when a quote is never closed.</summary>
    private const int MostBufferSize = 1 << 26;

    /// <summary>What the reader of rows takes for the mark of a comment. Comments after the header are not a thing, and no row may vanish as
    /// one: the text has another character in its place.</summary>
    public const char NoComment = '\uFFFF';

    private readonly CsvText _text;
    private readonly CsvDataReader _reader;
    private readonly char _delimiter;
    private readonly Func<bool> _read;
    private long _nextLine;
#if NET
    private bool _endsLine;
#else
    private char[] _record = [];
#endif

    private CsvFile(string path, CsvText text, CsvDataReader reader, char delimiter)
    {
        Path = path;
        _text = text;
        _reader = reader;
        _read = reader.Read;
        _delimiter = delimiter;
        _nextLine = text.SkippedLineCount + 1;
    }

    /// <summary>The names in the first line, trimmed.</summary>
    public string[] Header { get; private set; } = [];

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where the current row stands.</summary>
    public RowLocation Location => new(RowCount, Path, Line);

    /// <summary>Number of rows read so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>Number of lines read so far.</summary>
    public long LineCount => _nextLine - 1;

    private long Line { get; set; }

    /// <summary>Opens a file whose first line is a row.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Names of its columns.</param>
    /// <param name="delimiter">What stands between cells, or null to find out.</param>
    /// <param name="encoding">The encoding, or null for UTF-8; a byte order mark wins.</param>
    /// <param name="culture">The culture of the numbers.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvFile Open(
        string path, string[] header, char? delimiter, Encoding? encoding, CultureInfo culture, CancellationToken cancellationToken)
    {
        CsvFile file = OpenText(path, delimiter, encoding, culture, false, cancellationToken);
        file.Header = header;
        return file;
    }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="path">The file.</param>
    /// <param name="delimiter">What stands between cells, or null to find out.</param>
    /// <param name="encoding">The encoding, or null for UTF-8; a byte order mark wins.</param>
    /// <param name="culture">The culture of the numbers.</param>
    /// <param name="headerOnly">Whether no more than the beginning is read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvFile Open(
        string path, char? delimiter, Encoding? encoding, CultureInfo culture, bool headerOnly, CancellationToken cancellationToken)
    {
        CsvFile file = OpenText(path, delimiter, encoding, culture, headerOnly, cancellationToken);
        try
        {
            file.ReadHeader();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the same file once more, at a row in the middle.</summary>
    /// <param name="offset">Where the row begins, in bytes.</param>
    /// <param name="rows">Number of rows before it.</param>
    /// <param name="lines">Number of lines before it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public CsvFile OpenAt(long offset, long rows, long lines, CancellationToken cancellationToken)
    {
        CsvText text = Guard(Path, () => CsvText.OpenAt(Path, offset, _text.Encoding, _text.LineEnd, cancellationToken));
        try
        {
            return new CsvFile(Path, text, CreateReader(Path, text, _delimiter, rows + 1, lines + 1), _delimiter)
            {
                Header = Header,
                RowCount = rows,
                _nextLine = lines + 1,
            };
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    /// <summary>Goes on to the next row that is not blank.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Read()
    {
        while (Advance())
        {
            if (!IsBlankLine())
            {
                RowCount++;
                CheckSurplus();
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a cell of the current row as a number; a cell that a short row lacks is missing.</summary>
    public CellKind Parse(CellParser parser, int column, out double number)
    {
        if (column >= _reader.RowFieldCount)
        {
            return parser.ParseText(string.Empty, out number);
        }

#if NET
        return parser.ParseText(_reader.GetFieldSpan(column), out number);
#else
        return parser.ParseText(_reader.GetString(column), out number);
#endif
    }

    /// <summary>The text of a cell of the current row; empty when a short row lacks it.</summary>
    public string GetText(int column) => column < _reader.RowFieldCount ? _reader.GetString(column) : string.Empty;

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.Dispose();

    /// <summary>Names the file in whatever keeps it from being read.</summary>
    public static T Guard<T>(string path, Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidObservationException(
                "FileNotFound", $"There is no file '{path}'. Check the path.", offendingValue: path, innerException: exception);
        }
        catch (Exception exception) when (IsAccessFailure(exception))
        {
            throw new InvalidObservationException(
                "UnreadableFile", $"'{path}' cannot be read: {exception.Message}", offendingValue: path, innerException: exception);
        }
    }

#if NET
    /// <summary>Reads what follows in blocks of lines, on several threads.</summary>
    /// <param name="parser">Reads the cells.</param>
    /// <param name="cells">The cells wanted.</param>
    /// <param name="blocks">Size of the blocks and number of threads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The blocks, or null when the file is too small to bother, or of a kind that is not read so.</returns>
    public CsvBlockReader? TryReadBlocks(CellParser parser, CsvCells cells, CsvBlockOptions blocks, CancellationToken cancellationToken)
    {
        CsvFormat? format = CsvFormat.TryCreate(_delimiter, _text.Encoding, parser, Header.Length, cells);
        bool lines = _text.LineEnd == '\n' && _endsLine;
        return format is null || !lines ? null : Guard(Path, () => OpenBlocks(format, blocks, cancellationToken));
    }

    private CsvBlockReader? OpenBlocks(CsvFormat format, CsvBlockOptions blocks, CancellationToken cancellationToken)
    {
        FileInfo file = new(Path);
        if (file.Length < blocks.SmallestFile || CsvStream.FindLine(Path, LineCount) is not long offset)
        {
            return null;
        }

        Stream stream = CsvStream.Open(Path, offset);
        return new CsvBlockReader(stream, offset, format, blocks.BlockSize, blocks.ThreadCount, cancellationToken);
    }
#endif

    private static CsvFile OpenText(
        string path, char? delimiter, Encoding? encoding, CultureInfo culture, bool headerOnly, CancellationToken cancellationToken)
    {
        CheckDelimiter(delimiter);
        CsvText text = Guard(path, () => CsvText.Open(path, encoding, headerOnly, cancellationToken));
        try
        {
            if (text.IsEmpty)
            {
                throw new InvalidObservationException(
                    "EmptyFile", $"'{path}' is empty. The first line must name the columns.", offendingValue: path);
            }

            char used = delimiter ?? text.DetectDelimiter(culture);
            return new CsvFile(path, text, CreateReader(path, text, used, 0, text.SkippedLineCount + 1), used);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static CsvDataReader CreateReader(string path, CsvText text, char delimiter, long row, long line)
    {
        CsvDataReaderOptions options = new()
        {
            // The header is read as a row like any other: it may be malformed, too, and its lines count.
            HasHeaders = false,
            Delimiter = delimiter,
            CsvStyle = CsvStyle.Standard,
            ResultSetMode = ResultSetMode.SingleResult,
            Comment = NoComment,
            BufferSize = FirstBufferSize,
            MaxBufferSize = MostBufferSize,
            Culture = CultureInfo.InvariantCulture,
            OwnsReader = true,
        };
        try
        {
            return Guard(path, () => CsvDataReader.Create(text, options));
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(path, row, line, exception);
        }
    }

    private static void CheckDelimiter(char? delimiter)
    {
        if (delimiter is char used && (char.IsLetterOrDigit(used) || used is '"' or '\n' or '\r' or '\0' || used >= 128))
        {
            throw new InvalidObservationException(
                "InvalidDelimiter",
                $"{CellText.Quote(used)} cannot stand between cells. Use a comma, a semicolon, a tab, a bar or a space.",
                offendingValue: used);
        }
    }

    private static InvalidObservationException Malformed(string path, long row, long line, CsvFormatException exception)
    {
        // what the tokenizer says about its own settings would not help
        string reason = exception is CsvRecordTooLargeException ? "The row has no end: a quote is never closed." : exception.Message;
        return new InvalidObservationException(
            "MalformedCsv",
            $"'{path}', line {line}: {reason} Check the quotes from this line on, and the delimiter.",
            row == 0 ? null : row,
            null,
            path,
            exception);
    }

    private static bool IsAccessFailure(Exception exception) =>
        exception is IOException or InvalidDataException or UnauthorizedAccessException or SecurityException or NotSupportedException or DecoderFallbackException
            || (exception is ArgumentException and not CsvConfigurationException);

    private void ReadHeader()
    {
        if (!Advance())
        {
            // the text is not empty, so there is a record
            throw new InvalidOperationException("The CSV reader lost the header.");
        }

        List<string> names = [];
        for (int column = 0; column < _reader.RowFieldCount; column++)
        {
            names.Add(_reader.GetString(column).Trim());
        }

        if (names.Exists(name => name.Any(character => character == '\0')))
        {
            throw new InvalidObservationException(
                "MalformedCsv",
                $"'{Path}' has NUL characters in its header: it is no text, or its encoding is another.",
                offendingValue: Path)
            { Remedy = new Remedy("ReadAsUnicode") };
        }

        Header = [.. names];
    }

    private bool Advance()
    {
        Line = _nextLine;
        try
        {
            if (!Guard(Path, _read))
            {
                return false;
            }
        }
        catch (CsvFormatException exception)
        {
            throw Malformed(Path, RowCount + 1, Line, exception);
        }

        CountLines();
        return true;
    }

    /// <summary>A quoted cell may hold line ends, so that a row is not always a line.</summary>
    private void CountLines()
    {
#if NET
        ReadOnlySpan<char> record = _reader.GetRawRecordSpan();
        _nextLine += MemoryExtensions.Count(record, _text.LineEnd);
        _endsLine = record.EndsWith(_text.LineEnd);
#else
        int length = CopyRecord();
        for (int i = 0; i < length; i++)
        {
            _nextLine += _record[i] == _text.LineEnd ? 1 : 0;
        }
#endif
    }

    /// <summary>Whether the row is a line with nothing on it; a pair of quotes is a cell.</summary>
    private bool IsBlankLine()
    {
        if (_reader.RowFieldCount != 1)
        {
            return false;
        }

#if NET
        return _reader.GetRawRecordSpan().IsWhiteSpace();
#else
        return string.IsNullOrWhiteSpace(new string(_record, 0, CopyRecord()));
#endif
    }

#if !NET
    private int CopyRecord()
    {
        int length = _reader.GetRawRecord(null, 0);
        if (_record.Length < length)
        {
            _record = new char[length * 2];
        }

        return length == 0 ? 0 : _reader.GetRawRecord(_record, 0);
    }
#endif

    /// <summary>
    /// More cells than columns, and not just delimiters at the end: something in the row was cut in two, most often 1,85 at
    /// its decimal comma. To read the first part would be wrong without a word.
    /// </summary>
    private void CheckSurplus()
    {
        for (int column = Header.Length; column < _reader.RowFieldCount; column++)
        {
            if (!string.IsNullOrWhiteSpace(_reader.GetString(column)))
            {
                bool comma = _delimiter == ',';
                throw new InvalidObservationException(
                    "MalformedCsv",
                    $"{Location} has {_reader.RowFieldCount} cells, but the header has {Header.Length}.{(comma ? string.Empty : " Quote cells that hold the delimiter.")}",
                    RowCount,
                    null,
                    Path)
                { Remedy = comma ? new Remedy("QuoteOrSetDelimiter") : null };
            }
        }
    }
}
