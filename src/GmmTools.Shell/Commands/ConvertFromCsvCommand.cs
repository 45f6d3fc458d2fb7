using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Turns CSV text into objects whose properties are strings.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Csv")]
internal sealed class ConvertFromCsvCommand : PSCmdlet
{
    private readonly List<string> _lines = [];

    /// <summary>The text: lines, or several lines in one string.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    /// <summary>The character between two cells.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>The names of the columns of text that has no header.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines.AddRange(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        using StringReader reader = new(string.Join(Environment.NewLine, _lines));
        foreach (PSObject row in new CsvObjectReader(reader, Delimiter, Header).ReadRows())
        {
            WriteObject(row);
        }
    }
}
