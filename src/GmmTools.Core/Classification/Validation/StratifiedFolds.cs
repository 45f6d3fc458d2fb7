using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Classification.Validation;

/// <summary>Deals rows into parts, each of which has its share of the rows of each class, by one at most.</summary>
internal static class StratifiedFolds
{
    /// <summary>The part of each row, from 0.</summary>
    /// <param name="places">For each row its class, from 0.</param>
    /// <param name="foldCount">Number of parts.</param>
    /// <param name="seed">Seed of the dealing.</param>
    public static int[] Deal(IReadOnlyList<int> places, int foldCount, ulong seed)
    {
        int[] folds = new int[places.Count];
        SplitMix64 random = new(seed);

        // a class begins where the one before ended, so that the parts are of one size
        int next = 0;
        foreach (IGrouping<int, int> rows in Enumerable.Range(0, places.Count).GroupBy(row => places[row]).OrderBy(group => group.Key))
        {
            int[] own = [.. rows];
            foreach (int place in random.NextPermutation(own.Length))
            {
                folds[own[place]] = next++ % foldCount;
            }
        }

        return folds;
    }
}
