using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using GmmTools.Selection;

namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>A criterion against the number of components, a line for each covariance model.</summary>
internal static class CriterionFigure
{
    /// <summary>Makes the figure.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="PlotException">There is no fit (NoFits).</exception>
    public static Figure Build(PlotRequest request)
    {
        string name = request.Criterion.ToString().ToUpperInvariant();
        name = name == "AICC" ? "AICc" : name;
        FitCandidate[] fits = [.. request.Fits.Where(fit => fit.Failure is null && IsFinite(fit.Value(request.Criterion)))];
        if (fits.Length == 0)
        {
            throw new PlotException(
                "NoFits", $"There is no fit whose {name} could be drawn.")
            { Remedy = new Remedy("PipeManyFits") };
        }

        double[] values = [.. fits.Select(fit => fit.Value(request.Criterion))];
        double margin = 0.06 * Math.Max(values.Max() - values.Min(), 1e-9 * Math.Abs(values.Max()));
        int first = fits.Min(fit => fit.ComponentCount);
        int last = fits.Max(fit => fit.ComponentCount);
        Axis x = new("Number of components", first - 0.3, last + 0.3) { IsWhole = true };
        Axis y = AxisChecks.Create(request, $"{name} (smaller is better)", values.Min() - margin, values.Max() + margin);
        Panel panel = new(x, y);
        IGrouping<CovarianceModel, FitCandidate>[] models = [.. fits.GroupBy(fit => fit.CovarianceModel).OrderBy(group => group.Key)];
        panel.Layers.AddRange(models.Select((model, i) => Line(model, i, request.Criterion, y)));
        FitCandidate best = AddBest(panel, fits, request.Criterion, y);
        return new Figure(request.Title ?? $"{name} by number of components{(request.Group is null ? string.Empty : $": {request.Group}")}", [panel]) { Caption = Caption(request, fits, best, name) };
    }

    private static CurveLayer Line(IGrouping<CovarianceModel, FitCandidate> model, int index, SelectionCriterion criterion, Axis y)
    {
        FitCandidate[] fits = [.. model.OrderBy(fit => fit.ComponentCount)];
        return new CurveLayer([.. fits.Select(fit => (double)fit.ComponentCount)], DensityCurve.ToPlaces(fits.Select(fit => fit.Value(criterion)), y))
        {
            Color = Palette.Color(index),
            Glyph = Palette.Glyph(index),
            Dash = index < 8 ? LineDash.Solid : LineDash.Dashed,
            Legend = model.Key.Name(fits[0].Property.Count),
        };
    }

    /// <summary>Marks spurious fits and the best of the others.</summary>
    private static FitCandidate AddBest(Panel panel, FitCandidate[] fits, SelectionCriterion criterion, Axis y)
    {
        FitCandidate[] spurious = [.. fits.Where(fit => fit.IsSpurious)];
        FitCandidate best = (spurious.Length < fits.Length ? fits.Except(spurious) : fits).OrderBy(fit => fit.Value(criterion)).First();
        if (spurious.Length > 0)
        {
            panel.Layers.Add(new PointsLayer([.. spurious.Select(fit => (double)fit.ComponentCount)], DensityCurve.ToPlaces(spurious.Select(fit => fit.Value(criterion)), y))
            {
                Glyph = Glyphs.Cross,
                Mark = 'x',
                Size = 13,
                Legend = "spurious",
            });
        }

        double place = y.ToPlace(best.Value(criterion));
        panel.Layers.Add(new PointsLayer([best.ComponentCount], [place]) { Glyph = Glyphs.Ring, Mark = 'O', Size = 18, Legend = "best" });
        panel.Layers.Add(new NoteLayer(best.ComponentCount, place, best.ToString()) { IsBelow = true });
        return best;
    }

    private static string Caption(PlotRequest request, FitCandidate[] fits, FitCandidate best, string name)
    {
        int missing = request.Fits.Count - fits.Length;
        string left = missing > 0 ? FormattableString.Invariant($" {missing} of {Counted.Of(request.Fits.Count, "combination")} could not be fitted.") : string.Empty;
        return FormattableString.Invariant(
            $"Best: {best.CovarianceModel.Name(best.Property.Count)} with {Counted.Of(best.ComponentCount, "component")}, {name} {best.Value(request.Criterion):F1}.") + left;
    }

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
