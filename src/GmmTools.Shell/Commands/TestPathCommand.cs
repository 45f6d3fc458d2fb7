using System.Management.Automation;

namespace GmmTools.Shell.Commands;

/// <summary>Tells whether paths exist.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = PathSet)]
internal sealed class TestPathCommand : PathCommand
{
    /// <summary>What must be there: Any, Container or Leaf.</summary>
    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; } = TestPathType.Any;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in GivenPaths)
        {
            WriteObject(Exists(path));
        }
    }

    private bool Exists(string path)
    {
        bool exists = !string.IsNullOrWhiteSpace(path) && InvokeProvider.Item.Exists(path, force: false, IsLiteral);
        return exists && PathType switch
        {
            TestPathType.Container => InvokeProvider.Item.IsContainer(path),
            TestPathType.Leaf => !InvokeProvider.Item.IsContainer(path),
            _ => true,
        };
    }
}
