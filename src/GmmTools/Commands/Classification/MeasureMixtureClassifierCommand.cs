using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Classification;
using GmmTools.Classification.Validation;
using GmmTools.Commands.Internal;

namespace GmmTools.Commands.Classification;

/// <summary>Measures by cross-validation how well a classifier tells the classes of rows that it was not learned from.</summary>
/// <remarks>
/// <para>
/// The rows are dealt into -FoldCount parts, each with its share of every class. Each part is predicted by a classifier that is learned from the others as
/// New-MixtureClassifier does it, the choice of covariance model and number of components included; -RepetitionCount deals them anew. Error is the share of rows
/// whose class was got wrong; LogLoss is the mean of -log of the probability of the true class; BrierScore is the mean of the squared differences of the
/// probabilities from what was true, summed over the classes, from 0 to 2. Smaller is better for all three. mclust prints half of this Brier score.
/// </para>
/// <para>
/// With several repetitions each figure has a standard error, which says how far it depends on how the rows were dealt; it does not say how far other rows would
/// change it. Confusion has a row for each class and each class predicted, with the mean number of rows over the repetitions.
/// </para>
/// </remarks>
/// <example>
/// <para>How often is the species of an iris got wrong?</para>
/// <code>
/// Measure-MixtureClassifier class -Path ./src/Examples/iris.csv -RepetitionCount 3
/// </code>
/// <para>More often than for the flowers that it was learned from. The same seed deals the rows in the same way.</para>
/// </example>
/// <example>
/// <para>Which are taken for which</para>
/// <code>
/// $report = Import-Csv ./src/Examples/iris.csv | Measure-MixtureClassifier class -CovarianceModel EEE -FoldCount 5
/// $report.Confusion | Where-Object Count -gt 0
/// </code>
/// <para>A few versicolor and virginica are taken for each other. The rows can be saved with Export-Csv.</para>
/// </example>
/// <example>
/// <para>Discriminant analysis, linear and quadratic, and naive Bayes</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/iris.csv
/// foreach ($model in 'EEE', 'VVV', 'VVI') {
///     $rows | Measure-MixtureClassifier class -CovarianceModel $model | Select-Object @{ n = 'Model'; e = { $model } }, Error, LogLoss, BrierScore
/// }
/// </code>
/// <para>All of them are mixtures with one component for each class, and covariance matrices that share more or less.</para>
/// </example>
/// <seealso cref="NewMixtureClassifierCommand"/>
/// <seealso cref="GetMixtureClassCommand"/>
[Cmdlet(VerbsDiagnostic.Measure, "MixtureClassifier", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(CrossValidationReport), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class MeasureMixtureClassifierCommand : ClassCommand
{
    /// <summary>Number of parts that the rows are dealt into, at least 2; no class may have fewer rows. Default 10.</summary>
    [Parameter(HelpMessage = "Number of parts that the rows are dealt into, at least 2.")]
    [ValidateRange(2, int.MaxValue)]
    public int FoldCount { get; set; } = 10;

    /// <summary>How often the rows are dealt anew. Default 1; with more, figures have standard errors.</summary>
    [Parameter(HelpMessage = "How often the rows are dealt anew.")]
    [ValidateRange(1, int.MaxValue)]
    public int RepetitionCount { get; set; } = 1;

    /// <summary>Seed of the dealing and of the starts. Default 0: the same rows always give the same figures.</summary>
    [Parameter(HelpMessage = "Seed of the dealing and of the starts.")]
    public ulong Seed { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        ClassifiedRows rows = TakeClasses();
        CrossValidationOptions options = new()
        {
            FoldCount = FoldCount,
            RepetitionCount = RepetitionCount,
            Seed = Seed,
            Classifier = CreateOptions(rows.Rows.Property.Count, Seed),
        };
        WriteObject(BackgroundWork.Run(
            () => new CrossValidation(options, NoteDone).Run(rows, StopToken), () => ReportDone("folds"), StopToken));
    }
}
