using GmmTools.Mixtures;

namespace GmmTools.Inference.Replicates;

/// <summary>What a replicate led to.</summary>
/// <param name="Mixture">The mixture.</param>
/// <param name="LogLikelihood">Its log-likelihood, or with a prior its log posterior, among the rows of the replicate.</param>
/// <param name="FirstLogLikelihood">That of the mixture that the run began with.</param>
/// <param name="HasCollapsed">Whether a component collapsed, ran out of rows or is flat on a few.</param>
internal sealed record Replicate(MixtureParameters Mixture, double LogLikelihood, double FirstLogLikelihood, bool HasCollapsed);
