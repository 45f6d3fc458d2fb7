using GmmTools.Estimation.Initialization;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.Moves;

/// <summary>One component is given up, merged with another or without, and takes part in the split of a third, or of the other.</summary>
/// <param name="Freed">The component that is given up, from 0.</param>
/// <param name="Heir">The component that stands for it as well; −1 where it is left to all.</param>
/// <param name="Loss">Log-likelihood that this costs at most.</param>
/// <param name="Split">The component that is split, from 0; the heir where two are split anew.</param>
/// <param name="Halves">What it becomes.</param>
internal sealed record LocalMove(int Freed, int Heir, double Loss, int Split, LocalSplit Halves)
{
    /// <summary>Log-likelihood that the move gains at least, as far as shares too small to count do not matter.</summary>
    public double Gain => Halves.Gain - Loss;

    /// <summary>Whether the move touches a component.</summary>
    public bool Touches(int component) => component == Freed || component == Split || component == Heir;

    /// <summary>Whether two moves touch none of the same components.</summary>
    public bool IsApartFrom(LocalMove other) => !Touches(other.Freed) && !Touches(other.Split) && (other.Heir < 0 || !Touches(other.Heir));

    /// <summary>Changes a mixture; it is not factorised afterwards.</summary>
    /// <param name="mixture">The mixture, changed in place.</param>
    /// <param name="merge">Merges components of it.</param>
    public void Apply(MixtureParameters mixture, MomentMerge merge)
    {
        double left = Heir < 0 ? 1 - mixture.Weights[Freed] : 1;
        if (Heir >= 0)
        {
            merge.Merge(Heir, Freed);
        }

        double weight = mixture.Weights[Split];
        ComponentCopy.Copy(Halves.Pair, 0, mixture, Split, weight * Halves.Pair.Weights[0]);
        ComponentCopy.Copy(Halves.Pair, 1, mixture, Freed, weight * Halves.Pair.Weights[1]);
        for (int k = 0; Heir < 0 && k < mixture.ComponentCount; k++)
        {
            // all are enlarged in proportion
            mixture.Weights[k] /= left;
        }
    }
}
