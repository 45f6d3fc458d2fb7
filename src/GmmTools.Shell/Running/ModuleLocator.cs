using System.IO;

namespace GmmTools.Shell.Running;

/// <summary>Finds the module that this shell was built with.</summary>
internal static class ModuleLocator
{
    /// <summary>The file that is looked for.</summary>
    public const string ManifestName = "GmmTools.psd1";

    /// <summary>Walks up from a folder to the one that holds the manifest; null where there is none.</summary>
    public static string? FindManifest(string startFolder)
    {
        for (DirectoryInfo? folder = new(startFolder); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, ManifestName);
            if (File.Exists(manifest))
            {
                return manifest;
            }
        }

        return null;
    }
}
