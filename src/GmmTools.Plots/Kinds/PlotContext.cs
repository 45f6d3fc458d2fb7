using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>What the kinds of pictures that show a mixture have in common: its columns, their axes, and the rows to draw.</summary>
internal sealed partial class PlotContext
{
    private const double Margin = 0.04;
    private const double CoreWeight = 0.01;
    private const double CoreWidth = 2;

    private readonly Dictionary<int, Axis> _axes = [];
    private readonly List<string> _notes = [];
    private MixtureDraws? _draws;

    /// <summary>Prepares.</summary>
    /// <param name="request">What is to be drawn.</param>
    /// <param name="kind">What the picture shows.</param>
    /// <param name="detail">Places along an axis at which densities are computed.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ArgumentException">There is no mixture.</exception>
    public PlotContext(PlotRequest request, PlotKind kind, int detail, CancellationToken cancellationToken)
    {
        Request = request;
        Kind = kind;
        Detail = detail;
        StopToken = cancellationToken;
        Mixture = request.Mixture ?? throw new ArgumentException($"{kind} shows a mixture, but none was given.", nameof(request));
        if (kind == PlotKind.Outlier)
        {
            // noise is there for rows that are not sound
            Mixture = Mixture.Sound;
        }

        Columns = request.Property is null
            ? [.. Enumerable.Range(0, Mixture.Dimension)]
            : [.. request.Property.Select(name => IndexOf(Mixture.Property, name))];
        Rows = request.Rows is null ? null : RowSample.Draw(request.Rows, kind == PlotKind.Pairs ? RowSample.MaxPointsOfPanel : RowSample.MaxPoints, request.Seed, cancellationToken);
        Note(Rows?.Caption);
        Note(OfTails(Mixture));
        Note(OfRowsApart(request.Mixture, kind, Rows is not null));
    }

    /// <summary>What is to be drawn.</summary>
    public PlotRequest Request { get; }

    /// <summary>What the picture shows.</summary>
    public PlotKind Kind { get; }

    /// <summary>Places along an axis at which densities are computed.</summary>
    public int Detail { get; }

    /// <summary>Stops the work.</summary>
    public CancellationToken StopToken { get; }

    /// <summary>The mixture, over all of its columns.</summary>
    public GaussianMixture Mixture { get; }

    /// <summary>The columns to draw.</summary>
    public int[] Columns { get; }

    /// <summary>The rows to draw, over all columns of the mixture; or null.</summary>
    public RowSample? Rows { get; }

    /// <summary>What the caption says.</summary>
    public string Caption => string.Join(" ", _notes);

    /// <summary>The title: the user's, or what is drawn of which mixture.</summary>
    public string Title => Request.Title
        ?? (Request.Classifier is not null ? FormattableString.Invariant($"Regions of {Request.Classifier.ClassCount} classes") : null)
        ?? FormattableString.Invariant($"{Kind}: {(Request.Group is null ? string.Empty : Request.Group + "; ")}{Mixture.CovarianceModel.Name(Mixture.Dimension)}, {Counted.Of(Mixture.ComponentCount, "component")}{(Mixture.Tail == Tail.Student ? " of t" : string.Empty)}{(Request.Mixture!.Noise is not null ? " and noise" : Request.Mixture.Trimming is not null ? ", trimmed" : string.Empty)}");

    private MixtureDraws Draws => _draws ??= new MixtureDraws(Mixture, StopToken);

    /// <summary>Adds a sentence to the caption.</summary>
    /// <param name="sentence">The sentence; null or empty for nothing.</param>
    public void Note(string? sentence)
    {
        if (!string.IsNullOrEmpty(sentence) && !_notes.Contains(sentence!))
        {
            _notes.Add(sentence!);
        }
    }

    /// <summary>The mixture whose density is drawn over a plane: noise is the same everywhere and would only lift it.</summary>
    /// <param name="mixture">A mixture of the columns drawn.</param>
    public GaussianMixture Drawn(GaussianMixture mixture)
    {
        Note(mixture.Noise is null ? null : FormattableString.Invariant($"The density is that of the components, without the noise ({Percent(mixture.Noise.Weight)})."));
        return mixture.Sound;
    }

    /// <summary>A share as text.</summary>
    /// <param name="share">0 to 1.</param>
    public static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>Refuses more columns than a kind can show.</summary>
    /// <param name="most">The most columns.</param>
    /// <exception cref="PlotException">There are more (TooManyColumns).</exception>
    public void RequireColumns(int most)
    {
        if (Columns.Length > most)
        {
            throw new PlotException(
                "TooManyColumns",
                most > 2
                    ? FormattableString.Invariant($"{Kind} shows at most {Counted.Of(most, "column")}, but there are {Columns.Length}.")
                    : FormattableString.Invariant($"{Kind} shows one or two columns, but there are {Columns.Length}."),
                Columns.Length)
            {
                Remedy = most > 2 || Kind == PlotKind.Region
                    ? new Remedy("ChooseColumns", Mixture.Property[0], Mixture.Property[1])
                    : new Remedy("ChooseOneOrTwoColumns", Mixture.Property[Columns[0]], Mixture.Property[Columns[1]]),
            };
        }
    }

    /// <summary>The mixture of the columns to draw.</summary>
    public GaussianMixture Marginal() => Columns.SequenceEqual(Enumerable.Range(0, Mixture.Dimension)) ? Mixture : Mixture.Marginal(Columns);

    /// <summary>The axis of a column.</summary>
    /// <param name="column">The column of the mixture.</param>
    public Axis ColumnAxis(int column)
    {
        if (!_axes.TryGetValue(column, out Axis? axis))
        {
            axis = MakeAxis(column);
            _axes.Add(column, axis);
        }

        return axis;
    }

    /// <summary>An axis for what is no column.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="maximum">Its last value; it begins at 0 or, as a logarithmic axis, five decades below.</param>
    public Axis ValueAxis(string title, double maximum) => ScaleOf(title) == AxisScale.Logarithmic
        ? new Axis(title, maximum * 1e-5, maximum, AxisScale.Logarithmic)
        : new Axis(title, 0, maximum);

    /// <summary>How the values of an axis become places.</summary>
    /// <param name="title">The title of the axis.</param>
    public AxisScale ScaleOf(string title) =>
        Contains(Request.LogAxes, title) ? AxisScale.Logarithmic
        : Contains(Request.DateProperty, title) ? AxisScale.Date
        : AxisScale.Linear;

    /// <summary>The cells of a column of chosen rows, as places on its axis.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="column">The column.</param>
    public double[] Places(IEnumerable<double[]> rows, int column)
    {
        Axis axis = ColumnAxis(column);
        return [.. rows.Select(row => axis.ToPlace(row[column]))];
    }

    private static bool Contains(IReadOnlyList<string> names, string name) => names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        throw new PlotException(
            "UnknownProperty", $"The mixture has no column '{name}'. Its columns are {string.Join(", ", names)}.", name);
    }

    private Axis MakeAxis(int column)
    {
        string title = Mixture.Property[column];
        AxisScale scale = ScaleOf(title);
        bool positive = scale == AxisScale.Logarithmic;
        (double first, double last) = Rows is null ? Draws.Range(column, positive) : RangeOfRows(column, positive);
        if (Rows is not null && (Kind == PlotKind.Outlier || (Kind == PlotKind.Density && Columns.Length == 2)))
        {
            // contours are to be seen whole
            (double least, double most) = Draws.Range(column, positive);
            (first, last) = (Math.Min(first, least), Math.Max(last, most));
        }

        if (double.IsNaN(first))
        {
            throw new PlotException(
                "NothingPositive", $"'{title}' has no positive values, so it cannot be drawn on a logarithmic axis.", title);
        }

        // the margin is a share of what is seen, which on a logarithmic axis is the logarithm
        Axis bare = new(title, first, last, scale);
        double margin = Margin * (bare.Last - bare.First);
        return new Axis(title, bare.ToValue(bare.First - margin), bare.ToValue(bare.Last + margin), scale);
    }

    /// <summary>All rows, and what matters of the mixture.</summary>
    private (double First, double Last) RangeOfRows(int column, bool positive)
    {
        double first = Request.Rows!.Minimum[column];
        double last = Request.Rows.Maximum[column];
        foreach (GaussianComponent component in Mixture.Components.Where(component => component.Weight >= CoreWeight))
        {
            first = Math.Min(first, component.Mean[column] - (CoreWidth * component.StandardDeviation[column]));
            last = Math.Max(last, component.Mean[column] + (CoreWidth * component.StandardDeviation[column]));
        }

        if (!positive || first > 0)
        {
            return double.IsInfinity(first) ? Draws.Range(column, positive) : (first, last);
        }

        double[] values = [.. Rows!.Rows.Select(row => row[column]).Where(value => value > 0)];
        int hidden = Rows.Rows.Count(row => row[column] <= 0);
        Note(hidden > 0 ? FormattableString.Invariant($"{Counted.Grouped(hidden, "row")} without a positive {Mixture.Property[column]} cannot be drawn.") : null);
        return values.Length == 0 ? (double.NaN, double.NaN) : (values.Min(), Math.Max(last, values.Max()));
    }
}
