using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using GmmTools.Plots.Kinds.Outcomes;

namespace GmmTools.Plots.Kinds;

/// <summary>Makes the figure of a request.</summary>
internal static class FigureBuilder
{
    /// <summary>Makes a figure.</summary>
    /// <param name="request">What is to be drawn.</param>
    /// <param name="detail">Places along an axis at which densities are computed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlotException">It cannot be drawn; the error says why.</exception>
    public static Figure Build(PlotRequest request, int detail, CancellationToken cancellationToken)
    {
        PlotKind kind = Choose(request);
        Figure figure = kind switch
        {
            PlotKind.Trace => TraceFigure.Build(request),
            PlotKind.Criterion => CriterionFigure.Build(request),
            PlotKind.Difference => DifferenceFigure.Build(request),
            PlotKind.Interval => IntervalFigure.Build(request),
            _ => BuildMixture(kind, new PlotContext(request, kind, detail, cancellationToken)),
        };
        CheckNames(request.LogAxes, figure.AxisTitles, "A logarithmic axis", "CorrectLogAxis");
        CheckNames(request.DateProperty, request.Mixture?.Property ?? [], "A column of dates", "CorrectDateProperty");
        return figure;
    }

    /// <summary>Makes a figure for a terminal, where a matrix of panels has no room: instead of pairs it shows each column by itself.</summary>
    /// <param name="request">What is to be drawn.</param>
    /// <param name="detail">Places along an axis at which densities are computed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlotException">It cannot be drawn; the error says why.</exception>
    public static Figure BuildNarrow(PlotRequest request, int detail, CancellationToken cancellationToken)
    {
        if (Choose(request) != PlotKind.Pairs)
        {
            return Build(request, detail, cancellationToken);
        }

        PlotContext context = new(request, PlotKind.Density, detail, cancellationToken);
        context.RequireColumns(PairsFigure.MaxColumns);
        Panel[] panels = [.. context.Columns.Select(column => DensityFigure.Line(context, context.Mixture.Marginal([column]), column, named: false))];
        Figure figure = new(context.Title, panels) { Caption = context.Caption };
        CheckNames(request.LogAxes, figure.AxisTitles, "A logarithmic axis", "CorrectLogAxis");
        CheckNames(request.DateProperty, context.Mixture.Property, "A column of dates", "CorrectDateProperty");
        return figure;
    }

    /// <summary>What suits what is given.</summary>
    /// <param name="request">The request.</param>
    internal static PlotKind Choose(PlotRequest request)
    {
        if (request.Kind != PlotKind.Auto && request.Classifier is not null != (request.Kind == PlotKind.Region))
        {
            throw new PlotException(
                "RegionOfClassifier",
                request.Classifier is null ? "Region shows a classifier, but none was given." : $"{request.Kind} shows a mixture, but a classifier was given, which is drawn by its regions.",
                request.Kind)
            { Remedy = new Remedy(request.Classifier is null ? "GiveClassifier" : "DrawRegion") };
        }

        if (request.Kind != PlotKind.Auto || request.Classifier is not null)
        {
            return request.Kind == PlotKind.Auto ? PlotKind.Region : request.Kind;
        }

        if (request.Mixture is null)
        {
            return PlotKind.Criterion;
        }

        int dimension = request.Property?.Count ?? request.Mixture.Dimension;
        return request.Reference is not null && dimension <= 2 ? PlotKind.Comparison
            : dimension > 2 ? PlotKind.Pairs
            : dimension == 2 && request.Rows is not null ? PlotKind.Classification
            : PlotKind.Density;
    }

    private static Figure BuildMixture(PlotKind kind, PlotContext context) => kind switch
    {
        PlotKind.Density => DensityFigure.Build(context),
        PlotKind.Classification => ClassificationFigure.Build(context),
        PlotKind.Uncertainty => UncertaintyFigure.Build(context),
        PlotKind.Pairs => PairsFigure.Build(context),
        PlotKind.Outlier => OutlierFigure.Build(context),
        PlotKind.Comparison => ComparisonFigure.Build(context),
        PlotKind.Region => RegionFigure.Build(context),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static void CheckNames(IReadOnlyList<string> names, IEnumerable<string> known, string subject, string remedy)
    {
        string[] all = [.. known];
        string? unknown = names.FirstOrDefault(name => !all.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (unknown is not null)
        {
            throw new PlotException(
                "UnknownAxis", $"{subject} should be '{unknown}', but this picture has no such axis. It has {string.Join(", ", all)}.", unknown)
            { Remedy = new Remedy(remedy) };
        }
    }
}
