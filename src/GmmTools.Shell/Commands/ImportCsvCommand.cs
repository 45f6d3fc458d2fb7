using System.IO;
using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Reads CSV files as objects whose properties are strings.</summary>
[Cmdlet(VerbsData.Import, "Csv", DefaultParameterSetName = PathSet)]
internal sealed class ImportCsvCommand : PathCommand
{
    /// <summary>The character between two cells.</summary>
    [Parameter(Position = 1)]
    public char Delimiter { get; set; } = ',';

    /// <summary>The names of the columns of a file that has no header.</summary>
    [Parameter]
    public string[]? Header { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in GivenPaths)
        {
            foreach (string file in ResolveFiles(path))
            {
                ReadFile(file);
            }
        }
    }

    private void ReadFile(string file)
    {
        try
        {
            using StreamReader reader = new(file);
            CsvObjectReader rows = new(reader, Delimiter, Header);
            if (rows.UnnamedCount > 0)
            {
                WriteWarning("One or more headers were not specified. Default names starting with \"H\" have been used in place of any missing headers.");
            }

            foreach (PSObject row in rows.ReadRows())
            {
                WriteObject(row);
            }
        }
        catch (IOException failure)
        {
            WriteError(new ErrorRecord(failure, "FileOpenFailure", ErrorCategory.OpenError, file));
        }
        catch (System.UnauthorizedAccessException failure)
        {
            WriteError(new ErrorRecord(failure, "FileOpenFailure", ErrorCategory.PermissionDenied, file));
        }
    }
}
