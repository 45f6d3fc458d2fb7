using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Classification;
using GmmTools.Binding.Models;
using GmmTools.Binding.Scorings;
using GmmTools.Classification;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Mixtures;
using GmmTools.Outliers;

namespace GmmTools.Commands.Classification;

/// <summary>Gets the most probable class of each row, and the probabilities of all classes.</summary>
/// <remarks>
/// <para>Each row is returned, as it comes and in the same order, as a new object: with all its columns, its most probable class (Class), the probability of that
/// class (Probability), and the probability of each class in a column of its own, Probability_a, ..., which sum to 1. -Prefix names these columns
/// differently, for rows that have such columns already.</para>
/// <para>The probabilities compare the known classes with each other: a row that is far from all of them still gets the nearest, often with a probability close to 1.
/// With -FalseAlarmRate, a row that is improbable under its most probable class has none: Class is empty, NearestClass says which it would have been, and
/// TailProbability how often rows of that class are as improbable. Of the rows of a known class, a share of -FalseAlarmRate is taken for none of these. The level
/// is exact for classes of one component, else it is found by sampling.</para>
/// <para>With -MissingValue Marginalize, rows with missing values are judged by what they have.</para>
/// </remarks>
/// <example>
/// <para>The species of three flowers</para>
/// <code>
/// $classifier = New-MixtureClassifier class -Path ./src/Examples/iris.csv
/// $flower = [pscustomobject]@{ Sepal_Length = 6; Sepal_Width = 2.7; Petal_Length = 5.1; Petal_Width = 1.6 }
/// $flower | Get-MixtureClass $classifier | Format-List Class, Prob*
/// </code>
/// <para>It may be either of two.</para>
/// </example>
/// <example>
/// <para>Rows that have a column of the same name, and which are got wrong</para>
/// <code>
/// $classifier = New-MixtureClassifier class -Path ./src/Examples/iris.csv
/// Import-Csv ./src/Examples/iris.csv | Get-MixtureClass $classifier -Prefix Predicted |
///     Where-Object { $_.PredictedClass -ne $_.class } | Format-Table class, Predicted*
/// </code>
/// <para>-Prefix names the added columns differently.</para>
/// </example>
/// <example>
/// <para>None of these</para>
/// <code>
/// $known = Import-Csv ./src/Examples/iris.csv | Where-Object class -ne setosa
/// $known | New-MixtureClassifier class | Export-GaussianMixture -Path iris-classes.json
/// Get-MixtureClass iris-classes.json -Path ./src/Examples/iris.csv -FalseAlarmRate 0.01 -IncludeProperty class -Prefix Given |
///     Group-Object class, GivenClass | Format-Table Name, Count
/// </code>
/// <para>A classifier that never saw setosa says that it knows none of them, which -Prefix tells from the column of the file.</para>
/// </example>
/// <seealso cref="NewMixtureClassifierCommand"/>
/// <seealso cref="MeasureMixtureClassifierCommand"/>
[Cmdlet(VerbsCommon.Get, "MixtureClass", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PSCustomObject), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class GetMixtureClassCommand : ScoringCommand
{
    /// <summary>The classifier, or the path of its JSON file. Its columns are found by name in the rows; in rows without names, they are in its
    /// order.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = InputObjectSet, HelpMessage = "A classifier of New-MixtureClassifier.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, HelpMessage = "A classifier of New-MixtureClassifier.")]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = LiteralPathSet, ValueFromPipeline = true, HelpMessage = "A classifier of New-MixtureClassifier.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    /// <summary>How often a row of a known class may be taken for one of none of the classes, above 0 and below 1, such as 0.001. Default: every row is given
    /// the most probable class.</summary>
    [Parameter(HelpMessage = "How often a row of a known class may be taken for one of none of the classes, above 0 and below 1.")]
    public double? FalseAlarmRate { get; set; }

    /// <summary>Number of rows drawn to find the level of a class of several components, at least 1000.</summary>
    [Parameter(HelpMessage = "Number of rows drawn to find the level of a class of several components.")]
    public int SampleCount { get; set; } = 100_000;

    /// <summary>Seed of this sampling. Default: 1.</summary>
    [Parameter(HelpMessage = "Seed of this sampling.")]
    public ulong Seed { get; set; } = 1;

    /// <summary>Prefix for the names of the added columns, for rows that already have columns with these names.</summary>
    [Parameter(HelpMessage = "Prefix for the names of the added columns, for rows that already have columns with these names.")]
    public string Prefix { get; set; } = string.Empty;

    /// <inheritdoc/>
    private protected override PSObject? GivenModel => Model;

    /// <inheritdoc/>
    private protected override string GivenPrefix => Prefix;

    /// <inheritdoc/>
    private protected override RowScoring CreateScoring(PSObject? model)
    {
        MixtureClassifier classifier = ClassifierArgument.Resolve(model);
        UnknownClassDetector? detector = FalseAlarmRate is not double rate ? null : BackgroundWork.Run(
            () => new UnknownClassDetector(classifier, new OutlierOptions { FalseAlarmRate = rate, SampleCount = SampleCount, Seed = Seed, ThreadCount = ThrottleLimit }, StopToken),
            () => Progress.Report(() => "finding the levels"),
            StopToken);
        return new ClassScoring(classifier, detector);
    }

    /// <inheritdoc/>
    private protected override RowScoring CreateScoring(GaussianMixture mixture) => CreateScoring(PSObject.AsPSObject(mixture));
}
