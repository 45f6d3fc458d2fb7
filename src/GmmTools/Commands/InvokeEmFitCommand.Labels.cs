using System;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Completion;
using GmmTools.Estimation.Known;

namespace GmmTools.Commands;

/// <content>Rows of which the class is known.</content>
public sealed partial class InvokeEmFitCommand
{
    private KnownColumn? _known;

    /// <summary>
    /// A column of labels that are known for some rows, such as the cause that somebody has found for a few outages; blanks are rows that may belong to any
    /// component. Rows with a label belong to the component of their class, and components are in the order of the classes, by number or by name, instead of
    /// by weight: the property ComponentClasses of the mixture says which is which. With more components than classes the others are free. It is
    /// not part of the rows that are fitted. Default for -ComponentCount: one for each class. With -GroupProperty the classes
    /// are those of all groups together. Not together with -Noise, -TrimFraction or -CollapsePolicy Drop,
    /// nor for rows in a database. See about_MixtureClassification.
    /// </summary>
    [Parameter(HelpMessage = "A column of labels that are known for some rows; blanks may belong to any component.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string? KnownComponent { get; set; }

    /// <summary>Number of components that each class of -KnownComponent has. Default 1.</summary>
    [Parameter(HelpMessage = "Number of components that each class of -KnownComponent has.")]
    [ValidateRange(1, int.MaxValue)]
    public int ComponentsPerClass { get; set; } = 1;

    /// <summary>The share of the labels of -KnownComponent that are wrong, at least 0 and below 1, such as 0.05: a row may then belong to another class than
    /// its label says if it fits there far better. Default 0.</summary>
    [Parameter(HelpMessage = "The share of the labels of -KnownComponent that are wrong.")]
    public double LabelErrorRate { get; set; }

    private KnownColumn? FindKnownColumn()
    {
        if (KnownComponent is null)
        {
            string? lonely = new[] { nameof(ComponentsPerClass), nameof(LabelErrorRate) }.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey);
            return lonely is null ? null : throw new CommandException(
                "KnownComponentMissing", $"-{lonely} was given, but no column of labels. Name it with -KnownComponent, or leave -{lonely} out.");
        }

        string? other = InitialComponent is not null ? nameof(InitialComponent)
            : InitialResponsibility is not null ? nameof(InitialResponsibility)
            : null;
        if (GroupProperty is not null && WildcardPattern.ContainsWildcardCharacters(KnownComponent))
        {
            throw new CommandException("AmbiguousKnownComponent", $"-KnownComponent {KnownComponent} is a wildcard. Name the column of labels.", KnownComponent);
        }

        return other is null ? new KnownColumn(KnownComponent, ComponentsPerClass, Culture) : throw new CommandException(
            "KnownComponentNotSupported",
            $"-KnownComponent cannot be combined with -{other}. Leave one of them out.");
    }

    /// <summary>What is known of the rows; before they are read, that something will be.</summary>
    private KnownComponents? BuildKnown() => _known?.Build(FindComponentCounts(_initial), LabelErrorRate);

    private void TellKnown()
    {
        if (BuildKnown() is not KnownComponents known)
        {
            return;
        }

        if (known.LabelledCount == 0)
        {
            WriteWarning($"No row has a label in column '{KnownComponent}', so the fit is that of the rows alone.");
            return;
        }

        string[] counts = [.. known.Classes.Select((name, c) => FormattableString.Invariant($"{name} {known.Labels.Count(label => label == c)}"))];
        WriteVerbose(FormattableString.Invariant($"{known.LabelledCount} of {Counted.Of(known.Labels.Count, "row")} have a label: {string.Join(", ", counts)}."));
    }
}
