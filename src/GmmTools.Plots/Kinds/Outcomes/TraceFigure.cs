using System;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>The log-likelihood of fits by iteration.</summary>
internal static class TraceFigure
{
    private const string IterationTitle = "Iteration";
    private const string LogLikelihoodTitle = "Log-likelihood";
    private const int MaxNamed = 12;
    private const int MaxMarked = 60;

    /// <summary>Makes the figure.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="PlotException">There is no fit (NoFits).</exception>
    public static Figure Build(PlotRequest request)
    {
        TraceLine[] traces = [.. request.Traces.Where(trace => trace.LogLikelihood.Any(IsFinite))];
        if (traces.Length == 0)
        {
            throw new PlotException("NoFits", "Trace shows the iterations of fits, but none was given.");
        }

        bool hidesStart = HidesStart(traces);
        double[] values = [.. traces.SelectMany(trace => trace.LogLikelihood.Skip(hidesStart ? 1 : 0)).Where(IsFinite)];
        double margin = 0.05 * Math.Max(values.Max() - values.Min(), 1e-9 * Math.Abs(values.Max()));
        bool logarithmic = request.LogAxes.Contains(IterationTitle, StringComparer.OrdinalIgnoreCase);
        int longest = traces.Max(trace => trace.LogLikelihood.Count) - 1;
        Axis x = logarithmic
            ? new Axis(IterationTitle, 0.9, Math.Max(2, 1.1 * longest), AxisScale.Logarithmic)
            : new Axis(IterationTitle, -0.02 * longest, Math.Max(1, 1.02 * longest)) { IsWhole = true };
        Axis y = AxisChecks.Create(request, LogLikelihoodTitle, values.Min() - margin, values.Max() + margin);
        Panel panel = new(x, y);
        for (int i = 0; i < traces.Length; i++)
        {
            panel.Layers.Add(Line(traces[i], i, traces.Length, x, y));
        }

        string caption = FormattableString.Invariant($"Ends at {values.Max():F3}") + (traces.Length > 1 ? " in the best fit." : $" after {Counted.Of(longest, "iteration")}.");
        caption += hidesStart ? FormattableString.Invariant($" The start, at {traces.Min(trace => trace.LogLikelihood[0]):F1}, lies below.") : string.Empty;
        return new Figure(request.Title ?? $"Trace of the log-likelihood{(request.Group is null ? string.Empty : $": {request.Group}")}", [panel]) { Caption = caption };
    }

    /// <summary>A start far below would leave the rest a flat line.</summary>
    private static bool HidesStart(TraceLine[] traces) => traces.All(trace => trace.LogLikelihood.Count > 2 && trace.LogLikelihood.All(IsFinite))
        && traces.Max(trace => trace.LogLikelihood[1] - trace.LogLikelihood[0])
            > 2 * (traces.Max(trace => trace.LogLikelihood[trace.LogLikelihood.Count - 1]) - traces.Min(trace => trace.LogLikelihood[1]));

    private static CurveLayer Line(TraceLine trace, int index, int count, Axis x, Axis y) => new(
        [.. Enumerable.Range(0, trace.LogLikelihood.Count).Select(iteration => x.ToPlace(iteration))],
        DensityCurve.ToPlaces(trace.LogLikelihood, y))
    {
        Color = count > MaxNamed ? Palette.Grey : Palette.Color(index),
        Glyph = trace.LogLikelihood.Count <= MaxMarked && count <= MaxNamed ? Palette.Glyph(index) : -1,
        Legend = count > MaxNamed || count == 1 ? null : trace.Name,
    };

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
