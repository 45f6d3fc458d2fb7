using System.Collections.ObjectModel;
using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>What the commands that take -Path or -LiteralPath share.</summary>
internal abstract class PathCommand : PSCmdlet
{
    /// <summary>The parameter set of paths that may hold wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set of paths taken as they are.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Paths that may hold wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    public string[] Path { get; set; } = [];

    /// <summary>Paths taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether the paths are taken as they are.</summary>
    protected bool IsLiteral => ParameterSetName == LiteralPathSet;

    /// <summary>The paths, whichever way they were given.</summary>
    protected string[] GivenPaths => IsLiteral ? LiteralPath : Path;

    /// <summary>The existing files that a path names; an error is written where there is none.</summary>
    protected Collection<string> ResolveFiles(string path)
    {
        try
        {
            return IsLiteral
                ? [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path)]
                : SessionState.Path.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException missing)
        {
            WriteError(new ErrorRecord(missing.ErrorRecord, missing));
            return [];
        }
    }
}
