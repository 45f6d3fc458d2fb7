using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>The density of a mixture of one column along its axis, and the part that each component has in it.</summary>
internal sealed class DensityCurve
{
    /// <summary>More curves than this are a grey mass.</summary>
    public const int MaxComponents = 40;

    private static readonly double[] Offsets = [-3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3];

    private DensityCurve(double[] places, int componentCount)
    {
        Places = places;
        Density = new double[places.Length];
        Parts = [.. Enumerable.Range(0, componentCount).Select(_ => new double[places.Length])];
        Uncertainty = new double[places.Length];
        Noise = new double[places.Length];
    }

    /// <summary>Places along the axis.</summary>
    public double[] Places { get; }

    /// <summary>The density at each place, per unit of the column, or per decade on a logarithmic axis.</summary>
    public double[] Density { get; }

    /// <summary>For each component its weight times its density.</summary>
    public double[][] Parts { get; }

    /// <summary>The weight of the noise times its density; 0 where there is none.</summary>
    public double[] Noise { get; }

    /// <summary>1 − the largest responsibility at each place.</summary>
    public double[] Uncertainty { get; }

    /// <summary>Scores an axis, at equal distances and, so that no narrow peak is missed, around every mean.</summary>
    /// <param name="mixture">A mixture of one column.</param>
    /// <param name="axis">Its axis.</param>
    /// <param name="size">Number of places at equal distances.</param>
    public static DensityCurve Score(GaussianMixture mixture, Axis axis, int size)
    {
        IEnumerable<double> peaks = mixture.Components
            .SelectMany(component => Offsets.Select(offset => axis.ToPlace(component.Mean[0] + (offset * component.StandardDeviation[0]))))
            .Where(place => place > axis.First && place < axis.Last);
        double[] places = [.. axis.Places(size).Concat(peaks).Distinct()];
        Array.Sort(places);
        DensityCurve curve = new(places, mixture.ComponentCount);
        MixtureScorer scorer = new(mixture);
        for (int i = 0; i < places.Length; i++)
        {
            double density = Math.Exp(scorer.Score([axis.ToValue(places[i])])) * axis.Stretch(places[i]);
            curve.Density[i] = density;
            curve.Uncertainty[i] = 1 - scorer.Probability;
            curve.Noise[i] = density * scorer.NoiseProbability;
            for (int k = 0; k < curve.Parts.Length; k++)
            {
                curve.Parts[k][i] = density * scorer.Responsibilities[k];
            }
        }

        return curve;
    }

    /// <summary>The curve over those of its components, in dashes.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="y">The axis of the density.</param>
    /// <param name="named">Whether the legend names the curves.</param>
    public IEnumerable<Layer> Layers(GaussianMixture mixture, Axis y, bool named)
    {
        if (mixture.Noise is not null)
        {
            yield return new CurveLayer(Places, ToPlaces(Noise, y))
            {
                Color = Palette.Grey,
                Dash = LineDash.Dotted,
                Legend = named ? PlaneLayers.ZeroLegend(mixture) : null,
            };
        }

        for (int k = 0; mixture.ComponentCount + (mixture.Noise is null ? 0 : 1) > 1 && k < Math.Min(MaxComponents, mixture.ComponentCount); k++)
        {
            yield return new CurveLayer(Places, ToPlaces(Parts[k], y))
            {
                Color = Palette.Color(k),
                Dash = LineDash.Dashed,
                Legend = named ? PlaneLayers.ComponentLegend(mixture, k) : null,
            };
        }

        yield return new CurveLayer(Places, ToPlaces(Density, y)) { Width = 2, Legend = named ? "mixture" : null };
    }

    /// <summary>Values as places on an axis.</summary>
    /// <param name="values">The values.</param>
    /// <param name="y">The axis.</param>
    public static double[] ToPlaces(IEnumerable<double> values, Axis y) => [.. values.Select(y.ToPlace)];
}
