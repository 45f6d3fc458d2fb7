using GmmTools.Mixtures;

namespace GmmTools.Estimation.Moves;

/// <summary>Two components in place of one.</summary>
/// <param name="Pair">The two; their weights sum to 1.</param>
/// <param name="Gain">Log-likelihood that the rows of the one gain.</param>
internal sealed record LocalSplit(MixtureParameters Pair, double Gain);
