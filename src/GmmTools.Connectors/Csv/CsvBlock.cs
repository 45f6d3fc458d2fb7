#if NET
using System;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Unicode;
using GmmTools.Connectors.Cells;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// Some consecutive lines of a file, and the numbers in them. Only what is plain is read here: one line per row, every cell wanted
/// a finite number or missing where it may be, quotes around whole cells alone. A block with anything else is irregular, and the reader that knows all of CSV
/// begins again where it began. As long as all blocks before it are regular, a block begins where a row does.
/// </summary>
internal sealed class CsvBlock(CsvFormat format)
{
    private const byte Quote = (byte)'"';
    private const byte LineFeed = (byte)'\n';
    private const byte CarriageReturn = (byte)'\r';

    private int _position;

    /// <summary>The bytes; may be longer than the block.</summary>
    public byte[] Bytes { get; set; } = [];

    /// <summary>Number of bytes.</summary>
    public int Length { get; set; }

    /// <summary>Where the block begins in the file's text, in bytes.</summary>
    public long Offset { get; set; }

    /// <summary>The numbers, row after row, NaN where a cell is missing; may be longer than the rows.</summary>
    public double[] Numbers { get; private set; } = [];

    /// <summary>Number of rows.</summary>
    public int RowCount { get; private set; }

    /// <summary>Number of lines; more than rows where lines are blank.</summary>
    public int LineCount { get; private set; }

    /// <summary>Whether all of it was read.</summary>
    public bool IsRegular { get; set; }

    /// <summary>Whether the reading is over.</summary>
    public bool IsRead { get; set; }

    /// <summary>What went wrong on the way, or null.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }

    private ReadOnlySpan<byte> Rest => Bytes.AsSpan(_position, Length - _position);

    /// <summary>Reads the numbers.</summary>
    public void Read()
    {
        _position = 0;
        RowCount = 0;
        LineCount = 0;
        IsRegular = IsText();
        while (_position < Length && IsRegular)
        {
            int start = _position;
            EnsureRoom();
            if (ReadLine(RowCount * format.Dimension))
            {
                RowCount++;
            }
            else
            {
                _position = start;
                IsRegular = SkipBlankLine();
            }

            LineCount++;
        }
    }

    /// <summary>Bytes that are no text are left to the reader that says so.</summary>
    private bool IsText()
    {
        ReadOnlySpan<byte> bytes = Bytes.AsSpan(0, Length);
        return format.Encoding switch
        {
            UTF8Encoding => Utf8.IsValid(bytes),
            ASCIIEncoding => Ascii.IsValid(bytes),
            _ => true,
        };
    }

    private void EnsureRoom()
    {
        int needed = (RowCount + 1) * format.Dimension;
        if (Numbers.Length < needed)
        {
            double[] numbers = Numbers;
            Array.Resize(ref numbers, Math.Max(needed, Math.Max(4096, numbers.Length * 2)));
            Numbers = numbers;
        }
    }

    /// <summary>Reads a row and goes to the next line.</summary>
    /// <param name="offset">Where its numbers go.</param>
    /// <returns>Whether it is a plain row.</returns>
    private bool ReadLine(int offset)
    {
        if (format.IsLog && Bytes[_position] == (byte)'#')
        {
            return false;
        }

        int[] targets = format.Targets;
        for (int column = 0; ; column++)
        {
            int target = (uint)column < (uint)targets.Length ? targets[column] : -1;
            bool read = target >= 0 ? ReadNumber(target, out Numbers[offset + target])
                : column < targets.Length ? SkipCell()
                : column < LineGuard.MaxCells && SkipSurplusCell();
            if (!read)
            {
                return false;
            }

            if (_position < Length && Bytes[_position] == format.Delimiter)
            {
                _position++;
                continue;
            }

            // a line of one cell that is missing may be a blank line
            bool enough = column + 1 >= format.CellsNeeded && (column > 0 || !double.IsNaN(Numbers[offset]));
            return enough && SkipLineEnd();
        }
    }

    private bool ReadNumber(int target, out double number)
    {
        int length = Utf8Number.Read(Rest, format.Separator, out number);
        if (length > 0 && EndsCell(_position + length))
        {
            _position += length;
            return format.IsPlain || Accepts(target, ref number);
        }

        return ReadUnusualNumber(target, out number);
    }

    /// <summary>A number with blanks or quotes around it, or one that only the runtime reads; or none, where cells may be missing.</summary>
    private bool ReadUnusualNumber(int target, out double number)
    {
        int start = _position;
        if (!SkipCell())
        {
            number = double.NaN;
            return false;
        }

        ReadOnlySpan<byte> cell = Bytes.AsSpan(start, _position - start);
        if (cell.Length >= 2 && cell[0] == Quote)
        {
            cell = cell[1..^1];
            int length = Utf8Number.Read(cell, format.QuotedSeparator, out number);
            if (length > 0 && length == cell.Length)
            {
                return Accepts(target, ref number);
            }
        }

        string text = format.Encoding.GetString(cell);
        CellKind kind = format.Parser.ParseText(text, out number);

        // units are compared with those of the rows before, which is done where rows are read one by one
        return format.Parser.UnitOf(text) is null && kind != CellKind.NotANumber && !double.IsInfinity(number) && Accepts(target, ref number);
    }

    /// <summary>Whether a cell may be what it is: missing only where that is allowed, and a weight not negative.</summary>
    private bool Accepts(int target, ref double number)
    {
        bool isWeight = target == format.Cells.WeightTarget;
        if (!format.Parser.IsMissing(number))
        {
            return !isWeight || number >= 0;
        }

        number = double.NaN;
        return format.Cells.AllowsGaps && !isWeight;
    }

    private bool SkipCell()
    {
        if (_position < Length && Bytes[_position] == Quote)
        {
            return SkipQuotedCell();
        }

        int length = Rest.IndexOfAny(format.Delimiter, LineFeed, CarriageReturn);
        _position = length < 0 ? Length : _position + length;
        return true;
    }

    private bool SkipQuotedCell()
    {
        _position++;
        while (true)
        {
            int length = Rest.IndexOfAny(Quote, LineFeed, CarriageReturn);
            if (length < 0 || Bytes[_position + length] != Quote)
            {
                // the cell goes on in the next line
                return false;
            }

            _position += length + 1;
            if (_position == Length || Bytes[_position] != Quote)
            {
                return EndsCell(_position);
            }

            _position++;
        }
    }

    /// <summary>Beyond the columns of the header there may be blanks, as delimiters at the end of a line make them.</summary>
    private bool SkipSurplusCell()
    {
        int start = _position;
        return SkipCell() && IsBlank(start, _position);
    }

    private bool EndsCell(int position)
    {
        if (position >= Length)
        {
            return true;
        }

        byte next = Bytes[position];
        return next == format.Delimiter || next == LineFeed || next == CarriageReturn;
    }

    /// <summary>A carriage return alone is left to the other reader.</summary>
    private bool SkipLineEnd()
    {
        if (_position < Length && Bytes[_position] == CarriageReturn)
        {
            _position++;
            if (_position == Length)
            {
                return false;
            }
        }

        return _position == Length || Bytes[_position++] == LineFeed;
    }

    private bool SkipBlankLine()
    {
        int length = Rest.IndexOf(LineFeed);
        int end = length < 0 ? Length : _position + length;
        bool blank = IsBlank(_position, end) && !Rest[..(end - _position)].Contains(format.Delimiter);
        int lone = Rest[..(end - _position)].IndexOf(CarriageReturn);
        blank &= lone < 0 || (length >= 0 && lone == length - 1);
        _position = Math.Min(end + 1, Length);
        return blank;
    }

    private bool IsBlank(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (Bytes[i] != ' ' && Bytes[i] is < (byte)'\t' or > (byte)'\r')
            {
                return false;
            }
        }

        return true;
    }
}
#endif
