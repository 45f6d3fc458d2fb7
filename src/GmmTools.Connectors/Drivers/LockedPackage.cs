namespace GmmTools.Connectors.Drivers;

/// <summary>A package that a driver is made from, and the bytes that it must have.</summary>
/// <param name="Id">Its identifier, in small letters.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">The SHA-512 of its file, as hexadecimal digits in small letters.</param>
internal sealed record LockedPackage(string Id, string Version, string Hash)
{
    /// <summary>The name of its file.</summary>
    public string FileName => $"{Id}.{Version}.nupkg";

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Version}";
}
