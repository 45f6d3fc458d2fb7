using System;
using System.Globalization;
#if NET
using System.IO;
#endif
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Cells;
using GmmTools.Observations;
using Sylvan.Data.Csv;

namespace GmmTools.Connectors.Csv;

/// <summary>One open CSV file: its header, then row after row, with the place of each. All that goes wrong names the file.</summary>
internal sealed class CsvFile : IDisposable
{
    private const int FirstBufferSize = 1 << 16;

    /// <summary>The longest row in characters: far beyond any real one, yet not all memory when a quote is never closed.</summary>
    private const int MaxBufferSize = 1 << 26;

    /// <summary>What the reader of rows takes for the mark of a comment. Comments after the header are not a thing, and no row may vanish as
    /// one: the text has another character in its place.</summary>
    public const char NoComment = '\uFFFF';

    private const char Replacement = '\uFFFD';

    private readonly CsvText _text;
    private readonly CsvDataReader _reader;
    private readonly char _delimiter;
    private readonly Func<bool> _read;
    private readonly FileNotes _notes;
    private long _nextLine;
    private string[]? _fields;
    private bool _toldUndecodable;
#if NET
    private bool _endsLine;
#else
    private char[] _record = [];
#endif

    private CsvFile(string path, CsvText text, CsvDataReader reader, char delimiter, FileNotes notes)
    {
        Path = path;
        _text = text;
        _reader = reader;
        _read = reader.Read;
        _delimiter = delimiter;
        _notes = notes;
        _nextLine = text.SkippedLineCount + 1;
    }

    /// <summary>The names of the columns, trimmed.</summary>
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

    /// <summary>Whether it is the log of a web server (W3C): there - is a missing cell, and lines that begin with # are directives.</summary>
    public bool IsLog => _fields is not null;

    /// <summary>Opens a file and finds the names of its columns.</summary>
    /// <param name="path">The file.</param>
    /// <param name="request">How to open it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvFile Open(string path, CsvRequest request, CancellationToken cancellationToken)
    {
        CsvFault.CheckDelimiter(request.Delimiter);
        CsvText text = FileGuard.Read(path, () => CsvText.Open(path, request.Encoding, request.HeaderOnly, cancellationToken));
        try
        {
            CheckText(path, text);
            Preamble preamble = text.Preamble;
            char delimiter = request.Delimiter ?? text.Separator
                ?? (preamble.Fields is null ? text.DetectDelimiter(request.Culture) : preamble.FieldsDelimiter);
            CsvHeader header = CsvHeader.Find(path, text, delimiter, request);
            text.Guard = new LineGuard(path, delimiter, text.SkippedLineCount);
            CsvFile file = new(path, text, CreateReader(path, text, delimiter, 0, text.SkippedLineCount + 1), delimiter, request.Notes)
            {
                _fields = preamble.Fields,
            };
            file.Header = header.Names ?? file.ReadHeader();
            file.CheckHeader(header, request.Culture);
            return file;
        }
        catch
        {
            text.Dispose();
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
        CsvText text = FileGuard.Read(Path, () => CsvText.OpenAt(Path, offset, _text.Encoding, cancellationToken));
        text.Guard = new LineGuard(Path, _delimiter, lines);
        try
        {
            return new CsvFile(Path, text, CreateReader(Path, text, _delimiter, rows + 1, lines + 1), _delimiter, _notes)
            {
                Header = Header,
                _fields = _fields,
                RowCount = rows,
                _nextLine = lines + 1,
                _toldUndecodable = _toldUndecodable,
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
            if (!IsBlankLine() && !(IsLog && IsDirective()))
            {
                RowCount++;
                CheckSurplus();
                TellUndecodable();
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
    public string GetText(int column) => column < _reader.RowFieldCount
        ? _reader.GetString(column).Replace(UndecodableFallback.Mark, Replacement)
        : string.Empty;

    /// <summary>Closes the file.</summary>
    public void Dispose() => _reader.Dispose();

#if NET
    /// <summary>Reads what follows in blocks of lines, on several threads.</summary>
    /// <param name="parser">Reads the cells.</param>
    /// <param name="cells">The cells wanted.</param>
    /// <param name="blocks">Size of the blocks and number of threads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The blocks, or null when the file is too small to bother, or of a kind that is not read so.</returns>
    public CsvBlockReader? TryReadBlocks(CellParser parser, CsvCells cells, CsvBlockOptions blocks, CancellationToken cancellationToken)
    {
        CsvFormat? format = CsvFormat.TryCreate(_delimiter, _text.Encoding, parser, Header.Length, cells, IsLog);
        bool lines = !_text.HasLoneReturns && _endsLine;
        return format is null || !lines ? null : FileGuard.Read(Path, () => OpenBlocks(format, blocks, cancellationToken));
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

    /// <summary>No line of a text has such characters, but for the escapes of coloured output; a file without end would be read for ever in search of the line's.</summary>
    private static void CheckText(string path, CsvText text)
    {
        if (text.IsEmpty && text.Preamble.Fields is null)
        {
            throw CsvFault.Empty(path);
        }

        foreach (char character in text.PeekLine())
        {
            if (char.IsControl(character) && character < ' ' && character != '\u001b' && !char.IsWhiteSpace(character))
            {
                throw CsvFault.NoText(path, character);
            }
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
            MaxBufferSize = MaxBufferSize,
            Culture = CultureInfo.InvariantCulture,
            OwnsReader = true,
        };
        try
        {
            return FileGuard.Read(path, () => CsvDataReader.Create(text, options));
        }
        catch (CsvFormatException exception)
        {
            throw CsvFault.Malformed(path, row, line, exception);
        }
    }

    private string[] ReadHeader()
    {
        if (!Advance())
        {
            // the text is not empty, so there is a record
            throw new InvalidOperationException("The CSV reader lost the header.");
        }

        string[] names = new string[_reader.RowFieldCount];
        for (int column = 0; column < names.Length; column++)
        {
            names[column] = GetText(column).Trim();
        }

        TellUndecodable();
        return names;
    }

    private void CheckHeader(CsvHeader header, CultureInfo culture)
    {
        if (header.Source is string source)
        {
            _notes.Explain($"'{Path}': {source} names the columns.");
        }
        else if (header.Names is null && CsvHeader.FindNumber(Header, culture) is string number)
        {
            _notes.Warn($"'{Path}', line {Line}: a column is named {CellText.Quote(number)}, which is a number.", new Remedy("NameColumns"));
        }
    }

    private bool Advance()
    {
        Line = _nextLine;
        try
        {
            if (!FileGuard.Read(Path, _read))
            {
                return false;
            }
        }
        catch (CsvFormatException exception)
        {
            throw CsvFault.Malformed(Path, RowCount + 1, Line, exception);
        }

        CountLines();
        return true;
    }

    /// <summary>A quoted cell may hold line ends, so that a row is not always a line.</summary>
    private void CountLines()
    {
#if NET
        ReadOnlySpan<char> record = _reader.GetRawRecordSpan();
        _nextLine += MemoryExtensions.Count(record, '\n');
        _endsLine = record.EndsWith('\n');
#else
        int length = CopyRecord();
        for (int i = 0; i < length; i++)
        {
            _nextLine += _record[i] == '\n' ? 1 : 0;
        }
#endif
    }

    /// <summary>Says once where bytes are no text: they would turn into other characters without a word.</summary>
    private void TellUndecodable()
    {
        if (_text.HasUndecodable && !_toldUndecodable && RecordContains(UndecodableFallback.Mark))
        {
            _toldUndecodable = true;
            string place = RowCount == 0 ? $"The header of '{Path}'" : Location.ToString();
            _notes.Warn($"{place} has bytes that are not valid in {_text.Encoding.WebName}: the file has a different encoding.", new Remedy("NameEncoding"));
        }
    }

    /// <summary>Whether the row is a line of a log that says something about the others; it may not give them other columns.</summary>
    private bool IsDirective()
    {
        if (_reader.RowFieldCount == 0 || _reader.GetString(0).FirstOrDefault() != '#')
        {
            return false;
        }

        string line = string.Join(_delimiter.ToString(), Enumerable.Range(0, _reader.RowFieldCount).Select(GetText));
        if (Preamble.ReadFields(line) is string[] fields && !fields.SequenceEqual(_fields!))
        {
            throw new InvalidObservationException(
                "MalformedCsv",
                $"'{Path}', line {Line}: from here on the log has different columns. Split the file before this line.",
                offendingValue: Path);
        }

        return true;
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

#if NET
    private bool RecordContains(char character) => _reader.GetRawRecordSpan().Contains(character);
#else
    private bool RecordContains(char character) => Array.IndexOf(_record, character, 0, CopyRecord()) >= 0;
#endif

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
                    $"{Location} has {Counted.Of(_reader.RowFieldCount, "cell")}, but the header has {Header.Length}.{(comma ? string.Empty : " Quote cells that hold the delimiter.")}",
                    RowCount,
                    null,
                    Path)
                { Remedy = comma ? new Remedy("QuoteOrSetDelimiter") : null };
            }
        }
    }
}
