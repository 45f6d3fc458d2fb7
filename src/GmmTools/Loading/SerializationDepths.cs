using System.Management.Automation;

namespace GmmTools.Loading;

/// <summary>
/// Export-Clixml, jobs and remote sessions cut objects off at a depth of 1 or 2; the depths given here keep models whole. A types file in the
/// manifest could say the same, but only once in a session: a second version of the module could not be imported.
/// </summary>
internal static class SerializationDepths
{
    private static readonly (string TypeName, int Depth)[] All =
    [
        ("GmmTools.Estimation.EmFit", 5),
        ("GmmTools.Estimation.FitFailure", 2),
        ("GmmTools.Mixtures.GaussianMixture", 4),
        ("GmmTools.Mixtures.GaussianComponent", 2),
    ];

    /// <summary>Tells the current runspace.</summary>
    public static void Register()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        foreach ((string typeName, int depth) in All)
        {
            shell.AddStatement().AddCommand("Update-TypeData")
                .AddParameter("TypeName", typeName)
                .AddParameter("SerializationDepth", depth)
                .AddParameter("Force");
        }

        shell.Invoke();
    }
}
