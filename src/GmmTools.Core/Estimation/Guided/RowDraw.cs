using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Guided;

/// <summary>Draws rows to begin from.</summary>
internal static class RowDraw
{
    /// <summary>A row in proportion to masses; any where there are none.</summary>
    public static int InProportion(double[] masses, SplitMix64 random)
    {
        double sum = masses.Sum();
        if (!(sum > 0) || double.IsInfinity(sum))
        {
            return random.NextIndex(masses.Length);
        }

        double target = random.NextDouble() * sum;
        int place = 0;
        while (place < masses.Length - 1 && (target -= masses[place]) >= 0)
        {
            place++;
        }

        return place;
    }
}
