using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>
/// Noise of the same density everywhere: uniform in a box as wide as the rows are, which are all taken to lie in it. Banfield and Raftery,
/// Biometrics 49 (1993) 803-821; Fraley and Raftery, Journal of the American Statistical Association 97 (2002) 611-631.
/// </summary>
internal sealed class UniformBackground
{
    private readonly double[] _logWidths;

    private UniformBackground(double[] logWidths)
    {
        _logWidths = logWidths;
        LogDensity = -logWidths.Sum();
    }

    /// <summary>−log V, per unit of volume of all columns.</summary>
    public double LogDensity { get; }

    /// <summary>Noise in the box that rows fill.</summary>
    /// <param name="minimum">Smallest value of each column.</param>
    /// <param name="maximum">Largest value of each column, above the smallest.</param>
    /// <exception cref="ArgumentException">A column has no finite width above 0.</exception>
    public static UniformBackground OfBox(IReadOnlyList<double> minimum, IReadOnlyList<double> maximum)
    {
        double[] logWidths = [.. maximum.Select((value, j) => Math.Log(value - minimum[j]))];
        return Array.TrueForAll(logWidths, width => !double.IsNaN(width) && !double.IsInfinity(width))
            ? new UniformBackground(logWidths)
            : throw new ArgumentException("Noise has a density only where each column has a finite width above 0.", nameof(maximum));
    }

    /// <summary>The same noise in another volume, each column being as much wider or narrower as the others.</summary>
    /// <param name="logVolume">log V.</param>
    public UniformBackground WithLogVolume(double logVolume)
    {
        double step = (logVolume + LogDensity) / _logWidths.Length;
        return new UniformBackground([.. _logWidths.Select(width => width + step)]);
    }

    /// <summary>Where each column is multiplied by a factor.</summary>
    public UniformBackground Multiplied(IReadOnlyList<double> factors) =>
        new([.. _logWidths.Select((width, j) => width + Math.Log(factors[j]))]);

    /// <summary>What is left of it where only some columns are seen.</summary>
    public UniformBackground Of(int[] columns) => new([.. columns.Select(j => _logWidths[j])]);

    /// <summary>Writes noise, or reads it.</summary>
    public static UniformBackground Exchange(StateExchange state, UniformBackground? background) =>
        new(state.List(background?._logWidths ?? [], "widths of the background"));
}
