using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GmmTools.Mixtures;

namespace GmmTools.Benchmarks.Peers;

/// <summary>Time against size as SVG: a panel for each of N, K and d, both axes logarithmic, a line for each model.</summary>
internal static class ScalingPlot
{
    private const double PanelWidth = 300;
    private const double PanelHeight = 260;
    private const double Left = 60;
    private const double Top = 40;
    private const double Gap = 40;

    public static string Draw(IReadOnlyList<ScalingPoint> points)
    {
        StringBuilder svg = new();
        string[] axes = [.. points.Select(point => point.Problem.Name).Distinct()];
        double width = Left + (axes.Length * (PanelWidth + Gap));
        double height = Top + PanelHeight + 60;
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add(svg, $"<rect width=\"{width}\" height=\"{height}\" fill=\"white\"/>");
        Range time = Range.Of(points.Select(point => point.Milliseconds));
        for (int i = 0; i < axes.Length; i++)
        {
            ScalingPoint[] panel = [.. points.Where(point => point.Problem.Name == axes[i])];
            DrawPanel(svg, Left + (i * (PanelWidth + Gap)), panel, time, i == 0);
        }

        Add(svg, $"<text x=\"8\" y=\"20\">milliseconds of an EM iteration, one thread</text>");
        Add(svg, $"</svg>");
        return svg.ToString();
    }

    private static void DrawPanel(StringBuilder svg, double left, ScalingPoint[] points, Range time, bool labelled)
    {
        Range size = Range.Of(points.Select(point => (double)point.Size));
        Add(svg, $"<rect x=\"{left}\" y=\"{Top}\" width=\"{PanelWidth}\" height=\"{PanelHeight}\" fill=\"none\" stroke=\"black\"/>");
        foreach (double value in time.Decades())
        {
            double y = Top + (PanelHeight * (1 - time.Place(value)));
            Add(svg, $"<line x1=\"{left}\" y1=\"{y:F1}\" x2=\"{left + PanelWidth}\" y2=\"{y:F1}\" stroke=\"#ddd\"/>");
            if (labelled)
            {
                Add(svg, $"<text x=\"{left - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{value:G4}</text>");
            }
        }

        foreach (ScalingPoint point in points.DistinctBy(point => point.Size).Where((_, i) => i % 2 == 0))
        {
            double x = left + (PanelWidth * size.Place(point.Size));
            Add(svg, $"<line x1=\"{x:F1}\" y1=\"{Top}\" x2=\"{x:F1}\" y2=\"{Top + PanelHeight}\" stroke=\"#ddd\"/>");
            Add(svg, $"<text x=\"{x:F1}\" y=\"{Top + PanelHeight + 16}\" text-anchor=\"middle\">{point.Size}</text>");
        }

        Add(svg, $"<text x=\"{left + (PanelWidth / 2)}\" y=\"{Top + PanelHeight + 36}\" text-anchor=\"middle\">{points[0].Problem.Name}</text>");
        int line = 0;
        foreach (IGrouping<CovarianceModel, ScalingPoint> series in points.GroupBy(point => point.Problem.Model))
        {
            DrawLine(svg, left, [.. series], size, time, line);
            line++;
        }
    }

    private static void DrawLine(StringBuilder svg, double left, ScalingPoint[] points, Range size, Range time, int number)
    {
        string colour = number == 0 ? "#1f77b4" : "#d62728";
        IEnumerable<string> places = points.Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{left + (PanelWidth * size.Place(point.Size)):F1},{Top + (PanelHeight * (1 - time.Place(point.Milliseconds))):F1}"));
        Add(svg, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', places)}\"/>");
        string name = points[0].Problem.Model == CovarianceModel.VVI ? "diagonal" : "full";
        double slope = ScalingPoint.Slope(points[(points.Length / 2)..]);
        Add(svg, $"<text x=\"{left + 8}\" y=\"{Top + 18 + (16 * number)}\" fill=\"{colour}\">{name}, slope of the upper half {slope:F2}</text>");
    }

    private static void Add(StringBuilder svg, FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));

    /// <summary>The ends of a logarithmic axis.</summary>
    private sealed record Range(double First, double Last)
    {
        public static Range Of(IEnumerable<double> values)
        {
            double[] all = [.. values];
            return new Range(all.Min(), all.Max());
        }

        /// <summary>Where a value lies, 0 to 1, with a margin.</summary>
        public double Place(double value) => 0.05 + (0.9 * Math.Log(value / First) / Math.Log(Last / First));

        public IEnumerable<double> Decades()
        {
            for (double power = Math.Ceiling(Math.Log10(First)); power <= Math.Log10(Last); power++)
            {
                yield return Math.Pow(10, power);
            }
        }
    }
}
