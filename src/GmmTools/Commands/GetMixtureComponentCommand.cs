using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Mixtures;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>
/// Gives one flat row per component: Component, Weight, Mean_a for each column a, and Covariance_a_b for each pair of columns (the
/// upper triangle, row by row). New-GaussianMixture makes the mixture again, without loss, also by way of Export-Csv.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MixtureComponent")]
[OutputType(typeof(PSCustomObject))]
public sealed class GetMixtureComponentCommand : MixtureCommand
{
    /// <summary>Type name of the rows, for views.</summary>
    private const string RowTypeName = "GmmTools.MixtureComponent";

    /// <summary>The mixture, or a fit.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, HelpMessage = "A mixture or a fit.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? Model { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        GaussianMixture mixture = ModelArgument.Resolve(Model);
        ComponentColumns columns = new(mixture.Property);
        RowTemplate template = new(Names(columns));
        foreach (GaussianComponent component in mixture.Components)
        {
            PSObject row = template.Create(Values(component));
            row.TypeNames.Insert(0, RowTypeName);
            WriteObject(row);
        }
    }

    private static List<string> Names(ComponentColumns columns)
    {
        List<string> names = [ComponentColumns.Component, ComponentColumns.Weight, .. columns.Means];
        for (int i = 0; i < columns.Property.Count; i++)
        {
            for (int j = i; j < columns.Property.Count; j++)
            {
                names.Add(columns.Covariances[i, j]);
            }
        }

        return names;
    }

    private static object?[] Values(GaussianComponent component)
    {
        List<object?> values = [component.Component, RoundTripNumber.Create(component.Weight)];
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

        return [.. values];
    }
}
