using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Turns objects into lines of CSV; the first object decides the columns.</summary>
[Cmdlet(VerbsData.ConvertTo, "Csv")]
internal sealed class ConvertToCsvCommand : PSCmdlet
{
    private CsvRowWriter? _writer;

    /// <summary>The objects.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = new();

    /// <summary>The character between two cells.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>Accepted for scripts of Windows PowerShell; type information is never written.</summary>
    [Parameter]
    [Alias("NTI")]
    public SwitchParameter NoTypeInformation { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (_writer is null)
        {
            _writer = new CsvRowWriter(InputObject, Delimiter);
            WriteObject(_writer.Header);
        }

        WriteObject(_writer.Format(InputObject));
    }
}
