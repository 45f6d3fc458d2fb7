using System;
using System.Collections.Concurrent;

namespace GmmTools.Connectors.Sessions;

/// <summary>What a session keeps between two requests, by an identifier.</summary>
internal static class SessionHosts
{
    private static readonly ConcurrentDictionary<string, ISessionHost> Hosts = new(StringComparer.Ordinal);

    /// <summary>Keeps a host.</summary>
    /// <param name="id">The identifier.</param>
    /// <param name="host">The host, disposed of when it is let go.</param>
    public static void Keep(string id, ISessionHost host) => Hosts[id] = host;

    /// <summary>The host with an identifier.</summary>
    /// <param name="id">The identifier.</param>
    /// <exception cref="SessionException">There is none (SessionFailed).</exception>
    public static ISessionHost Find(string id) => Hosts.TryGetValue(id, out ISessionHost? host)
        ? host
        : throw new SessionException("SessionFailed", "The rows are no longer in this session.", id);

    /// <summary>Lets go of a host.</summary>
    /// <param name="id">The identifier; where there is none, nothing happens.</param>
    public static void Close(string id)
    {
        if (Hosts.TryRemove(id, out ISessionHost? host))
        {
            host.Dispose();
        }
    }
}
