using System.Collections;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using GmmTools.Binding.Models;
using GmmTools.Classification;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding.Classification;

/// <summary>What users give as a classifier.</summary>
internal static class ClassifierArgument
{
    /// <summary>The classifier.</summary>
    /// <param name="model">What the user gave.</param>
    /// <exception cref="CommandException">There is none (NoModel), there are several (SeveralModels), or it is something else (NotAClassifier).</exception>
    public static MixtureClassifier Resolve(PSObject? model)
    {
        switch (model?.BaseObject)
        {
            case null:
                throw new CommandException(
                    "NoModel", "-Model is empty: there is no classifier. Make one with New-MixtureClassifier, and check the spelling of the variable.");
            case MixtureClassifier classifier:
                return classifier;
            case ModelFileFailure file:
                ExceptionDispatchInfo.Capture(file.Exception).Throw();
                throw file.Exception;
            case IList { Count: 1 } list:
                return Resolve(list[0] is null ? null : PSObject.AsPSObject(list[0]));
            case IList { Count: > 1 } list when list[0] is not null && PSObject.AsPSObject(list[0]).BaseObject is MixtureClassifier:
                throw new CommandException(
                    "SeveralModels", System.FormattableString.Invariant($"-Model takes one classifier, but {list.Count} were given. Choose one, as in $classifiers[0]."), list);
            default:
                throw NotAClassifier(model!);
        }
    }

    private static CommandException NotAClassifier(PSObject model) => new(
        "NotAClassifier",
        $"-Model takes a classifier, but this is {(model.BaseObject is string text ? $"the text {CellText.Quote(text)}" : $"a {model.TypeNames[0]}")}. Make one with New-MixtureClassifier, or read one that Export-GaussianMixture saved.",
        model);
}
