using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using GmmTools.Files;
using GmmTools.Serialization;

namespace GmmTools.Inference.Watching;

/// <summary>The file that holds the state of watching between one run and the next. It is replaced as a whole, and locked until this is disposed.</summary>
public sealed class WatchStateFile : IDisposable
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly FileStream _lock;

    /// <summary>Locks a file, which need not exist.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="WatchStateException">Another run has it (WatchStateInUse), or there can be no lock (WatchStateNotWritable).</exception>
    public WatchStateFile(string path)
    {
        _path = path;
        string name = path;
        try
        {
            name = OutputFile.LockName(path);
            _lock = new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (File.Exists(name))
        {
            throw new WatchStateException(
                "WatchStateInUse", $"The state '{path}' is in use by another run. Wait until it ends, or give another file.", path, exception);
        }
        catch (Exception exception) when (IsWriteFailure(exception))
        {
            throw NotWritable(exception, OutputFile.Rename(exception.Message, name, path));
        }
    }

    /// <summary>Goes on from the state in the file, where there is one.</summary>
    /// <param name="watch">Takes the state over.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="WatchStateException">It cannot be read (WatchStateUnreadable), or is of another baseline or interval (WatchStateMismatch).</exception>
    public bool Load(MixtureWatch watch)
    {
        if (!File.Exists(_path))
        {
            return Directory.Exists(_path) ? throw Unreadable("it is a folder", null) : false;
        }

        List<string> differences = [];
        WatchState state;
        try
        {
            state = WatchStateJson.Read(ReadAll(), watch, differences);
        }
        catch (MixtureFileException exception)
        {
            throw Unreadable(exception.Fault ?? exception.Message, exception);
        }

        if (differences.Count > 0)
        {
            throw new WatchStateException(
                "WatchStateMismatch",
                $"The state '{_path}' is of something else: {string.Join("; ", differences)}. Watch as before, give another file, or remove this one to start again.",
                _path);
        }

        watch.State = state;
        return true;
    }

    /// <summary>Writes the state: whoever looks finds the one before or this one, whole.</summary>
    /// <param name="watch">What has it.</param>
    /// <exception cref="WatchStateException">The file cannot be written (WatchStateNotWritable).</exception>
    public void Save(MixtureWatch watch)
    {
        byte[] bytes = Encoding.GetBytes(WatchStateJson.Write(watch));
        try
        {
            OutputFile.Write(_path, stream => stream.Write(bytes, 0, bytes.Length));
        }
        catch (Exception exception) when (IsWriteFailure(exception))
        {
            throw NotWritable(exception, exception.Message);
        }
    }

    /// <summary>Lets others have the file.</summary>
    public void Dispose() => _lock.Dispose();

    private static bool IsWriteFailure(Exception exception) =>
        exception is OutputException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private byte[] ReadAll()
    {
        try
        {
            return new FileInfo(_path).Length <= MixtureJsonReader.MaxBytes ? File.ReadAllBytes(_path) : throw Unreadable("it is too large", null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(exception.Message, exception);
        }
    }

    private WatchStateException Unreadable(string reason, Exception? cause) => new(
        "WatchStateUnreadable",
        $"The state '{_path}' cannot be read: {reason.TrimEnd('.')}. Give another file, or remove this one to start again.",
        _path,
        cause);

    private WatchStateException NotWritable(Exception exception, string reason) => new(
        "WatchStateNotWritable",
        $"The state '{_path}' cannot be written: {reason} Give a file in a folder that you can write to.",
        _path,
        exception);
}
