using System;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>The rows of a session's files as they come: while some are taken here, the session reads those after them.</summary>
/// <param name="channel">The way to the session, where a <see cref="SessionStreamHost"/> answers.</param>
/// <param name="dimension">Number of columns.</param>
internal sealed class SessionStream(ISessionChannel channel, int dimension)
{
    private Task<byte[]>? _next;

    /// <summary>What the session is called.</summary>
    public string Name => channel.Name;

    /// <summary>Begins to read.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    public void Start(CancellationToken cancellationToken) => _next = AskAsync(0, cancellationToken);

    /// <summary>Takes all rows.</summary>
    /// <param name="take">Takes rows.</param>
    /// <param name="warn">Hears what the reading warns of.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>How many rows were read, and what became of them.</returns>
    /// <exception cref="SessionException">The session is lost (SessionLost), or cannot read its files (SessionFailed).</exception>
    public RowIntake Read(Action<SessionBlock> take, Action<string> warn, CancellationToken cancellationToken)
    {
        long position = 0;
        while (true)
        {
            _next ??= AskAsync(position, cancellationToken);
            byte[] answer = _next.GetAwaiter().GetResult();
            _next = null;
            SessionPart part = SessionMessage.Read(answer, Name, state => SessionPart.Exchange(state, null, dimension));
            foreach (string warning in part.Warnings)
            {
                warn(warning);
            }

            if (part.Intake is not null)
            {
                return part.Intake;
            }

            position += part.Blocks.Count;
            _next = AskAsync(position, cancellationToken);
            foreach (SessionBlock block in part.Blocks)
            {
                take(block);
            }
        }
    }

    private Task<byte[]> AskAsync(long position, CancellationToken cancellationToken) =>
        channel.AskAsync(SessionMessage.Write(state => state.Integer(position)), cancellationToken);
}
