using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Observations;

namespace GmmTools.Commands;

/// <summary>Base of the commands that take rows: from the pipeline, by argument, or from CSV and Parquet files, however the parameters
/// are called that name the files. It says nothing of what becomes of the rows.</summary>
public abstract class RowSourceCommand : MixtureCommand
{
    private protected const string InputObjectSet = "InputObject";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string TableSet = "Table";
    private protected const string QuerySet = "Query";

    private const int RowsPerCheck = 1024;

    private long _rowsInFiles;

    /// <summary>
    /// The rows: objects with properties (as Import-Csv gives them), dictionaries, lists of numbers, plain numbers. By argument also
    /// whole tables: lists of rows, double[,], double[][], DataTable. Give a matrix by argument: PowerShell takes it apart into
    /// single numbers when it is piped from a variable.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>What stands between the cells of a file. Default: found out (comma, semicolon, tab or bar).</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public char? Delimiter { get; set; }

    /// <summary>Names of the columns, for CSV files whose first line is a row already.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Header { get; set; }

    /// <summary>The encoding of a file: utf8 (default), unicode, ... A byte order mark in the file wins.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

    /// <summary>The culture in which numbers in text are written, such as de-DE. Default: the invariant culture (1.5).</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [KnownCulture]
    public CultureInfo? Culture { get; set; }

    /// <summary>
    /// What becomes of rows of which cells are missing. Error (the default) stops, with the first such cell and their number. Omit leaves
    /// the rows out, with a warning. Marginalize uses what was observed of them: the likelihood is that of the observed cells, and rows of
    /// which nothing was observed are left out. Missing are $null, blanks, NA, NaN and DBNull.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Error", "Omit", "Marginalize")]
    public virtual string MissingValue { get; set; } = "Error";

    /// <summary>Text that stands for a missing cell, instead of blanks, NA and NaN, such as '-999' or '?'. Where it is a number, cells
    /// that are this number are missing too.</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? MissingText { get; set; }

    /// <summary>The column that says how often each row counts: a finite number of at least 0. Rows of weight 0 are ignored. The column is
    /// not one of those that -Property finds by wildcard or default. For rows without names: x1, x2, ...</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string? WeightProperty { get; set; }

    /// <summary>The most threads to use. Default: one per processor. The result does not depend on it.</summary>
    [Parameter(ParameterSetName = InputObjectSet)]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, int.MaxValue)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <summary>Whether the rows are in files.</summary>
    private protected bool ReadsFiles => ParameterSetName is PathSet or LiteralPathSet;

    /// <summary>The files with the rows, for the parameter set that was chosen.</summary>
    private protected abstract string[] RowFiles { get; }

    /// <summary>Tells the user where the work stands.</summary>
    private protected ProgressReporter Progress => field ??= new ProgressReporter(MyInvocation.MyCommand.Name, WriteProgress);

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ReadsFiles)
        {
            return;
        }

        if (InputObject is not null && RowSource.IsRow(InputObject.BaseObject))
        {
            ProcessRow(InputObject);
            return;
        }

        // without this argument and without a pipeline there is nothing to take apart
        foreach (PSObject? row in RowSource.Enumerate(InputObject, MyInvocation.ExpectingInput))
        {
            ProcessRow(row);
        }
    }

    /// <summary>Takes one row.</summary>
    /// <param name="row">The row; null when the pipeline held a null.</param>
    private protected abstract void ProcessRow(PSObject? row);

    /// <inheritdoc/>
    private protected override void Finish() => Progress.Complete();

    /// <summary>To be called after each row: shows progress and notices a stop.</summary>
    /// <param name="count">Number of rows so far.</param>
    private protected void Tick(long count)
    {
        if (count % RowsPerCheck == 0)
        {
            StopToken.ThrowIfCancellationRequested();
            Progress.Report(() => RowsText(count));
        }
    }

    /// <summary>A reader of rows from the pipeline.</summary>
    /// <param name="patterns">Names or wildcards of the columns wanted, or null.</param>
    /// <param name="names">Names of the columns of a model, or null.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Columns that go with the rows but are no part of them, or null.</param>
    private protected RowReader CreateReader(
        IReadOnlyList<string>? patterns,
        IReadOnlyList<string>? names,
        IReadOnlyList<string>? exclude = null,
        StartColumns? extra = null) => new(Culture, MissingText)
        {
            Patterns = patterns ?? [],
            Names = names,
            Exclude = exclude ?? [],
            WeightProperty = WeightProperty,
            Extra = extra?.Columns ?? [],
        };

    /// <summary>Name of the parameter for files without wildcards.</summary>
    private protected virtual string LiteralFiles => "LiteralPath";

    /// <summary>The files with the rows.</summary>
    private protected IReadOnlyList<string> FindFiles() =>
        FilePaths.Resolve(SessionState, RowFiles, ParameterSetName == LiteralPathSet, $"give a name that has them by -{LiteralFiles}");

    /// <summary>How the files are to be read.</summary>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Names or wildcards of columns that go with the rows but are no part of them, or null.</param>
    private protected FileReadOptions CreateReadOptions(
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
            WeightProperty = WeightProperty,
        };

    /// <summary>Notes how many rows of files were read; from any thread.</summary>
    /// <param name="count">Number of rows.</param>
    private protected void CountRows(long count) => Volatile.Write(ref _rowsInFiles, count);

    /// <summary>Shows how many rows of files were read.</summary>
    private protected void ReportRows() => Progress.Report(() => RowsText(Volatile.Read(ref _rowsInFiles)));

    /// <summary>What becomes of rows with gaps.</summary>
    private protected MissingValuePolicy ParsePolicy() => (MissingValuePolicy)Enum.Parse(typeof(MissingValuePolicy), MissingValue, ignoreCase: true);

    private static string RowsText(long count) => string.Format(CultureInfo.InvariantCulture, "{0:N0} rows read", count);
}
