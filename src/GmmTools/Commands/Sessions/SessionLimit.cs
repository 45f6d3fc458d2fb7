namespace GmmTools.Commands.Sessions;

/// <summary>Which rows come here from sessions: those below a log-density, and those with gaps, which are judged here.</summary>
/// <param name="Mixture">The mixture, in JSON.</param>
/// <param name="Level">The log-density.</param>
internal sealed record SessionLimit(byte[] Mixture, double Level);
