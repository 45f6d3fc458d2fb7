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
    /// <param name="before">Where module and session were, for one that takes the place of another; else null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Where module and session are.</returns>
    /// <exception cref="SessionException">It is not there (SessionModuleMissing).</exception>
    public async Task<SessionPlace> ImportAsync(SessionChannel channel, SessionPlace? before, CancellationToken cancellationToken)
    {
        string[] told = await FindAsync(channel, before, cancellationToken).ConfigureAwait(false);
        string found = told[0];
        if (found != Build && install)
        {
            Hashtable copy = new() { ["Version"] = version, ["Build"] = Build, ["Archive"] = _archive.Value };
            await channel.RunAsync(SessionScripts.Install, copy, cancellationToken).ConfigureAwait(false);
            told = await FindAsync(channel, before, cancellationToken).ConfigureAwait(false);
            found = told[0];
        }

        if (found != Build)
        {
            string others = found.StartsWith("missing ", StringComparison.Ordinal) ? found.Substring("missing ".Length).Trim() : string.Empty;
            string what = !found.StartsWith("missing", StringComparison.Ordinal) ? $"another build of GmmTools {version}, which has to be replaced before the session begins"
                : others.Length > 0 ? $"GmmTools {others}, not {version}"
                : $"no GmmTools {version}";
            throw new SessionException("SessionModuleMissing", $"Session '{channel.Name}' has {what}.", channel.Name);
        }

        return new SessionPlace(told[told.Length - 2], told[told.Length - 1]);
    }

    private async Task<string[]> FindAsync(SessionChannel channel, SessionPlace? before, CancellationToken cancellationToken)
    {
        Hashtable wanted = new() { ["Version"] = version, ["Build"] = Build, ["From"] = before?.Module, ["Location"] = before?.Location };
        IReadOnlyList<PSObject> told = await channel.RunAsync(SessionScripts.Import, wanted, cancellationToken).ConfigureAwait(false);
        return told.Count > 0 ? [.. told.Select(line => line.ToString())] : ["missing"];
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
