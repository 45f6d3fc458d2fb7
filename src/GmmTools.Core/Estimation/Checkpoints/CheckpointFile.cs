using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using GmmTools.Files;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>The file of a checkpoint: a mark, the version of the format, the state, and a check sum of all of it.</summary>
internal sealed class CheckpointFile(string path)
{
    private const int Version = 4;
    private const int CheckLength = 32;

    private static readonly byte[] Mark = Encoding.ASCII.GetBytes("GmmTools checkpoint\n");

    public string Path => path;

    public bool Exists => File.Exists(path);

    /// <summary>Keeps other fits from the file until the lock is disposed; a lock that a killed process has left holds nobody off.</summary>
    /// <exception cref="CheckpointException">Another fit has it (CheckpointInUse), or there can be no lock (CheckpointNotWritable).</exception>
    public IDisposable Lock()
    {
        string name = OutputFile.LockName(path);
        try
        {
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(name))
        {
            throw new CheckpointException(
                "CheckpointInUse",
                $"The checkpoint '{path}' is in use by another fit. Wait until it ends, or give another file.",
                path,
                exception);
        }
        catch (Exception exception) when (IsWriteFailure(exception))
        {
            throw NotWritable(exception, OutputFile.Rename(exception.Message, name, path));
        }
    }

    /// <summary>Whether a file could not be written, for reasons outside this program.</summary>
    public static bool IsWriteFailure(Exception exception) =>
        exception is OutputException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>The error for a checkpoint that cannot be written.</summary>
    public CheckpointException NotWritable(Exception exception, string reason) => new(
        "CheckpointNotWritable",
        $"The checkpoint '{path}' cannot be written: {reason} Give a file in a folder that you can write to.",
        path,
        exception);

    /// <summary>The bytes of a state.</summary>
    public static byte[] ToBytes(Action<StateExchange> exchange)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        exchange(new StateWriter(writer));
        return stream.ToArray();
    }

    /// <summary>Puts a state in the place of the one before: whoever looks finds the one or the other, whole.</summary>
    public void Write(Action<StateExchange> exchange)
    {
        byte[] state = ToBytes(exchange);
        byte[] head = [.. Mark, .. BitConverter.GetBytes(Version)];
        using IncrementalHash check = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        check.AppendData(head);
        check.AppendData(state);
        OutputFile.Write(path, stream =>
        {
            stream.Write(head, 0, head.Length);
            stream.Write(state, 0, state.Length);
            stream.Write(check.GetHashAndReset(), 0, CheckLength);
        });
    }

    /// <summary>Reads the state.</summary>
    /// <exception cref="CheckpointException">The file is no checkpoint, is damaged or of another version.</exception>
    public void Read(Action<StateExchange> exchange)
    {
        byte[] content = ReadAll();
        int head = Mark.Length + sizeof(int);
        if (content.Length < head + CheckLength || !new ArraySegment<byte>(content, 0, Mark.Length).SequenceEqual(Mark))
        {
            throw Unreadable("it is not a checkpoint of a fit");
        }

        int version = BitConverter.ToInt32(content, Mark.Length);
        if (version != Version)
        {
            throw Unreadable(FormattableString.Invariant($"it has format version {version}, but this GmmTools reads version {Version}"));
        }

        using IncrementalHash check = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        check.AppendData(content, 0, content.Length - CheckLength);
        if (!new ArraySegment<byte>(content, content.Length - CheckLength, CheckLength).SequenceEqual(check.GetHashAndReset()))
        {
            throw Unreadable("it is damaged");
        }

        Restore(new ArraySegment<byte>(content, head, content.Length - head - CheckLength), exchange);
    }

    /// <summary>Reads a state that a file of this name held.</summary>
    /// <exception cref="CheckpointException">It is not the state of such a fit.</exception>
    public void Restore(ArraySegment<byte> state, Action<StateExchange> exchange)
    {
        using BinaryReader binary = new(new MemoryStream(state.Array!, state.Offset, state.Count, writable: false));
        StateReader reader = new(binary, reason => Unreadable(reason));
        exchange(reader);
        reader.CheckEnd();
    }

    public void Delete() => OutputFile.Delete(path);

    private byte[] ReadAll()
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception.Message, exception);
        }
    }

    /// <summary>The error for a checkpoint that is there and cannot be used.</summary>
    public CheckpointException Unreadable(string reason, Exception? cause = null) => new(
        "CheckpointUnreadable",
        $"The checkpoint '{path}' cannot be read: {reason}. Give another file, or remove this one to start again.",
        path,
        cause);
}
