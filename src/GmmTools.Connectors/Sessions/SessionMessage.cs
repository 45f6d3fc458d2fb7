using System;
using System.IO;
using System.Text;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Numerics;

namespace GmmTools.Connectors.Sessions;

/// <summary>Messages between the program and the rows in a session: numbers with all their bits, none of which is trusted when it is read.</summary>
internal static class SessionMessage
{
    /// <summary>Writes a message.</summary>
    /// <param name="fill">Writes its parts.</param>
    public static byte[] Write(Action<StateExchange> fill)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, new UTF8Encoding(false));
        fill(new StateWriter(writer));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a message.</summary>
    /// <typeparam name="T">What it tells.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="name">The session.</param>
    /// <param name="read">Reads its parts.</param>
    /// <exception cref="SessionException">It is not what was expected (SessionFailed).</exception>
    public static T Read<T>(byte[] message, string name, Func<StateExchange, T> read)
    {
        using BinaryReader reader = new(new MemoryStream(message), new UTF8Encoding(false));
        StateReader state = new(reader, what => new CheckpointException("CheckpointUnreadable", what, name));
        try
        {
            T told = read(state);
            state.CheckEnd();
            return told;
        }
        catch (CheckpointException exception)
        {
            throw new SessionException("SessionFailed", $"The answer of session '{name}' cannot be used: {exception.Message}", name, exception);
        }
    }
}
