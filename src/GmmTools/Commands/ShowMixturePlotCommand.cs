using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Output;
using GmmTools.Plots;

namespace GmmTools.Commands;

/// <summary>Draws mixtures, fits and rows in the terminal, as lines of text.</summary>
/// <remarks>
/// <para>
/// The kinds, and how the input decides between them, are those of Export-MixturePlot; instead of pairs, each column is drawn by itself. Histograms
/// are drawn with eighth blocks, densities over the plane with half blocks or shades, curves and points with Braille patterns, and with -Ascii
/// everything with plain characters. The lines are sent down the pipeline: you can keep them, search them, or write them to a file.
/// </para>
/// <para>
/// The picture fits the window; without one, as in a job or under cron, it is 80 characters wide and 24 lines high. Colours are used if the host
/// supports them and NO_COLOR is not set; without colours, the components have their own marks, 1 to 9 and letters.
/// </para>
/// <para>
/// This works without a screen, over SSH, and in Windows PowerShell 5.1. Only -Sixel needs PowerShell 7.6 and a terminal that shows sixel graphics,
/// such as Windows Terminal 1.22 and later, WezTerm, foot, mlterm or xterm (with -ti vt340).
/// </para>
/// </remarks>
/// <example>
/// <para>The density of a column over its histogram</para>
/// <code>
/// $data = Import-Csv ./src/Examples/faithful.csv
/// $fit = $data | Invoke-EmFit -ComponentCount 2
/// $data | Show-MixturePlot -Model $fit -Property waiting
/// </code>
/// <para>The blocks are the rows, the lines are the mixture and its components.</para>
/// </example>
/// <example>
/// <para>Rows by component, in plain characters</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// Show-MixturePlot -Model $fit -Path ./src/Examples/faithful.csv -Ascii -Color Never -Width 72 -Height 24
/// </code>
/// <para>Each row is drawn as the number of its component.</para>
/// </example>
/// <example>
/// <para>Whether the iterations converged</para>
/// <code>
/// Import-Csv ./src/Examples/iris.csv | Invoke-EmFit -ComponentCount 3 | Show-MixturePlot -Kind Trace
/// </code>
/// <para>The log-likelihood by iteration.</para>
/// </example>
/// <example>
/// <para>How many components</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount (1..5) -CovarianceModel EEE, VVV | Show-MixturePlot
/// </code>
/// <para>BIC by number of components; smaller is better.</para>
/// </example>
[Cmdlet(VerbsCommon.Show, "MixturePlot", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(string))]
public sealed class ShowMixturePlotCommand : PlotCommand
{
    private const int CellWidth = 10;
    private const int CellHeight = 20;

    /// <summary>CSV or Parquet files with the rows to draw, together with -Model; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as for -Path, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Characters per line. Default: those of the window, or 80.</summary>
    [Parameter(HelpMessage = "Characters per line.")]
    [ValidateRange(20, 1000)]
    public int Width { get; set; }

    /// <summary>Number of lines. Default: as suits the width and fits the window. Legends, captions and several columns may need more.</summary>
    [Parameter(HelpMessage = "Number of lines.")]
    [ValidateRange(8, 1000)]
    public int Height { get; set; }

    /// <summary>Use ASCII characters only.</summary>
    [Parameter(HelpMessage = "Use ASCII characters only.")]
    public SwitchParameter Ascii { get; set; }

    /// <summary>Whether to use colours. Auto (the default): if the host supports them and NO_COLOR is not set.</summary>
    [Parameter(HelpMessage = "Whether to use colours.")]
    [ValidateSet("Auto", "Always", "Never")]
    public string Color { get; set; } = "Auto";

    /// <summary>Draw with pixels, in terminals that show sixel graphics.</summary>
    [Parameter(HelpMessage = "Draw with pixels, in terminals that show sixel graphics.")]
    public SwitchParameter Sixel { get; set; }

    /// <inheritdoc/>
    private protected override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected override void End()
    {
        foreach (PlotRequest request in CreateRequests())
        {
            Draw(request);
        }
    }

    private void Draw(PlotRequest request)
    {
        TerminalSize size = TerminalSize.Choose(Host, Width, Height);
        if (Sixel)
        {
            PictureFormat picture = new() { Width = size.Width * CellWidth, Height = size.Height * CellHeight };
            WriteObject(BackgroundWork.Run(() => TerminalPicture.DrawSixel(request, picture, StopToken), ReportDrawing, StopToken));
            return;
        }

        TextFormat format = new() { Width = size.Width, Height = size.Height, IsAscii = Ascii };
        format.Colors = TerminalSize.HasColors(Host, Color)
            ? TerminalSize.HasFullColors() ? TextColors.Full : TextColors.Palette
            : TextColors.None;
        WriteObject(BackgroundWork.Run(() => TerminalPicture.Draw(request, format, StopToken), ReportDrawing, StopToken), enumerateCollection: true);
    }

    private void ReportDrawing() => Progress.Report(() => "drawing");
}
