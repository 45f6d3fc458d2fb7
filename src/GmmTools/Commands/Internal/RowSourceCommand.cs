using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Completion;
using GmmTools.Connectors.Cells;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that take rows: from the pipeline, by argument, or from CSV and Parquet files, whatever the parameters that name the
/// files are called. It does not decide what happens to the rows.</summary>
public abstract partial class RowSourceCommand : PSCmdlet, IDisposable
{
    private protected const string InputObjectSet = "InputObject";
    private protected const string PathSet = "Path";
    private protected const string LiteralPathSet = "LiteralPath";
    private protected const string TableSet = "Table";
    private protected const string QuerySet = "Query";

    private const int RowsPerCheck = 1024;
    private const string ModelParameter = "Model";

    private readonly CommandRun _run;
    private readonly Action _process;
    private readonly ConcurrentQueue<(bool IsWarning, string Text)> _notes = [];
    private RowStore? _store;
    private FirstRows? _firstRows;
    private PropertyArgument? _columns;
    private bool _awaitsModel;
    private bool _hasModel;

    private protected RowSourceCommand()
    {
        _run = new CommandRun(this, Finish);

        // a delegate made once, not for each of a million rows
        _process = Process;
    }

    /// <summary>
    /// The rows: objects with properties (as from Import-Csv), dictionaries, lists of numbers, or plain numbers. As an argument, whole tables too:
    /// lists of rows, double[,], double[][], DataTable. Pass a matrix as an argument, because PowerShell splits it into single numbers when it is
    /// piped from a variable.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, ValueFromPipeline = true, HelpMessage = "The rows: objects with properties (as from Import-Csv), dictionaries, lists of numbers, or plain numbers.")]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Columns of the mixture that the rows do not have, but from which they can be calculated, as for Invoke-EmFit: hashtables of a name and an
    /// expression, such as @{ n = 'ms'; e = { $_.Took.TotalMilliseconds } }. Names may stand among them, so that the same list fits both commands;
    /// the other columns of the mixture are found by name.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Columns of the mixture that the rows do not have, but from which they can be calculated.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual object[]? Property { get; set; }

    /// <summary>What separates the cells of a file. Default: detected (comma, semicolon, tab or vertical bar; the character in a first line sep=;
    /// spaces in the log of a web server).</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "What separates the cells of a file.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public char? Delimiter { get; set; }

    /// <summary>Names of the columns, for CSV files whose first line is already a row. Default: the first line, or if that is a row, the last comment
    /// before it (#x,y) that has a name for each cell. In the log of a web server the line #Fields: names the columns, and - means missing.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Names of the columns, for CSV files whose first line is already a row.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Header { get; set; }

    /// <summary>The encoding of a file: utf8 (default), unicode, latin1, ... A byte order mark in the file takes precedence. Bytes that are not valid
    /// in the encoding cause a warning that names their row.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "The encoding of a file: utf8 (default), unicode, latin1, ...")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

    /// <summary>The culture of numbers in text, such as de-DE. Default: the invariant culture (1.5).</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The culture of numbers in text, such as de-DE.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [KnownCulture]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public CultureInfo? Culture { get; set; }

    /// <summary>
    /// What happens to rows with missing values. Error (the default) stops at them, reports the first one and counts the others. Omit drops
    /// incomplete rows, with a warning. Marginalize uses the observed part of each row: the likelihood is that of the observed cells, and rows
    /// without any are dropped. $null, blanks, NA, NaN and DBNull are missing.
    /// </summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "What happens to rows with missing values.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Error", "Omit", "Marginalize")]
    public virtual string MissingValue { get; set; } = "Error";

    /// <summary>Text that means missing, such as '-999' or '?'; it replaces blanks, NA and NaN. If the text is a number, cells that hold this number
    /// are missing too.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Text that means missing, such as '-999' or '?'; it replaces blanks, NA and NaN.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[]? MissingText { get; set; }

    /// <summary>Whether units in text are read. Auto: 46KB, 922.09 MB and 3 GiB are bytes (1 KB is 1024), 1.2ms, 3 s, 5 min, 2 h and 00:01:02.5 are
    /// seconds, and 76% is 76; a number without a unit stays as it is. None (the default): such text is an error. The units of a column must be of
    /// one kind.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Whether units in text are read.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("None", "Auto")]
    public string Unit { get; set; } = "None";

    /// <summary>The column that says how often each row counts: a finite number, at least 0. Rows of weight 0 are ignored. Wildcards and the default
    /// of -Property leave this column out. For rows without names: x1, x2, ...</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The column that says how often each row counts: a finite number, at least 0.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public virtual string? WeightProperty { get; set; }

    /// <summary>The maximum number of threads. Default: one per processor. The result does not depend on it.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "The maximum number of threads.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, int.MaxValue)]
    public virtual int ThrottleLimit { get; set; } = Environment.ProcessorCount;

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    internal CancellationToken StopToken => _run.StopToken;

    private bool ReadsUnits => string.Equals(Unit, "Auto", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the rows are in files.</summary>
    internal bool ReadsFiles => ParameterSetName is PathSet or LiteralPathSet;

    /// <summary>The files with the rows, for the parameter set that was chosen.</summary>
    private protected abstract string[] RowFiles { get; }

    /// <summary>Keeps the rows, for commands that need all of them before they begin.</summary>
    internal RowStore Store => _store ??= new RowStore(this);

    /// <summary>The columns that were given.</summary>
    private protected PropertyArgument GivenColumns => _columns ??= PropertyArgument.Read(Property, Usage);

    /// <summary>How the command is written, for errors that say what was meant.</summary>
    private protected virtual string Usage => MyInvocation.MyCommand.Name;

    /// <summary>Whether the pipeline may hold the model where the rows are in files or in a database.</summary>
    private protected virtual bool TakesModelFromPipeline => false;

    /// <summary>Whether what is given as columns must be columns of the rows that are read.</summary>
    private protected virtual bool ColumnsAreRead => true;

    /// <summary>Shows the user how far the work has come.</summary>
    internal ProgressReporter Progress => field ??= new ProgressReporter(MyInvocation.MyCommand.Name, WriteProgress);

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        _store?.Dispose();
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => _run.Step(BeginRows);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => _run.Step(_awaitsModel ? TakeModel : _process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => _run.LastStep(EndRows);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _run.Stop();

    /// <summary>Writes a warning without control sequences of the user's data.</summary>
    /// <param name="text">The warning.</param>
    internal new void WriteWarning(string text) => _run.Warn(text);

    /// <summary>Writes a verbose message without control sequences of the user's data.</summary>
    /// <param name="text">The message.</param>
    internal new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.InMessage(text));

    /// <summary>Asks, as <see cref="Cmdlet.ShouldProcess(string)"/>, without control sequences of the user's data.</summary>
    /// <param name="target">What is to be changed.</param>
    private protected new bool ShouldProcess(string target) => base.ShouldProcess(VisibleText.Of(target));

    /// <summary>Asks, as <see cref="Cmdlet.ShouldProcess(string, string)"/>, without control sequences of the user's data.</summary>
    /// <param name="target">What is to be changed.</param>
    /// <param name="action">What is to be done.</param>
    private protected new bool ShouldProcess(string target, string action) => base.ShouldProcess(VisibleText.Of(target), action);

    /// <summary>Runs at the very end, also after an error and after Ctrl+C; nothing can be written then.</summary>
    private protected virtual void Release()
    {
    }

    /// <summary>Runs before the first row.</summary>
    private protected abstract void Begin();

    /// <summary>Runs for each record: takes its rows.</summary>
    private protected virtual void Process()
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

    /// <summary>Takes one row, or holds it back as one of the first rows, which decide on the columns.</summary>
    /// <param name="row">The row; null when the pipeline held a null.</param>
    private protected void ProcessRow(PSObject? row)
    {
        if (_firstRows is null)
        {
            TakeRow(row, null);
        }
        else
        {
            _firstRows.Add(row);
        }
    }

    /// <summary>Takes one row.</summary>
    /// <param name="row">The row; null when the pipeline held a null.</param>
    /// <param name="cells">The cells that it had, for one that was held back; else null.</param>
    private protected abstract void TakeRow(PSObject? row, object?[]? cells);

    /// <summary>Runs after the last row.</summary>
    private protected abstract void End();

    /// <summary>To be called after each row: shows progress and notices a stop.</summary>
    /// <param name="count">Number of rows so far.</param>
    internal void Tick(long count)
    {
        if (count % RowsPerCheck == 0)
        {
            StopToken.ThrowIfCancellationRequested();
            Progress.Report(() => RowsText(count));
        }
    }

    /// <summary>Refuses parameters that do not go together, before anything else is done.</summary>
    private protected virtual void CheckSource()
    {
    }

    private void BeginRows()
    {
        CheckSource();
        RefuseCalculatedInFiles(GivenColumns);

        // a model that is piped comes with the first record
        _awaitsModel = TakesModelFromPipeline && MyInvocation.ExpectingInput && ParameterSetName is PathSet or LiteralPathSet or TableSet or QuerySet
            && !MyInvocation.BoundParameters.ContainsKey(ModelParameter);
        if (!_awaitsModel)
        {
            Begin();
        }
    }

    /// <summary>Complains of columns that are calculated where rows are no objects.</summary>
    /// <param name="columns">The columns of a parameter.</param>
    private protected void RefuseCalculatedInFiles(PropertyArgument columns)
    {
        if (columns.Calculated.Count > 0 && ParameterSetName is PathSet or LiteralPathSet or TableSet or QuerySet)
        {
            throw new CommandException(
                "CalculatedInFile",
                $"Column '{columns.Calculated[0].Name}' is calculated, which is possible for objects from the pipeline only. {(ReadsFiles ? "Pipe the rows, as in Import-Csv data.csv | ..., or calculate the column when the file is written." : "Calculate it in the database, with -Query.")}",
                columns.Calculated[0].Name);
        }
    }

    private void TakeModel()
    {
        if (!TryAddModel())
        {
            throw new CommandException(
                "SeveralModels", "-Model takes one model, but several were piped. Choose one, as in $fits[0] or $fits | Select-MixtureFit.");
        }

        _hasModel = true;
    }

    /// <summary>Takes the model that was piped.</summary>
    /// <returns>Whether it goes together with those before it.</returns>
    private protected virtual bool TryAddModel() => !_hasModel;

    private void EndRows()
    {
        if (_awaitsModel)
        {
            // where nothing was piped, it says so
            Begin();
        }

        ReleaseRows();
        End();
    }

    /// <summary>Takes the rows that are held back: there are no more.</summary>
    private protected void ReleaseRows() => _firstRows?.Release();

    /// <summary>A reader of the rows that <see cref="TakeRow"/> is given.</summary>
    /// <param name="patterns">Names or wildcards of the columns wanted, or null.</param>
    /// <param name="names">Names of the columns of a model, or null.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Columns that go with the rows but are not part of them, or null.</param>
    /// <param name="include">Names or wildcards of columns that rows keep besides those wanted; null for all.</param>
    internal RowReader ReadRows(
        IReadOnlyList<string>? patterns,
        IReadOnlyList<string>? names,
        IReadOnlyList<string>? exclude = null,
        IRowExtras? extra = null,
        IReadOnlyList<string>? include = null)
    {
        if (ColumnsAreRead && patterns is null && names is not null)
        {
            ColumnSelector.Resolve(names, GivenColumns.Names ?? []);
        }

        RowReader reader = CreateReader(patterns, names, exclude, extra, include);
        _firstRows = new FirstRows(reader, TakeRow);
        return reader;
    }

    /// <summary>A reader of rows.</summary>
    /// <param name="patterns">Names or wildcards of the columns wanted, or null.</param>
    /// <param name="names">Names of the columns of a model, or null.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Columns that go with the rows but are not part of them, or null.</param>
    /// <param name="include">Names or wildcards of columns that rows keep besides those wanted; null for all.</param>
    private protected RowReader CreateReader(
        IReadOnlyList<string>? patterns,
        IReadOnlyList<string>? names,
        IReadOnlyList<string>? exclude = null,
        IRowExtras? extra = null,
        IReadOnlyList<string>? include = null) => new(Culture, MissingText, ReadsUnits)
        {
            Patterns = patterns ?? [],
            Calculated = [.. GivenColumns.Calculated, .. extra?.Calculated ?? []],
            Names = names,
            Exclude = exclude ?? [],
            WeightProperty = WeightProperty,
            Extra = extra?.Columns ?? [],
            Include = include,
        };

    /// <summary>What happens to rows with missing values.</summary>
    internal MissingValuePolicy ParsePolicy() => (MissingValuePolicy)Enum.Parse(typeof(MissingValuePolicy), MissingValue, ignoreCase: true);

    private void Finish()
    {
        WriteNotes();
        Progress.Complete();
    }

    /// <summary>Writes what the reader of files has to say so far.</summary>
    internal void WriteNotes()
    {
        while (_notes.TryDequeue(out (bool IsWarning, string Text) note))
        {
            if (note.IsWarning)
            {
                WriteWarning(note.Text);
            }
            else
            {
                WriteVerbose(note.Text);
            }
        }
    }

    private static string RowsText(long count) => Counted.Grouped(count, "row") + " read";
}
