using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Mixtures;

/// <summary>Uniform noise beside the components of a mixture: the rows that belong to none of them. It is component 0.</summary>
public sealed class MixtureNoise
{
    private readonly UniformBackground _background;

    /// <summary>Noise of known weight and box.</summary>
    /// <param name="weight">w₀, from 0 to 1.</param>
    /// <param name="center">The middle of the box, d finite numbers.</param>
    /// <param name="width">Widths of a box of its volume along the columns, d numbers above 0.</param>
    /// <param name="edge">Where the box does not lie along the columns, its edges: d vectors of d numbers, one after the other; else empty or null.</param>
    /// <exception cref="InvalidMixtureException">The numbers are not those of noise (InvalidNoise).</exception>
    public MixtureNoise(double weight, IReadOnlyList<double> center, IReadOnlyList<double> width, IReadOnlyList<double>? edge = null)
        : this(UniformBackground.Of([.. width.Select(value => Math.Log(value))], [.. center], [.. edge ?? []]), weight)
    {
        if (!_background.IsSound(center.Count))
        {
            throw new InvalidMixtureException(
                "InvalidNoise", "Noise takes a middle and a width for each column, and no edges or one vector for each column: finite numbers, widths above 0.", width);
        }
    }

    internal MixtureNoise(UniformBackground background, double weight)
    {
        _background = background;
        Weight = weight;
        LogVolume = -background.LogDensity;
        Volume = Math.Exp(LogVolume);
        Center = FixedList.Of(background.Centre);
        Width = FixedList.Of(background.LogWidths.Select(Math.Exp));
        Edge = FixedList.Of(background.Edges);
    }

    /// <summary>w₀, the share of the rows that is noise; with the weights of the components it sums to 1.</summary>
    public double Weight { get; }

    /// <summary>V, the volume of the box in which noise is uniform, in the units of the columns: the density of noise is 1/V.</summary>
    public double Volume { get; }

    /// <summary>log V, natural logarithm.</summary>
    public double LogVolume { get; }

    /// <summary>The middle of the box, d numbers.</summary>
    public IReadOnlyList<double> Center { get; }

    /// <summary>Widths of a box of the same volume along the columns, d numbers: those of the box itself unless it has <see cref="Edge"/>.</summary>
    public IReadOnlyList<double> Width { get; }

    /// <summary>Where the box does not lie along the columns, its edges: d vectors of d numbers, one after the other; else empty.</summary>
    public IReadOnlyList<double> Edge { get; }

    internal UniformBackground Background => _background;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"weight {Weight:F4}, volume {Volume:G6}");
}
