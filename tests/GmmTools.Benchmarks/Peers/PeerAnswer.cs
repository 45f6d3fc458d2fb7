namespace GmmTools.Benchmarks.Peers;

/// <summary>Milliseconds of an iteration, and the log-likelihood after so many of them.</summary>
internal sealed record PeerAnswer(double Milliseconds, int Iterations, double LogLikelihood);
