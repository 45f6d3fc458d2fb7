#if NET
using System.Text;
using GmmTools.Connectors.Cells;

namespace GmmTools.Connectors.Csv;

/// <summary>What the bytes of a file mean, and which of its cells are wanted, for the reading in blocks.</summary>
internal sealed class CsvFormat
{
    /// <summary>No text holds this byte.</summary>
    private const byte NoSeparator = 0xFF;

    private CsvFormat(byte delimiter, Encoding encoding, CellParser parser, int columnCount, CsvCells cells, bool isLog)
    {
        IsLog = isLog;
        Delimiter = delimiter;
        Encoding = encoding;
        Parser = parser;
        Cells = cells;
        Dimension = cells.Columns.Length;
        IsPlain = cells.WeightTarget < 0 && !parser.HasMissingNumbers;
        QuotedSeparator = (byte)parser.Culture.NumberFormat.NumberDecimalSeparator[0];

        // 1,85 between commas is two cells, within quotes a number
        Separator = QuotedSeparator == delimiter ? NoSeparator : QuotedSeparator;
        Targets = new int[columnCount];
        System.Array.Fill(Targets, -1);
        for (int j = 0; j < Dimension; j++)
        {
            Targets[cells.Columns[j]] = j;
            CellsNeeded = System.Math.Max(CellsNeeded, cells.Columns[j] + 1);
        }
    }

    /// <summary>What stands between cells.</summary>
    public byte Delimiter { get; }

    /// <summary>What stands before the fraction of a number.</summary>
    public byte Separator { get; }

    /// <summary>What stands before the fraction of a number in quotes.</summary>
    public byte QuotedSeparator { get; }

    /// <summary>The encoding; ASCII characters are one byte, and no other character holds such bytes.</summary>
    public Encoding Encoding { get; }

    /// <summary>Reads the cells that are no plain numbers.</summary>
    public CellParser Parser { get; }

    /// <summary>The cells wanted.</summary>
    public CsvCells Cells { get; }

    /// <summary>Whether lines that begin with # are directives.</summary>
    public bool IsLog { get; }

    /// <summary>Number of columns wanted.</summary>
    public int Dimension { get; }

    /// <summary>Whether every number is just a number: no weight, and none that stands for a missing cell.</summary>
    public bool IsPlain { get; }

    /// <summary>For each column of the file its place among those wanted, or -1.</summary>
    public int[] Targets { get; }

    /// <summary>The fewest cells of a row that has all those wanted.</summary>
    public int CellsNeeded { get; }

    /// <summary>The format, or null when the file cannot be read in blocks of bytes.</summary>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="encoding">The encoding of the file.</param>
    /// <param name="parser">Reads the cells.</param>
    /// <param name="columnCount">Number of columns in the file.</param>
    /// <param name="cells">The cells wanted.</param>
    /// <param name="isLog">Whether lines that begin with # are directives.</param>
    public static CsvFormat? TryCreate(char delimiter, Encoding encoding, CellParser parser, int columnCount, CsvCells cells, bool isLog)
    {
        bool bytes = encoding is UTF8Encoding or ASCIIEncoding || encoding.CodePage == Encoding.Latin1.CodePage;
        return parser.HasPlainNumbers && bytes && delimiter < 128
            ? new CsvFormat((byte)delimiter, encoding, parser, columnCount, cells, isLog)
            : null;
    }
}
#endif
