using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Classification;
using GmmTools.Commands.Internal;

namespace GmmTools.Commands.Classification;

/// <summary>Learns to tell classes from rows whose classes are known, by a mixture for each class.</summary>
/// <remarks>
/// <para>
/// -Class names the column that holds the classes; the other numeric columns tell them apart. Each class is described by normal components, and a new row most
/// probably belongs to the class for which prior probability times density is largest: Get-MixtureClass says which. Without -ComponentCount, each class has one
/// component, and all classes obey one covariance model, which BIC chooses among the fourteen (EDDA: Bensmail and Celeux 1996). With -ComponentCount (1..5) each
/// class has a mixture of its own, whose number of components and covariance model BIC chooses for it (MclustDA: Fraley and Raftery 2002).
/// </para>
/// <para>
/// LogLikelihood is that of the rows and their classes, which learning maximises. MarginalLogLikelihood is that of the rows alone, the number that mclust prints.
/// ParameterCount counts prior probabilities that are taken from the rows, which mclust does not. TrainingError is the share of these rows whose class it gets
/// wrong; rows that it has not seen are got wrong more often, and Measure-MixtureClassifier says how often.
/// </para>
/// <para>
/// Rows with missing values are an error unless -MissingValue says what to do; with Marginalize they teach what they have. The rows must be in memory or in files:
/// rows in databases are not supported. See about_MixtureClassification.
/// </para>
/// </remarks>
/// <example>
/// <para>Three species of iris</para>
/// <code>
/// $classifier = New-MixtureClassifier class -Path ./src/Examples/iris.csv
/// $classifier
/// </code>
/// <para>Of the fourteen covariance models, BIC chooses VEV; three of the 150 flowers are got wrong.</para>
/// </example>
/// <example>
/// <para>The classes</para>
/// <code>
/// $classifier = Import-Csv ./src/Examples/iris.csv | New-MixtureClassifier class Petal_Length, Petal_Width -CovarianceModel EEE
/// $classifier.Classes
/// </code>
/// <para>With EEE this is linear discriminant analysis. Each class has its name, its prior probability and its mixture.</para>
/// </example>
/// <example>
/// <para>Classes that are not one cluster each, and prior probabilities</para>
/// <code>
/// $rows = Import-Csv ./src/Examples/faithful.csv | ForEach-Object {
///     [pscustomobject]@{ eruptions = $_.eruptions; waiting = $_.waiting; long = [double]$_.waiting -gt 70 }
/// }
/// $classifier = $rows | New-MixtureClassifier long eruptions -ComponentCount 1, 2 -Prior @{ true = 2; false = 1 }
/// $classifier.Classes | Format-Table Name, Prior, ComponentCount
/// </code>
/// <para>Prior probabilities are divided by their sum.</para>
/// </example>
/// <seealso cref="GetMixtureClassCommand"/>
/// <seealso cref="MeasureMixtureClassifierCommand"/>
[Cmdlet(VerbsCommon.New, "MixtureClassifier", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Page)]
[OutputType(typeof(MixtureClassifier), ParameterSetName = [InputObjectSet, PathSet, LiteralPathSet])]
public sealed class NewMixtureClassifierCommand : ClassCommand
{
    /// <summary>Seed of the starts. Default 0: the same rows always give the same classifier.</summary>
    [Parameter(HelpMessage = "Seed of the starts.")]
    public ulong Seed { get; set; }

    /// <inheritdoc/>
    private protected override void End()
    {
        ClassifiedRows rows = TakeClasses();
        ClassifierOptions options = CreateOptions(rows.Rows.Property.Count, Seed);
        MixtureClassifier classifier = BackgroundWork.Run(
            () => new ClassifierEstimator(options, NoteDone).Fit(rows, StopToken), () => ReportDone("classes"), StopToken);
        foreach (string warning in classifier.Warnings)
        {
            WriteWarning(warning);
        }

        classifier.ClassProperty = ClassName;
        WriteObject(classifier);
    }
}
