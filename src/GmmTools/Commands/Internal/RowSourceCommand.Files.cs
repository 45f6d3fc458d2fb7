using System.Collections.Generic;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Connectors;

namespace GmmTools.Commands.Internal;

/// <content>Rows in files.</content>
public abstract partial class RowSourceCommand
{
    private long _rowsInFiles;

    /// <summary>Name of the parameter for files without wildcards.</summary>
    private protected virtual string LiteralFiles => "LiteralPath";

    /// <summary>The files with the rows.</summary>
    internal IReadOnlyList<string> FindFiles() =>
        FilePaths.Resolve(SessionState, RowFiles, ParameterSetName == LiteralPathSet, $"pass a name that contains them to -{LiteralFiles}");

    /// <summary>How the files are to be read.</summary>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Names or wildcards of columns that go with the rows but are not part of them, or null.</param>
    internal FileReadOptions CreateReadOptions(
        IReadOnlyList<string> property, IReadOnlyList<string>? exclude = null, IReadOnlyList<string>? extra = null) => new()
        {
            Property = property,
            ExcludeProperty = exclude ?? [],
            Extra = extra ?? [],
            Header = Header,
            ThreadCount = ThrottleLimit,
            Delimiter = Delimiter,
            Culture = Culture,
            Encoding = EncodingArgument.Parse(Encoding),
            MissingValue = ParsePolicy(),
            MissingText = MissingText,
            ReadsUnits = ReadsUnits,
            WeightProperty = WeightProperty,
            Warn = (text, remedy) => _notes.Enqueue((true, ErrorRecords.WithAdvice(text, remedy))),
            Explain = text => _notes.Enqueue((false, text)),
        };

    /// <summary>Records how many rows of the files have been read; from any thread.</summary>
    /// <param name="count">Number of rows.</param>
    internal void CountRows(long count) => Volatile.Write(ref _rowsInFiles, count);

    /// <summary>Shows how many rows of the files have been read, and what the reader reports.</summary>
    internal void ReportRows()
    {
        WriteNotes();
        Progress.Report(() => RowsText(Volatile.Read(ref _rowsInFiles)));
    }
}
