using System;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Selection;

/// <summary>A number of components and a covariance model, a kind of tails, and noise or none.</summary>
internal readonly struct Combination : IEquatable<Combination>
{
    public Combination(int componentCount, CovarianceModel model, Tail tail = Tail.Normal, bool hasNoise = false)
    {
        ComponentCount = componentCount;
        Model = model;
        Tail = tail;
        HasNoise = hasNoise;
    }

    public int ComponentCount { get; }

    public CovarianceModel Model { get; }

    public Tail Tail { get; }

    public bool HasNoise { get; }

    /// <summary>What options ask for.</summary>
    public static Combination Of(EmOptions options) => new(options.ComponentCount, options.CovarianceModel, options.Tail, options.Noise);

    /// <summary>The same with another number of components.</summary>
    public Combination With(int componentCount) => new(componentCount, Model, Tail, HasNoise);

    /// <summary>The same with another covariance model.</summary>
    public Combination With(CovarianceModel model) => new(ComponentCount, model, Tail, HasNoise);

    public bool Equals(Combination other) =>
        ComponentCount == other.ComponentCount && Model == other.Model && Tail == other.Tail && HasNoise == other.HasNoise;

    public override bool Equals(object? obj) => obj is Combination other && Equals(other);

    public override int GetHashCode() => (((((ComponentCount * 31) + (int)Model) * 2) + (int)Tail) * 2) + (HasNoise ? 1 : 0);

    public override string ToString() =>
        FormattableString.Invariant($"{Model},{ComponentCount}{(Tail == Tail.Normal ? string.Empty : " t")}{(HasNoise ? " + noise" : string.Empty)}");
}
