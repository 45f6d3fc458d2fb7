using System;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Loading;

/// <summary>
/// Takes versions of the module away that a session has imported from elsewhere: PowerShell cannot have two binary modules of one name with
/// the same commands, and would refuse the one that is just imported.
/// </summary>
internal static class OtherVersions
{
    private const string ModuleName = "GmmTools";

    /// <summary>Removes them from the current runspace.</summary>
    public static void Remove()
    {
        string ours = Path.GetDirectoryName(Path.GetDirectoryName(typeof(OtherVersions).Assembly.Location))!;
        using PowerShell find = PowerShell.Create(RunspaceMode.CurrentRunspace);
        PSModuleInfo[] others = [.. find.AddCommand("Get-Module").AddParameter("Name", ModuleName).Invoke<PSModuleInfo>()
            .Where(module => !string.Equals(module.ModuleBase, ours, StringComparison.OrdinalIgnoreCase))];
        if (others.Length > 0)
        {
            using PowerShell remove = PowerShell.Create(RunspaceMode.CurrentRunspace);
            remove.AddCommand("Remove-Module").AddParameter("ModuleInfo", others).AddParameter("Force").Invoke();
        }
    }
}
