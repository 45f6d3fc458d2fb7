using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Writes objects to a CSV file in UTF-8; the first object decides the columns.</summary>
[Cmdlet(VerbsData.Export, "Csv")]
internal sealed class ExportCsvCommand : PSCmdlet, IDisposable
{
    private StreamWriter? _file;
    private CsvRowWriter? _writer;
    private string _path = string.Empty;

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("PSPath", "LP", "LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The character between two cells.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Adds to a file that has the same columns.</summary>
    [Parameter]
    public SwitchParameter Append { get; set; }

    /// <summary>Accepted for scripts of Windows PowerShell; type information is never written.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            IReadOnlyList<string>? existing = Append && File.Exists(_path) ? ReadHeader() : null;
            _writer = existing is null ? null : new CsvRowWriter(existing, Delimiter);
            _file = new StreamWriter(_path, Append);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(failure, "FileOpenFailure", ErrorCategory.OpenError, Path));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_writer is null)
        {
            _writer = new CsvRowWriter(InputObject, Delimiter);
            _file!.WriteLine(_writer.Header);
        }
        else if (Append)
        {
            RequireColumns(_writer.Names);
        }

        _file!.WriteLine(_writer.Format(InputObject));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Dispose();

    private List<string>? ReadHeader()
    {
        using StreamReader reader = new(_path);
        return new CsvRecordReader(reader, Delimiter).Read();
    }

    private void RequireColumns(IReadOnlyList<string> names)
    {
        string? missing = names.FirstOrDefault(name => InputObject.Properties[name] is null);
        if (missing is not null)
        {
            string message = $"Cannot append CSV content to {_path}: the object has no property '{missing}', which is a column of the file.";
            ThrowTerminatingError(new ErrorRecord(
                new InvalidOperationException(message), "CannotAppendCsvWithMismatchedPropertyNames", ErrorCategory.InvalidData, missing));
        }
    }
}
