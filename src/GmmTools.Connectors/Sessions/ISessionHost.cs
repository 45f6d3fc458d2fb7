using System;
using System.Threading;

namespace GmmTools.Connectors.Sessions;

/// <summary>Something in a session that answers what is asked of it, one request at a time.</summary>
internal interface ISessionHost : IDisposable
{
    /// <summary>Answers a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="SessionException">It cannot be understood (SessionFailed).</exception>
    byte[] Answer(byte[] request, CancellationToken cancellationToken);
}
