using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Comparison;
using GmmTools.Mixtures;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>
/// Compares two mixtures: components are matched so that the sum of their Hellinger distances is least, and each parameter of the
/// one stands beside that of the other. Components without a match come last, with nothing on the other side.
/// </summary>
[Cmdlet(VerbsData.Compare, "GaussianMixture")]
[OutputType(typeof(ParameterDifference))]
public sealed class CompareGaussianMixtureCommand : MixtureCommand
{
    private GaussianMixture? _reference;

    /// <summary>The mixture that is held to be true, or a fit.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "The mixture that is held to be true.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? ReferenceModel { get; set; }

    /// <summary>The mixture that is compared with it, or a fit. Its columns are found by name when it has the same ones.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, HelpMessage = "The mixture that is compared with it.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? DifferenceModel { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => _reference = ModelArgument.Resolve(ReferenceModel, nameof(ReferenceModel));

    /// <inheritdoc/>
    private protected override void Process()
    {
        GaussianMixture difference = ModelArgument.Resolve(DifferenceModel, nameof(DifferenceModel));
        if (!ColumnOrder.SameNames(_reference!.Property, difference.Property) && difference.Dimension == _reference.Dimension)
        {
            WriteWarning(
                $"The mixtures have columns of different names; they are compared in order: {string.Join(", ", _reference.Property)} with {string.Join(", ", difference.Property)}.");
        }

        MixtureComparison comparison = MixtureComparison.Compare(_reference, ColumnOrder.Arrange(difference, _reference.Property));
        foreach (ComponentPair pair in comparison.Pairs)
        {
            WriteObject(Rows(pair, _reference.Property), enumerateCollection: true);
        }
    }

    private static IEnumerable<ParameterDifference> Rows(ComponentPair pair, IReadOnlyList<string> property)
    {
        int[] columns = [.. Enumerable.Range(0, property.Count)];
        yield return Row(pair, "Weight", pair.Reference?.Weight, pair.Difference?.Weight);
        foreach (int i in columns)
        {
            yield return Row(pair, $"Mean {property[i]}", pair.Reference?.Mean[i], pair.Difference?.Mean[i]);
        }

        foreach (int i in columns)
        {
            foreach (int j in columns.Skip(i))
            {
                string name = $"Covariance {property[i]}, {property[j]}";
                yield return Row(pair, name, pair.Reference?.Covariance[i, j], pair.Difference?.Covariance[i, j]);
            }
        }
    }

    private static ParameterDifference Row(ComponentPair pair, string parameter, double? reference, double? difference)
    {
        double? distance = double.IsNaN(pair.Distance) ? null : pair.Distance;
        return new ParameterDifference(pair.Reference?.Component, pair.Difference?.Component, distance, parameter)
        {
            Reference = reference,
            Difference = difference,
        };
    }
}
