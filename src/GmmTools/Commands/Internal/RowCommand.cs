using System.Management.Automation;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that take rows and write no files: -Path names the files with the rows.</summary>
public abstract class RowCommand : RowInputCommand
{
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

    /// <inheritdoc/>
    private protected sealed override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;
}
