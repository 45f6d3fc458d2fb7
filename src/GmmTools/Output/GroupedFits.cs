using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Estimation;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Output;

/// <summary>Fits of groups of rows, as they are written.</summary>
internal static class GroupedFits
{
    /// <summary>Type name of fits of groups, for views.</summary>
    private const string TypeName = "GmmTools.FitOfGroup";

    /// <summary>An outcome with a property for each column of its group, by which scripts filter and sort.</summary>
    /// <param name="outcome">The outcome.</param>
    public static PSObject Wrap(IFitOutcome outcome)
    {
        PSObject wrapped = Describe(outcome.Group!, outcome);
        wrapped.TypeNames.Insert(0, TypeName);
        return wrapped;
    }

    /// <summary>A result with a property for each column of the group that it belongs to.</summary>
    /// <param name="group">The group.</param>
    /// <param name="result">The result.</param>
    public static PSObject Describe(RowGroup group, object result)
    {
        PSObject wrapped = PSObject.AsPSObject(result);
        for (int i = 0; i < group.Names.Count; i++)
        {
            // a column that is called as a property of the fit does not hide it; Group has it all the same
            if (wrapped.Members[group.Names[i]] is null)
            {
                wrapped.Properties.Add(new PSNoteProperty(group.Names[i], group.Values[i]));
            }
        }

        return wrapped;
    }

    /// <summary>The best of a group's fits by BIC, or a failure where none could be fitted.</summary>
    /// <param name="outcomes">The outcomes of one group.</param>
    public static IFitOutcome ChooseBest(IReadOnlyList<IFitOutcome> outcomes) => outcomes.All(outcome => outcome is FitFailure)
        ? outcomes[0]
        : outcomes[FitSelection.Choose([.. outcomes.Select(FitCandidate.From)], SelectionCriterion.Bic).Ranked[0]];
}
