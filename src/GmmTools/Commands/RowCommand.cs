using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Completion;
using GmmTools.Connectors;
using GmmTools.Observations;

namespace GmmTools.Commands;

/// <summary>Base of the commands that take rows: from the pipeline, by argument, or from CSV and Parquet files.</summary>
public abstract class RowCommand : MixtureCommand
{
    private protected const string InputObjectSet = "InputObject";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";

    private const int RowsPerCheck = 1024;

    private long _rowsInFiles;

    /// <summary>
    /// The rows: objects with properties (as Import-Csv gives them), dictionaries, lists of numbers, plain numbers. By argument also
    /// whole tables: lists of rows, double[,], double[][], DataTable. Give a matrix by argument: PowerShell takes it apart into
    /// single numbers when it is piped from a variable.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>CSV files with the rows, compressed by gzip or not, or Parquet files; wildcards are allowed. The first line of a CSV file
    /// names the columns. Many times faster than Import-Csv.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files as -Path takes them; characters such as [ are taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

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
    [Parameter]
    public CultureInfo? Culture { get; set; }

    /// <summary>The most threads to use. Default: one per processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <summary>Whether the rows are in files.</summary>
    private protected bool ReadsFiles => ParameterSetName != InputObjectSet;

    /// <summary>Tells the user where the work stands.</summary>
    private protected ProgressReporter Progress => field ??= new ProgressReporter(MyInvocation.MyCommand.Name, WriteProgress);

    /// <inheritdoc/>
    private protected sealed override void Process()
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

    /// <summary>Reads the files.</summary>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    private protected InMemoryObservations ReadFiles(IReadOnlyList<string> property, IReadOnlyList<string>? exclude = null)
    {
        IReadOnlyList<string> files = FilePaths.Resolve(
            SessionState, ParameterSetName == PathSet ? Path : LiteralPath, ParameterSetName == LiteralPathSet);
        CsvReadOptions options = new()
        {
            Property = property,
            ExcludeProperty = exclude ?? [],
            Header = Header,
            ThreadCount = ThrottleLimit,
            Delimiter = Delimiter,
            Culture = Culture,
            Encoding = EncodingArgument.Parse(Encoding),
        };
        return BackgroundWork.Run(
            () => CsvObservationReader.Read(files, options, count => System.Threading.Volatile.Write(ref _rowsInFiles, count), StopToken),
            () => Progress.Report(() => RowsText(System.Threading.Volatile.Read(ref _rowsInFiles))),
            StopToken);
    }

    private static string RowsText(long count) => string.Format(CultureInfo.InvariantCulture, "{0:N0} rows read", count);
}
