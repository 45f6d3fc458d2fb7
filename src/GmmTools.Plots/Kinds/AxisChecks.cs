using System;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>Axes of values that may turn out to have no logarithm.</summary>
internal static class AxisChecks
{
    /// <summary>An axis, logarithmic where that is asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="title">Title of the axis.</param>
    /// <param name="minimum">Its first value.</param>
    /// <param name="maximum">Its last value.</param>
    /// <exception cref="PlotException">A logarithm is asked for that does not exist (NothingPositive).</exception>
    public static Axis Create(PlotRequest request, string title, double minimum, double maximum)
    {
        bool logarithmic = request.LogAxes.Contains(title, StringComparer.OrdinalIgnoreCase);
        if (logarithmic && !(minimum > 0))
        {
            throw new PlotException(
                "NothingPositive", $"'{title}' reaches values that are not positive, which cannot be drawn on a logarithmic axis.", title);
        }

        return new Axis(title, minimum, maximum, logarithmic ? AxisScale.Logarithmic : AxisScale.Linear);
    }
}
