using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Connectors.Samples;
using GmmTools.Mixtures;
using GmmTools.Output;
using GmmTools.Sampling;

namespace GmmTools.Commands;

/// <summary>Draws rows from a Gaussian mixture, as objects, a matrix, or a CSV or Parquet file.</summary>
/// <remarks>
/// <para>
/// Each row is drawn in two steps: a component, with the probability of its weight, then a point from its normal distribution. Rows stream: piped on,
/// a million of them need no more memory than one.
/// </para>
/// <para>
/// The same -Seed gives the same rows, and a larger -Count begins with them. Without -Seed a fresh seed is used, which -Verbose reports. With -Path
/// the command writes the rows itself, on all cores.
/// </para>
/// <para>
/// Sources: the generator is SplitMix64, Steele, Lea and Flood, OOPSLA 2014; normal numbers by the transform of Box and Muller, Annals of
/// Mathematical Statistics 29 (1958) 610-611; correlated columns by the Cholesky factor of the covariance matrix.
/// </para>
/// </remarks>
/// <example>
/// <para>A few rows</para>
/// <code>
/// $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25
/// New-GaussianMixtureSample $mixture -Count 5 -Seed 1
/// </code>
/// <para>One object per row, with the columns of the mixture.</para>
/// </example>
/// <example>
/// <para>With the component that each row came from</para>
/// <code>
/// $mixture = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 4 -Covariance 1, 0.25
/// New-GaussianMixtureSample $mixture -Count 1000 -Seed 1 -IncludeComponent | Group-Object Component -NoElement
/// </code>
/// <para>About 700 rows come from component 1. For measured rows, this is what a fit has to guess.</para>
/// </example>
/// <example>
/// <para>A file</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// New-GaussianMixtureSample $fit -Count 100000 -Seed 1 -Path sample.csv
/// Invoke-EmFit -Path sample.csv -ComponentCount 2
/// </code>
/// <para>100 000 rows like those of the geyser, to a file and back into a fit.</para>
/// </example>
/// <seealso cref="NewGaussianMixtureCommand"/>
/// <seealso cref="MeasureMixtureLikelihoodCommand"/>
[Cmdlet(VerbsCommon.New, "GaussianMixtureSample", DefaultParameterSetName = PipedSet, SupportsShouldProcess = true, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PSCustomObject), typeof(double[,]))]
public sealed class NewGaussianMixtureSampleCommand : MixtureCommand
{
    private const string PipedSet = "Piped";
    private const string GivenSet = "Given";
    private const int BatchRows = 4096;

    private long _rowsWritten;

    /// <summary>The mixture, a fit, or the path of its JSON file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = GivenSet, HelpMessage = "A mixture or a fit.")]
    [Parameter(Mandatory = true, ParameterSetName = PipedSet, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>Number of rows.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = GivenSet, HelpMessage = "Number of rows.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PipedSet, HelpMessage = "Number of rows.")]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; }

    /// <summary>Seed of the random numbers; the same seed gives the same rows. Without one, a fresh seed is used, which -Verbose reports.</summary>
    [Parameter(HelpMessage = "Seed of the random numbers; the same seed gives the same rows.")]
    public ulong Seed { get; set; }

    /// <summary>Names of the columns. Default: those of the mixture.</summary>
    [Parameter(HelpMessage = "Names of the columns.")]
    public string[]? Property { get; set; }

    /// <summary>Add a column Component with the component that each row was drawn from.</summary>
    [Parameter(HelpMessage = "Add a column Component with the component that each row was drawn from.")]
    public SwitchParameter IncludeComponent { get; set; }

    /// <summary>Return one double[,], with a row per row, instead of objects. Pass it on as an argument, because PowerShell splits a matrix in a
    /// variable into single numbers when it is piped.</summary>
    [Parameter(HelpMessage = "Return one double[,], with a row per row, instead of objects.")]
    public SwitchParameter AsMatrix { get; set; }

    /// <summary>Write the rows to this file instead, which is many times faster: Parquet if its name ends in .parquet, otherwise CSV (commas,
    /// invariant culture, numbers that read back exactly). An existing file is replaced.</summary>
    [Parameter(HelpMessage = "Write the rows to this file instead: Parquet if its name ends in .parquet, otherwise CSV.")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Replace the file even if it is read-only.</summary>
    [Parameter(HelpMessage = "Replace the file even if it is read-only.")]
    public SwitchParameter Force { get; set; }

    /// <summary>Do not replace an existing file.</summary>
    [Parameter(HelpMessage = "Do not replace an existing file.")]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (AsMatrix && (Path is not null || IncludeComponent))
        {
            throw new CommandException(
                "MatrixAndMore",
                $"-AsMatrix returns the numbers alone, and does not go with -{(Path is null ? nameof(IncludeComponent) : nameof(Path))}. Leave out one of them.",
                Model);
        }

        GaussianMixture mixture = ModelArgument.Resolve(Model);
        mixture = Property is null ? mixture : mixture.WithProperty(Property);
        ulong seed = MyInvocation.BoundParameters.ContainsKey(nameof(Seed)) ? Seed : Seeds.Fresh();
        WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Seed {0}.", seed));
        if (Path is not null)
        {
            WriteFile(mixture, seed);
            return;
        }

        MixtureSampler sampler = new(mixture, seed);
        if (AsMatrix)
        {
            WriteObject(sampler.DrawMatrix(Count, StopToken), enumerateCollection: false);
        }
        else
        {
            WriteRows(sampler, mixture);
        }
    }

    private void WriteRows(MixtureSampler sampler, GaussianMixture mixture)
    {
        RowTemplate template = new(Columns(mixture.Property));
        double[] values = new double[BatchRows * mixture.Dimension];
        int[]? components = IncludeComponent ? new int[BatchRows] : null;
        for (int first = 0; first < Count; first += BatchRows)
        {
            StopToken.ThrowIfCancellationRequested();
            int rows = Math.Min(BatchRows, Count - first);
            sampler.Draw(first, rows, values, components);
            for (int i = 0; i < rows; i++)
            {
                WriteObject(template.Create(values, i * mixture.Dimension, mixture.Dimension, components?[i]));
            }
        }
    }

    private void WriteFile(GaussianMixture mixture, ulong seed)
    {
        string path = FilePaths.ResolveTarget(SessionState, Path!, Force, NoClobber);
        Columns(mixture.Property);
        if (!ShouldProcess(path))
        {
            return;
        }

        SampleFile file = new(mixture, seed, IncludeComponent ? ComponentColumns.Component : null);
        ProgressReporter progress = new(MyInvocation.MyCommand.Name, WriteProgress);
        try
        {
            BackgroundWork.Run(
                () => Write(file, path),
                () => progress.Report(() => RowsText(Volatile.Read(ref _rowsWritten)), (int)(100 * Volatile.Read(ref _rowsWritten) / Count)),
                StopToken,
                waitForEnd: true);
        }
        finally
        {
            progress.Complete();
        }
    }

    private bool Write(SampleFile file, string path)
    {
        file.Write(path, Count, rows => Volatile.Write(ref _rowsWritten, rows), StopToken);
        return true;
    }

    private static string RowsText(long count) => Counted.Grouped(count, "row") + " written";

    private List<string> Columns(IReadOnlyList<string> property)
    {
        List<string> columns = [.. property];
        if (IncludeComponent)
        {
            if (columns.Exists(name => string.Equals(name, ComponentColumns.Component, StringComparison.OrdinalIgnoreCase)))
            {
                throw new CommandException(
                    "ColumnNameClash",
                    $"-IncludeComponent adds a column '{ComponentColumns.Component}', but the mixture has one of that name. Rename the columns with -Property.",
                    ComponentColumns.Component);
            }

            columns.Add(ComponentColumns.Component);
        }

        return columns;
    }
}
