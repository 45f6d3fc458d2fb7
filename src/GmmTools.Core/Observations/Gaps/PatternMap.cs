using System;
using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Observations.Gaps;

/// <summary>Finds what belongs to the missingness pattern of a row; a look-up allocates nothing.</summary>
/// <typeparam name="T">What belongs to a pattern.</typeparam>
internal sealed class PatternMap<T>
{
    private const int BitsPerWord = 64;

    private readonly Dictionary<ulong[], T> _entries = new(new WordComparer());
    private readonly ulong[] _key;

    /// <summary>A map for rows of d columns.</summary>
    public PatternMap(int dimension)
    {
        _key = new ulong[(dimension + BitsPerWord - 1) / BitsPerWord];
    }

    /// <summary>Number of patterns.</summary>
    public int Count => _entries.Count;

    /// <summary>What belongs to the pattern of a row; made when it is the first of its kind.</summary>
    /// <param name="row">d numbers, NaN where nothing was observed.</param>
    /// <param name="create">Makes the entry of a new pattern.</param>
    public T GetOrAdd(double[] row, Func<MissingPattern, T> create)
    {
        Array.Clear(_key, 0, _key.Length);
        for (int j = 0; j < row.Length; j++)
        {
            _key[j / BitsPerWord] |= double.IsNaN(row[j]) ? 1UL << (j % BitsPerWord) : 0;
        }

        if (!_entries.TryGetValue(_key, out T? entry))
        {
            entry = create(MissingPattern.Of(row));
            _entries.Add((ulong[])_key.Clone(), entry);
        }

        return entry;
    }

    /// <summary>Forgets all patterns.</summary>
    public void Clear() => _entries.Clear();

    private sealed class WordComparer : IEqualityComparer<ulong[]>
    {
        public bool Equals(ulong[]? left, ulong[]? right)
        {
            for (int i = 0; i < left!.Length; i++)
            {
                if (left[i] != right![i])
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(ulong[] words)
        {
            ulong hash = 0;
            foreach (ulong word in words)
            {
                hash = Numerics.SplitMix64.Mix(hash ^ word);
            }

            return hash.GetHashCode();
        }
    }
}
