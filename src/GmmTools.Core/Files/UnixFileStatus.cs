using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace GmmTools.Files;

/// <summary>
/// What a Unix system says about a file: its kind, mode and owner. Asked through the native layer of the runtime, which has the same
/// structure on all systems and versions, so that both builds know it.
/// </summary>
internal readonly struct UnixFileStatus
{
    /// <summary>Larger than the structure of any version; its first fields have never moved.</summary>
    private const int StructureInts = 64;

    private const int KindMask = 0xF000;
    private const int RegularKind = 0x8000;
    private const int ModeMask = 0xFFF;
    private const int MaxPathBytes = 4096;

    private readonly int _mode;
    private readonly int _user;
    private readonly int _group;

    private UnixFileStatus(int[] fields)
    {
        _mode = fields[1];
        _user = fields[2];
        _group = fields[3];
    }

    /// <summary>Whether this system is one of them.</summary>
    public static bool IsUnix => Path.DirectorySeparatorChar == '/';

    /// <summary>Whether it is a file with a content of its own, no device, pipe, socket or folder.</summary>
    public bool IsRegular => (_mode & KindMask) == RegularKind;

    /// <summary>The status of what a path leads to, links followed; null where there is nothing.</summary>
    public static UnixFileStatus? Find(string path)
    {
        int[] fields = new int[StructureInts];
        return Stat(Encode(path), fields) == 0 ? new UnixFileStatus(fields) : null;
    }

    /// <summary>What a symbolic link holds; null where the path is no link.</summary>
    public static string? ReadLink(string path)
    {
        byte[] target = new byte[MaxPathBytes];
        int length = ReadLink(Encode(path), target, target.Length);
        return length <= 0 ? null : Encoding.UTF8.GetString(target, 0, length);
    }

    /// <summary>Gives another file this one's owner, as far as that is allowed, and its mode.</summary>
    /// <param name="path">The other file.</param>
    public void ApplyTo(string path)
    {
        byte[] name = Encode(path);

        // Only root may give files away, and others only to groups of theirs. Who may not has a file of his own.
        if (ChangeOwner(name, _user, _group) != 0)
        {
            _ = ChangeOwner(name, -1, _group);
        }

        if (ChangeMode(name, _mode & ModeMask) != 0)
        {
            throw new IOException($"The mode of '{path}' cannot be set.");
        }
    }

    private static byte[] Encode(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    private static extern int Stat(byte[] path, [Out] int[] status);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_ReadLink")]
    private static extern int ReadLink(byte[] path, [Out] byte[] buffer, int size);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_ChMod")]
    private static extern int ChangeMode(byte[] path, int mode);

    [DllImport("libc", EntryPoint = "chown")]
    private static extern int ChangeOwner(byte[] path, int user, int group);
}
