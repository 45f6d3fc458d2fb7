using System.Globalization;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Plots.Kinds;

/// <content>What captions say of a mixture that is more than normal components.</content>
internal sealed partial class PlotContext
{
    /// <summary>More numbers than these are given by the least and the most.</summary>
    private const int MaxNumbers = 4;

    /// <summary>How heavy the tails of components of multivariate t are; null for normal ones.</summary>
    /// <param name="mixture">The mixture.</param>
    private static string? OfTails(GaussianMixture mixture)
    {
        if (mixture.Tail == Tail.Normal)
        {
            return null;
        }

        string[] numbers = [.. mixture.Components.Select(component => Text(component.DegreesOfFreedom!.Value))];
        string all = numbers.Distinct().Count() == 1 ? numbers[0]
            : numbers.Length <= MaxNumbers ? string.Join(", ", numbers)
            : $"{Text(mixture.Components.Min(component => component.DegreesOfFreedom!.Value))} to {Text(mixture.Components.Max(component => component.DegreesOfFreedom!.Value))}";
        return $"Degrees of freedom: {all}.";
    }

    /// <summary>Which rows belong to no component; null where all do, or the picture has no rows.</summary>
    /// <param name="mixture">The mixture that was asked for.</param>
    /// <param name="kind">What the picture shows.</param>
    /// <param name="hasRows">Whether it shows rows.</param>
    private static string? OfRowsApart(GaussianMixture mixture, PlotKind kind, bool hasRows) => (kind, mixture) switch
    {
        (PlotKind.Outlier, { Noise: MixtureNoise noise }) => $"Rows are judged by the components, without the noise ({Percent(noise.Weight)}).",
        (PlotKind.Outlier, { Trimming: not null }) => "Rows are judged by the components, to which all rows count.",
        (PlotKind.Classification or PlotKind.Pairs, { Noise: not null }) when hasRows => "Grey crosses: rows of noise.",
        (PlotKind.Classification or PlotKind.Pairs, { Trimming: not null }) when hasRows => "Grey crosses: trimmed rows.",
        _ => null,
    };

    /// <summary>What ellipses or bars at one and two units of the matrices of the components are.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="shapes">What is drawn.</param>
    public static string OfWidths(GaussianMixture mixture, string shapes) => mixture.Tail == Tail.Normal
        ? $"{shapes}: one and two standard deviations"
        : $"{shapes}: one and two scales of t";

    private static string Text(double degrees) => degrees.ToString("0.#", CultureInfo.InvariantCulture);
}
