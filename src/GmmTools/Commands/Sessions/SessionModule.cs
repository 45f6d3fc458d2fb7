using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Sessions;

namespace GmmTools.Commands.Sessions;

/// <summary>Sees to it that a session has this module, in this build.</summary>
/// <param name="version">The version of the module.</param>
/// <param name="folder">The folder of its manifest.</param>
/// <param name="install">Whether a session without it is given a copy.</param>
internal sealed class SessionModule(string version, string folder, bool install)
{
    private static readonly string Build = typeof(SessionModule).Module.ModuleVersionId.ToString();

    private readonly Lazy<byte[]> _archive = new(() => Pack(folder));

    /// <summary>Imports the module.</summary>
    /// <param name="channel">The way to the session.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SessionException">It is not there (SessionModuleMissing).</exception>
    public async Task ImportAsync(SessionChannel channel, CancellationToken cancellationToken)
    {
        string found = await FindAsync(channel, cancellationToken).ConfigureAwait(false);
        if (found != Build && install)
        {
            Hashtable copy = new() { ["Version"] = version, ["Build"] = Build, ["Archive"] = _archive.Value };
            await channel.RunAsync(SessionScripts.Install, copy, cancellationToken).ConfigureAwait(false);
            found = await FindAsync(channel, cancellationToken).ConfigureAwait(false);
        }

        if (found != Build)
        {
            string others = found.StartsWith("missing ", StringComparison.Ordinal) ? found.Substring("missing ".Length).Trim() : string.Empty;
            string what = !found.StartsWith("missing", StringComparison.Ordinal) ? $"another build of GmmTools {version}, which has to be replaced before the session begins"
                : others.Length > 0 ? $"GmmTools {others}, not {version}"
                : $"no GmmTools {version}";
            throw new SessionException("SessionModuleMissing", $"Session '{channel.Name}' has {what}.", channel.Name);
        }
    }

    private async Task<string> FindAsync(SessionChannel channel, CancellationToken cancellationToken)
    {
        Hashtable wanted = new() { ["Version"] = version, ["Build"] = Build };
        IReadOnlyList<PSObject> told = await channel.RunAsync(SessionScripts.Import, wanted, cancellationToken).ConfigureAwait(false);
        return told.Count > 0 ? told[told.Count - 1].ToString() : string.Empty;
    }

    /// <summary>The module without help and examples.</summary>
    private static byte[] Pack(string folder)
    {
        using MemoryStream bytes = new();
        using (ZipArchive archive = new(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            string bin = Path.Combine(folder, "bin");
            IEnumerable<string> files = Directory.EnumerateFiles(bin, "*.dll", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(bin, "*.ps1xml"))
                .Concat([Path.Combine(folder, "GmmTools.psd1")]);
            foreach (string file in files)
            {
                ZipArchiveEntry entry = archive.CreateEntry(file.Substring(folder.Length + 1).Replace('\\', '/'));
                using Stream target = entry.Open();
                using FileStream source = File.OpenRead(file);
                source.CopyTo(target);
            }
        }

        return bytes.ToArray();
    }
}
