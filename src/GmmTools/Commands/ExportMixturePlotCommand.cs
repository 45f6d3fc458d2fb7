using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Connectors.Cells;
using GmmTools.Plots;

namespace GmmTools.Commands;

/// <summary>Draws mixtures, fits and rows as a picture: PNG or SVG.</summary>
/// <remarks>
/// <para>
/// The input decides what is drawn: a mixture or fit, its density; rows with -Model, their classification; several fits, their BIC by number of
/// components; what Compare-MixtureSample finds, the differences of a column; what Measure-MixtureUncertainty finds, the intervals of
/// its means; more than two columns, a matrix of all pairs. -Kind overrides that.
/// </para>
/// <para>
/// Axes are labelled with the names of the columns. The colours are those of Okabe and Ito, which readers with any colour vision can tell apart, and
/// each component has its own glyph. Of more than 20000 rows, 20000 are chosen at random and drawn as points, and the caption says so; histograms and
/// counts always use all rows. The contours of a density are the borders of the smallest regions that hold 50, 90 and 99 % of the mass (Hyndman, The
/// American Statistician 50 (1996) 120-126). Of a classifier of New-MixtureClassifier the regions of its classes are drawn, with the rows, where there are any,
/// by the class that it tells.
/// </para>
/// <para>
/// No screen and no fonts are needed: the font of pictures, DejaVu Sans, is part of the module. For characters that it lacks, the fonts of the system are
/// looked through.
/// </para>
/// </remarks>
/// <example>
/// <para>Rows by component</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Export-MixturePlot classification.png -Model $fit -PassThru | Select-Object Name
/// </code>
/// <para>Points in the colours and glyphs of their components, with ellipses at one and two standard deviations.</para>
/// </example>
/// <example>
/// <para>How many components</para>
/// <code>
/// $fits = Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount (1..6) -CovarianceModel E*, VVV -WarningAction SilentlyContinue
/// $fits | Export-MixturePlot bic.svg -PassThru | Select-Object Name
/// </code>
/// <para>BIC by number of components, with a line for each covariance model; the best is marked.</para>
/// </example>
/// <example>
/// <para>The density of one column over its histogram</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Export-MixturePlot waiting.png -Model $fit -Property waiting -Width 1200 -Height 800 -Dpi 144 -PassThru | Select-Object Name
/// </code>
/// <para>The marginal density of the column, its components as dashed lines, and the histogram of all rows.</para>
/// </example>
/// <example>
/// <para>Truth and estimate</para>
/// <code>
/// $truth = New-GaussianMixture -Random -ComponentCount 3 -Dimension 2 -Seed 7
/// $fit = New-GaussianMixtureSample $truth -Count 2000 -Seed 1 | Invoke-EmFit -ComponentCount 3
/// $fit | Export-MixturePlot comparison.png -ReferenceModel $truth -PassThru | Select-Object Name
/// </code>
/// <para>The ellipses of both, in one picture.</para>
/// </example>
/// <example>
/// <para>How sure the means are</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Measure-MixtureUncertainty $fit | Export-MixturePlot means.png -Property waiting -PassThru | Select-Object Name
/// </code>
/// <para>The mean of each component in one column, with its interval.</para>
/// </example>
/// <example>
/// <para>The regions of classes</para>
/// <code>
/// $classifier = New-MixtureClassifier class -Path ./src/Examples/iris.csv -Property Petal_Length, Petal_Width
/// Import-Csv ./src/Examples/iris.csv | Export-MixturePlot regions.png -Model $classifier -PassThru | Select-Object Name
/// </code>
/// <para>Each place has the colour of its most probable class, the paler the less sure, and each row the glyph of its own.</para>
/// </example>
[Cmdlet(VerbsData.Export, "MixturePlot", DefaultParameterSetName = InputObjectSet, SupportsShouldProcess = true, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMixturePlotCommand : PlotCommand
{
    /// <summary>The picture; the extension, .png or .svg, decides the format. An existing file is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The picture to write, .png or .svg.")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>CSV or Parquet files with the rows to draw, together with -Model; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files with rows; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DataPath { get; set; } = [];

    /// <summary>Files, as for -DataPath, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files with rows.")]
    [ValidateNotNullOrEmpty]
    public string[] DataLiteralPath { get; set; } = [];

    /// <summary>Width in pixels.</summary>
    [Parameter(HelpMessage = "Width in pixels.")]
    [ValidateRange(200, 20000)]
    public int Width { get; set; } = 900;

    /// <summary>Height in pixels.</summary>
    [Parameter(HelpMessage = "Height in pixels.")]
    [ValidateRange(150, 20000)]
    public int Height { get; set; } = 650;

    /// <summary>Pixels per inch: the size of text and lines, and of the picture on paper. Default 96, as on a screen.</summary>
    [Parameter(HelpMessage = "Pixels per inch: the size of text and lines, and of the picture on paper.")]
    [ValidateRange(24, 1200)]
    public int Dpi { get; set; } = 96;

    /// <summary>Replace the file even if it is read-only.</summary>
    [Parameter(HelpMessage = "Replace the file even if it is read-only.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Do not replace an existing file.</summary>
    [Parameter(HelpMessage = "Do not replace an existing file.")]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Return the file that was written.</summary>
    [Parameter(HelpMessage = "Return the file that was written.")]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string[] RowFiles => ParameterSetName == PathSet ? DataPath : DataLiteralPath;

    /// <inheritdoc/>
    private protected override string LiteralFiles => nameof(DataLiteralPath);

    /// <inheritdoc/>
    private protected override void Begin()
    {
        // before a million rows are read
        MixturePicture.RequireExtension(Path);
        base.Begin();
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        IReadOnlyList<PlotRequest> requests = CreateRequests();
        if (requests.Count > 1 && requests[0].Differences.Count > 0)
        {
            throw new CommandException(
                "TooManyColumns",
                $"A file holds the differences of one column, but there are those of {string.Join(", ", requests.Select(one => one.Differences[0].Column))}. Choose one, as in ... | Where-Object Column -eq {CellText.AsArgument(requests[0].Differences[0].Column)} | ..., or look at them with Show-MixturePlot.");
        }

        if (requests.Count > 1 && requests[0].Intervals.Count > 0)
        {
            IntervalLine[] first = [.. requests.Select(one => one.Intervals[0])];
            string way = first.All(line => line.Quantity.StartsWith("Mean of ", StringComparison.OrdinalIgnoreCase))
                ? $"-Property {CellText.AsArgument(first[0].Unit)}"
                : $"... | Where-Object Parameter -eq {CellText.AsArgument(first[0].Quantity.Split(' ')[0])} | ...";
            throw new CommandException(
                "TooManyColumns",
                $"A file holds the intervals of one parameter, but there are those of {string.Join(", ", first.Select(line => line.Quantity))}. Choose one, as in {way}, or look at them with Show-MixturePlot.");
        }

        if (requests.Count > 1)
        {
            throw new CommandException(
                "GroupsNotSupported",
                FormattableString.Invariant($"A file holds one picture, but there are {requests.Count} groups. Write one for each, as in $fits | ForEach-Object {{ $_ | Export-MixturePlot \"$($_.Group.Values -join '-').png\" }}, or look at them with Show-MixturePlot."));
        }

        PlotRequest request = requests[0];
        string file = FilePaths.ResolveTarget(SessionState, Path, Force, NoClobber);
        if (!ShouldProcess(file))
        {
            return;
        }

        PictureFormat format = new() { Width = Width, Height = Height, Dpi = Dpi };
        BackgroundWork.Run(() => Write(request, file, format), () => Progress.Report(() => "drawing"), StopToken);
        if (PassThru)
        {
            WriteObject(new FileInfo(file));
        }
    }

    private bool Write(PlotRequest request, string file, PictureFormat format)
    {
        MixturePicture.Write(request, file, format, StopToken);
        return true;
    }
}
