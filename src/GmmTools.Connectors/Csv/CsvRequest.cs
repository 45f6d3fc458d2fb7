using System.Globalization;
using System.Text;

namespace GmmTools.Connectors.Csv;

/// <summary>How a CSV file is opened.</summary>
/// <param name="culture">The culture of the numbers.</param>
internal sealed class CsvRequest(CultureInfo culture)
{
    /// <summary>The culture of the numbers.</summary>
    public CultureInfo Culture { get; } = culture;

    /// <summary>Names of the columns of a file whose first line is a row; null when the file names them.</summary>
    public string[]? Header { get; set; }

    /// <summary>What stands between cells; null to find out.</summary>
    public char? Delimiter { get; set; }

    /// <summary>The encoding; null for UTF-8. A byte order mark wins.</summary>
    public Encoding? Encoding { get; set; }

    /// <summary>Whether no more than the beginning is read.</summary>
    public bool HeaderOnly { get; set; }

    /// <summary>Whom to tell what is worth a word.</summary>
    public FileNotes Notes { get; set; } = FileNotes.None;
}
