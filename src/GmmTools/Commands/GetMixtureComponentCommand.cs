using System;
using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Binding.Models;
using GmmTools.Binding.Scorings;
using GmmTools.Commands.Internal;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>Gets one flat row per component of a mixture, ready for Export-Csv; New-GaussianMixture reads them back without loss.</summary>
/// <remarks>
/// <para>
/// A row has the columns Component, Weight, Mean_a for each column a of the mixture, and Covariance_a_b for each pair of columns: the upper
/// triangle of the covariance matrix, row by row. Components are numbered from 1 by decreasing weight. Noise (Invoke-EmFit -Noise) is no row: the
/// weights then sum to 1 less its own, and New-GaussianMixture says so. The rows of a fit of Invoke-EmFit -GroupProperty begin with the columns of its
/// group.
/// </para>
/// <para>
/// Numbers keep all their digits, in every version of PowerShell: as text they read back exactly. Export-Csv writes them in the culture of the shell:
/// if it writes 0,5 for a half, New-GaussianMixture needs -Culture to read the file.
/// </para>
/// <para>
/// Components with Student tails (Invoke-EmFit -Tail Student) have the column DegreesOfFreedom as well, and their scale matrix in the place of the
/// covariance matrix.
/// </para>
/// </remarks>
/// <example>
/// <para>The parameters of a fit as a table</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// $fit | Get-MixtureComponent | Format-List
/// </code>
/// <para>Old Faithful has long eruptions after long waits (component 1) and short ones after short waits.</para>
/// </example>
/// <example>
/// <para>To a file and back</para>
/// <code>
/// $fit = Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2
/// $fit | Get-MixtureComponent | Export-Csv components.csv
/// $again = Import-Csv components.csv | New-GaussianMixture -Culture ([cultureinfo]::CurrentCulture)
/// $again.Components
/// </code>
/// <para>Export-Csv writes numbers in the culture of the shell, and -Culture reads them. The mixture is the same.</para>
/// <code>
///   # Weight Mean ± standard deviation
///   - ------ -------------------------
///   1 0.6441 4.2897 ± 0.4123, 79.968 ± 6.004
///   2 0.3559 2.0364 ± 0.263, 54.479 ± 5.805
/// </code>
/// </example>
/// <example>
/// <para>Standard deviations and correlation of each component</para>
/// <code>
/// Import-Csv ./src/Examples/faithful.csv | Invoke-EmFit -ComponentCount 2 | Get-MixtureComponent | ForEach-Object {
///     $deviation = [math]::Sqrt($_.Covariance_eruptions_eruptions), [math]::Sqrt($_.Covariance_waiting_waiting)
///     [pscustomobject]@{
///         Component   = $_.Component
///         Eruptions   = $deviation[0]
///         Waiting     = $deviation[1]
///         Correlation = $_.Covariance_eruptions_waiting / ($deviation[0] * $deviation[1])
///     }
/// }
/// </code>
/// <para>The cells are numbers, so you can calculate with them.</para>
/// </example>
/// <seealso cref="NewGaussianMixtureCommand"/>
/// <seealso cref="CompareGaussianMixtureCommand"/>
[Cmdlet(VerbsCommon.Get, "MixtureComponent", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PSCustomObject))]
public sealed class GetMixtureComponentCommand : MixtureCommand
{
    /// <summary>Type names of the rows, for views.</summary>
    private const string RowTypeName = "GmmTools.MixtureComponent";
    private const string GroupRowTypeName = "GmmTools.ComponentOfGroup";

    /// <summary>The mixture, a fit, or the path of its JSON file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    [ModelFromFile]
    [ArgumentCompleter(typeof(ModelCompleter))]
    public PSObject? Model { get; set; }

    private readonly List<RowGroup> _failed = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (Model?.BaseObject is FitFailure { Group: RowGroup failed })
        {
            // a group that could not be fitted does not stop the others
            _failed.Add(failed);
            return;
        }

        GaussianMixture mixture = ModelArgument.Resolve(Model);
        RowGroup? group = FindGroup();
        ComponentColumns columns = new(mixture.Property);
        List<string> names = Names(columns, mixture);
        ScoreStream.CheckClash(names, group?.Names ?? [], "Give them other names in -GroupProperty, as in @{ n = 'host'; e = { $_.name } }.");
        RowTemplate template = new([.. group?.Names ?? [], .. names]);
        foreach (GaussianComponent component in mixture.Components)
        {
            PSObject row = template.Create([.. group?.Values ?? [], .. Values(component, mixture.ComponentClasses is not null)]);
            row.TypeNames.Insert(0, group is null ? RowTypeName : GroupRowTypeName);
            WriteObject(row);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_failed.Count > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"{Counted.Of(_failed.Count, "group")} could not be fitted and {(_failed.Count == 1 ? "has" : "have")} no components, such as {_failed[0]}; the property Failure says why."));
        }
    }

    private RowGroup? FindGroup()
    {
        PSObject[] models = [.. FitArgument.Enumerate(Model)];
        return models.Length == 1 ? GroupedModels.GroupOf(models[0]) : null;
    }

    private static List<string> Names(ComponentColumns columns, GaussianMixture mixture)
    {
        string[] classes = mixture.ComponentClasses is null ? [] : [ComponentColumns.Class];
        List<string> names = [ComponentColumns.Component, .. classes, ComponentColumns.Weight, .. columns.Means];
        for (int i = 0; i < columns.Property.Count; i++)
        {
            for (int j = i; j < columns.Property.Count; j++)
            {
                names.Add(columns.Covariances[i, j]);
            }
        }

        if (mixture.Tail == Tail.Student)
        {
            names.Add(ComponentColumns.DegreesOfFreedom);
        }

        return names;
    }

    private static object?[] Values(GaussianComponent component, bool hasClass)
    {
        List<object?> values = [component.Component, .. hasClass ? [component.Class] : Array.Empty<object?>(), RoundTripNumber.Create(component.Weight)];
        foreach (double mean in component.Mean)
        {
            values.Add(RoundTripNumber.Create(mean));
        }

        for (int i = 0; i < component.Mean.Length; i++)
        {
            for (int j = i; j < component.Mean.Length; j++)
            {
                values.Add(RoundTripNumber.Create(component.Covariance[i, j]));
            }
        }

        if (component.DegreesOfFreedom is double degrees)
        {
            values.Add(RoundTripNumber.Create(degrees));
        }

        return [.. values];
    }
}
