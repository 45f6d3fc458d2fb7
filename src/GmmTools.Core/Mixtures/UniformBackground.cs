using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>
/// Noise of the same density everywhere: uniform in a box that the rows are taken to lie in. Banfield and Raftery,
/// Biometrics 49 (1993) 803-821; Fraley and Raftery, Journal of the American Statistical Association 97 (2002) 611-631. The box lies along the
/// columns or along other axes. Where only some columns are seen, noise is uniform in a box along them: in that box itself where it lies
/// along the columns; else in one as wide as the rows are, made narrower until its volume is the same.
/// </summary>
internal sealed class UniformBackground
{
    private readonly double[] _logWidths;
    private readonly double[] _centre;

    /// <summary>d edges of d numbers, one after the other; none where the box lies along the columns.</summary>
    private readonly double[] _edges;

    private UniformBackground(double[] logWidths, double[] centre, double[] edges)
    {
        _logWidths = logWidths;
        _centre = centre;
        _edges = edges;
        LogDensity = -logWidths.Sum();
    }

    /// <summary>−log V, per unit of volume of all columns.</summary>
    public double LogDensity { get; }

    /// <summary>The middle of the box, d numbers.</summary>
    public IReadOnlyList<double> Centre => _centre;

    /// <summary>Logarithms of the widths of a box of the same volume along the columns, d numbers.</summary>
    public IReadOnlyList<double> LogWidths => _logWidths;

    /// <summary>The edges of a box that does not lie along the columns: d vectors of d numbers, one after the other; else none.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>Noise in the box that rows fill.</summary>
    /// <param name="minimum">Smallest value of each column.</param>
    /// <param name="maximum">Largest value of each column, above the smallest.</param>
    /// <exception cref="ArgumentException">A column has no finite width above 0.</exception>
    public static UniformBackground OfBox(IReadOnlyList<double> minimum, IReadOnlyList<double> maximum)
    {
        // halves, so that nothing overflows
        double[] logWidths = [.. maximum.Select((value, j) => Math.Log((0.5 * value) - (0.5 * minimum[j])) + Math.Log(2))];
        return Array.TrueForAll(logWidths, IsFinite)
            ? new UniformBackground(logWidths, [.. maximum.Select((value, j) => (0.5 * value) + (0.5 * minimum[j]))], [])
            : throw new ArgumentException("Noise has a density only where each column has a finite width above 0.", nameof(maximum));
    }

    /// <summary>Noise in a box that was kept.</summary>
    /// <param name="logWidths">d logarithms of widths.</param>
    /// <param name="centre">d numbers.</param>
    /// <param name="edges">d·d numbers, or none.</param>
    public static UniformBackground Of(double[] logWidths, double[] centre, double[] edges) => new(logWidths, centre, edges);

    /// <summary>The same widths about another middle, narrowed or widened together to the volume of a box along other axes.</summary>
    /// <param name="centre">The middle of that box.</param>
    /// <param name="edges">Its edges, one after the other.</param>
    /// <param name="logVolume">The logarithm of its volume.</param>
    public UniformBackground WithBox(double[] centre, double[] edges, double logVolume) => new(WithLogVolume(logVolume)._logWidths, centre, edges);

    /// <summary>The same noise in another volume, each column being as much wider or narrower as the others.</summary>
    /// <param name="logVolume">log V.</param>
    public UniformBackground WithLogVolume(double logVolume)
    {
        double step = (logVolume + LogDensity) / _logWidths.Length;
        double factor = Math.Exp(step);
        return new UniformBackground([.. _logWidths.Select(width => width + step)], _centre, [.. _edges.Select(number => factor * number)]);
    }

    /// <summary>Where each column is multiplied by a factor.</summary>
    public UniformBackground Multiplied(IReadOnlyList<double> factors) => new(
        [.. _logWidths.Select((width, j) => width + Math.Log(factors[j]))],
        [.. _centre.Select((number, j) => number * factors[j])],
        [.. _edges.Select((number, i) => number * factors[i % factors.Count])]);

    /// <summary>What is left of it where only some columns are seen.</summary>
    public UniformBackground Of(IReadOnlyList<int> columns)
    {
        int dimension = _centre.Length;

        // all of them in another order have the same box
        double[] edges = columns.Count == dimension && _edges.Length > 0
            ? [.. Enumerable.Range(0, dimension).SelectMany(i => columns.Select(j => _edges[(i * dimension) + j]))]
            : [];
        return new([.. columns.Select(j => _logWidths[j])], [.. columns.Select(j => _centre[j])], edges);
    }

    /// <summary>Whether there are as many numbers as a box of d columns has, all of them finite.</summary>
    public bool IsSound(int dimension) =>
        _logWidths.Length == dimension && _centre.Length == dimension && (_edges.Length == 0 || _edges.Length == dimension * dimension)
        && _logWidths.Concat(_centre).Concat(_edges).All(IsFinite);

    /// <summary>A row of the box.</summary>
    /// <param name="units">d numbers from 0 to 1, the place of the row along each edge.</param>
    /// <param name="values">Where its d numbers go.</param>
    /// <param name="offset">Place of the first.</param>
    public void Place(double[] units, double[] values, int offset)
    {
        for (int j = 0; j < _centre.Length; j++)
        {
            double shift = _edges.Length == 0 ? (units[j] - 0.5) * Math.Exp(_logWidths[j]) : 0;
            for (int i = 0; i < _centre.Length && _edges.Length > 0; i++)
            {
                shift += (units[i] - 0.5) * _edges[(i * _centre.Length) + j];
            }

            values[offset + j] = _centre[j] + shift;
        }
    }

    /// <summary>Writes noise, or reads it.</summary>
    public static UniformBackground Exchange(StateExchange state, UniformBackground? background, int dimension)
    {
        double[] logWidths = state.List(background?._logWidths ?? [], "widths of the background");
        double[] centre = state.List(background?._centre ?? [], "the middle of the background");
        double[] edges = state.List(background?._edges ?? [], "edges of the background");
        UniformBackground exchanged = new(logWidths, centre, edges);
        state.Check(exchanged.IsSound(dimension), $"the box of the background is none of {dimension} columns");
        return exchanged;
    }

    private static bool IsFinite(double number) => !double.IsNaN(number) && !double.IsInfinity(number);
}
