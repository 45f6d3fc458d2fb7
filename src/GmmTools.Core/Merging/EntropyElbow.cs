using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Merging;

/// <summary>Where the entropy plot bends: two straight lines by least squares, each through at least two points, one of which they share.
/// Baudry et al. (2010), section 4.</summary>
internal static class EntropyElbow
{
    public static void Mark(IReadOnlyList<MergeStep> steps)
    {
        if (steps.Count < 4)
        {
            return;
        }

        int best = 1;
        double least = double.PositiveInfinity;
        for (int bend = 1; bend < steps.Count - 1; bend++)
        {
            double squares = Squares([.. steps.Take(bend + 1)]) + Squares([.. steps.Skip(bend)]);
            if (squares < least)
            {
                least = squares;
                best = bend;
            }
        }

        steps[best].IsElbow = true;
    }

    /// <summary>Sum of the squared residuals of a straight line.</summary>
    private static double Squares(MergeStep[] steps)
    {
        double x = steps.Average(step => step.CumulativeRowCount);
        double y = steps.Average(step => step.Entropy);
        double xx = steps.Sum(step => (step.CumulativeRowCount - x) * (step.CumulativeRowCount - x));
        double xy = steps.Sum(step => (step.CumulativeRowCount - x) * (step.Entropy - y));
        double yy = steps.Sum(step => (step.Entropy - y) * (step.Entropy - y));
        return xx > 0 ? yy - (xy * xy / xx) : yy;
    }
}
