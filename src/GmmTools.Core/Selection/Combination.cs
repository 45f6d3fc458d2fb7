using System;
using GmmTools.Mixtures;

namespace GmmTools.Selection;

/// <summary>A number of components and a covariance model.</summary>
internal readonly struct Combination : IEquatable<Combination>
{
    public Combination(int componentCount, CovarianceModel model)
    {
        ComponentCount = componentCount;
        Model = model;
    }

    public int ComponentCount { get; }

    public CovarianceModel Model { get; }

    public bool Equals(Combination other) => ComponentCount == other.ComponentCount && Model == other.Model;

    public override bool Equals(object? obj) => obj is Combination other && Equals(other);

    public override int GetHashCode() => (ComponentCount * 31) + (int)Model;

    public override string ToString() => FormattableString.Invariant($"{Model},{ComponentCount}");
}
