using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.Moves;

/// <summary>What a few components become by a move that they follow.</summary>
/// <param name="Components">Their numbers, from 0; the one that is given up or split first.</param>
/// <param name="Mixture">What they become: as many, one more or one less; its weights sum to 1.</param>
/// <param name="Gain">Log-likelihood that their rows gain.</param>
internal sealed record NearbyChange(int[] Components, MixtureParameters Mixture, double Gain)
{
    /// <summary>Whether two changes have no component in common.</summary>
    public bool IsApartFrom(NearbyChange other) => !Components.Intersect(other.Components).Any();

    /// <summary>Puts the components into a mixture; their weight together stays what it is.</summary>
    /// <param name="source">The mixture before all changes.</param>
    /// <param name="target">The mixture to change.</param>
    /// <param name="numbers">Where the components go.</param>
    public void Put(MixtureParameters source, MixtureParameters target, int[] numbers)
    {
        double sum = Components.Sum(k => source.Weights[k]);
        for (int k = 0; k < numbers.Length; k++)
        {
            ComponentCopy.Copy(Mixture, k, target, numbers[k], sum * Mixture.Weights[k]);
        }
    }
}
