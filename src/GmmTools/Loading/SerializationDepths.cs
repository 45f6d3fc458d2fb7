using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace GmmTools.Loading;

/// <summary>
/// Export-Clixml, jobs and remote sessions cut objects off at a depth of 1 or 2; the depths given here keep models whole. A types file in the
/// manifest could say the same, but only once in a session: a second version of the module could not be imported.
/// </summary>
internal static class SerializationDepths
{
    private static readonly (string TypeName, uint Depth)[] All =
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
        shell.AddCommand("Update-TypeData")
            .AddParameter("TypeData", Array.ConvertAll(All, one => new TypeData(one.TypeName) { SerializationDepth = one.Depth }))
            .AddParameter("Force");
        shell.Invoke();
    }
}
