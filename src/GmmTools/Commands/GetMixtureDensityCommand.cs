using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding.Models;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Output;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <summary>Gets the density of a mixture at rows or on a grid, and for one column also the distribution function and quantiles.</summary>
/// <remarks>
/// <para>Rows are returned with Density, LogDensity (natural logarithm: it is finite even if the density is too small or too large for a number) and,
/// if the mixture has one column, Cdf, the probability of a value up to that one. With -MissingValue Marginalize, rows with missing values get the
/// density of their observed part.</para>
/// <para>With -Count, -From or -To the command makes equally spaced points itself: on a line if the mixture has one column, over a rectangle if it
/// has two. For mixtures of more columns, choose some with Get-MixtureMarginal. With -Probability it returns quantiles of a mixture of one column,
/// accurate to 1e-12 of a probability, or to the last digit of the value where that is coarser.</para>
/// </remarks>
/// <example>
/// <para>The density of waiting times on a grid</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// $waiting = Get-MixtureMarginal $fit -Property waiting
/// Get-MixtureDensity $waiting -From 40 -To 100 -Count 7 | Format-Table
/// </code>
/// <para>Two peaks, near 55 and 80 minutes. Cdf at 70 is the share of waits up to 70 minutes.</para>
/// </example>
/// <example>
/// <para>The wait that nine in ten do not exceed</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// Get-MixtureMarginal $fit waiting | Get-MixtureDensity -Probability 0.5, 0.9, 0.99
/// </code>
/// <para>Quantiles of the mixture as a whole.</para>
/// </example>
/// <example>
/// <para>The densest rows</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/faithful.csv -ComponentCount 2
/// Import-Csv ./src/Examples/faithful.csv | Get-MixtureDensity $fit | Sort-Object Density -Descending | Select-Object -First 3
/// </code>
/// <para>The most typical eruptions.</para>
/// </example>
/// <seealso cref="GetMixtureMarginalCommand"/>
/// <seealso cref="FindMixtureOutlierCommand"/>
[Cmdlet(VerbsCommon.Get, "MixtureDensity", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PSCustomObject), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet, GridSet, QuantileSet])]
public sealed class GetMixtureDensityCommand : ScoringCommand
{
    private const string GridSet = "Grid";
    private const string QuantileSet = "Quantile";
    private const string ProbabilityColumn = "Probability";
    private const int PointsAlongLine = 101;
    private const int PointsAlongSide = 51;

    /// <summary>The mixture, a fit, a copy of either from a file or a job, or the path of its JSON file. Its columns are found by name in the rows;
    /// in rows without names, they are in the order of the mixture.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GridSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = QuantileSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>Where the grid begins: one number, or one for each of two columns. Default: four standard deviations below the smallest
    /// mean.</summary>
    [Parameter(ParameterSetName = GridSet, HelpMessage = "Where the grid begins: one number, or one for each of two columns.")]
    [ValidateNotNullOrEmpty]
    public double[]? From { get; set; }

    /// <summary>Where the grid ends, inclusive: one number, or one for each of two columns. Default: four standard deviations above the largest
    /// mean.</summary>
    [Parameter(ParameterSetName = GridSet, HelpMessage = "Where the grid ends, inclusive: one number, or one for each of two columns.")]
    [ValidateNotNullOrEmpty]
    public double[]? To { get; set; }

    /// <summary>Number of grid points: one number for all columns, or one per column. Default: 101 along a line, 51 along each side of a
    /// rectangle.</summary>
    [Parameter(ParameterSetName = GridSet, HelpMessage = "Number of grid points: one number for all columns, or one per column.")]
    [ValidateNotNullOrEmpty]
    public int[]? Count { get; set; }

    /// <summary>Probabilities from 0 to 1 whose quantiles are wanted: for each, the value that a row does not exceed with this
    /// probability.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuantileSet, HelpMessage = "Probabilities from 0 to 1.")]
    [ValidateNotNullOrEmpty]
    public double[] Probability { get; set; } = [];

    /// <summary>Prefix for the names of the added columns, for rows that already have columns with these names.</summary>
    [Parameter(HelpMessage = "Prefix for the names of the added columns, for rows that already have columns with these names.")]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override PSObject? GivenModel => Model;

    /// <inheritdoc/>
    private protected override string GivenPrefix => Prefix;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (ParameterSetName is not GridSet and not QuantileSet)
        {
            base.Begin();
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ParameterSetName == GridSet)
        {
            WriteGrid(ModelArgument.Resolve(Model));
        }
        else if (ParameterSetName == QuantileSet)
        {
            WriteQuantiles(ModelArgument.Resolve(Model));
        }
        else
        {
            base.Process();
        }
    }

    /// <inheritdoc/>
    private protected override RowScoring CreateScoring(GaussianMixture mixture) => new DensityScoring(mixture);

    private void WriteGrid(GaussianMixture mixture)
    {
        DensityGrid grid = new(mixture, From, To, Count ?? [mixture.Dimension == 1 ? PointsAlongLine : PointsAlongSide]);
        ScoreStream stream = new(CreateScoring(mixture), Prefix, WriteObject, StopToken);
        stream.WriteBlocks((take, stop) => Read(grid, take, stop), ThrottleLimit, () => { });
    }

    private static RowIntake Read(DensityGrid grid, System.Action<RowBlock> take, CancellationToken stop)
    {
        foreach (RowBlock block in grid.Blocks())
        {
            stop.ThrowIfCancellationRequested();
            take(block);
        }

        return new RowIntake(grid.Count);
    }

    private void WriteQuantiles(GaussianMixture mixture)
    {
        UnivariateMixture univariate = new(mixture);
        List<string> columns = [Prefix + ProbabilityColumn, mixture.Property[0]];
        ScoreStream.CheckClash([mixture.Property[0]], [columns[0]]);
        RowTemplate template = new(columns, [columns[0]]);
        foreach (double probability in Probability)
        {
            WriteObject(template.Create([probability, univariate.Quantile(probability)]));
        }
    }
}
