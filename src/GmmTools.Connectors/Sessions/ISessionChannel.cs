using System.Threading;
using System.Threading.Tasks;

namespace GmmTools.Connectors.Sessions;

/// <summary>The way to rows that a session holds; the program that has the session provides it. Several may ask at once: they are answered one by one.</summary>
internal interface ISessionChannel
{
    /// <summary>What the session is called.</summary>
    string Name { get; }

    /// <summary>Asks the rows.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work in the session.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="SessionException">The session is gone (SessionLost), or cannot answer (SessionFailed).</exception>
    Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken);
}
