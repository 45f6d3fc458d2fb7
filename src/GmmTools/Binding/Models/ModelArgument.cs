using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using GmmTools.Connectors.Cells;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Output;

namespace GmmTools.Binding.Models;

/// <summary>
/// What users give as a model: a mixture, a fit, or a copy of either that came back from a file or a job. This is done in the
/// commands and not by an argument transformation, because the engine puts its own error id over whatever a transformation says.
/// </summary>
internal static class ModelArgument
{
    private static readonly string[] ModelProperties = ["Mixture", "Components", "Failure"];

    /// <summary>The mixture of a model.</summary>
    /// <param name="model">What the user gave.</param>
    /// <param name="parameter">The parameter, for messages.</param>
    /// <param name="beside">Whether rows are given beside the model, which may have been given in its place.</param>
    /// <exception cref="CommandException">There is no model, or it is something else.</exception>
    public static GaussianMixture Resolve(PSObject? model, string parameter = "Model", bool beside = false)
    {
        switch (model?.BaseObject)
        {
            case null:
                throw NoModel(parameter, null);
            case GaussianMixture mixture:
                return mixture;
            case ModelFileFailure file:
                ExceptionDispatchInfo.Capture(file.Exception).Throw();
                throw file.Exception;
            case FitFailure failed:
                throw NotFitted(failed.CovarianceModel.Name(failed.Property.Count), failed.ComponentCount, failed.Failure, failed);
            case EmFit fit:
                return fit.Mixture;
            case IList list:
                return ResolveOnly(list, parameter, beside);
            default:
                return ResolveCopy(model!, parameter, beside);
        }
    }

    private static GaussianMixture ResolveOnly(IList list, string parameter, bool beside) => list.Count switch
    {
        0 => throw NoModel(parameter, list),
        1 => Resolve(list[0] is null ? null : PSObject.AsPSObject(list[0]), parameter, beside),
        _ when list[0] is null || !IsModel(PSObject.AsPSObject(list[0])) => throw NotAModel(
            FormattableString.Invariant($"a list of {list.Count} other objects"), parameter, beside, list),
        _ => throw new CommandException(
            "SeveralModels",
            FormattableString.Invariant($"-{parameter} takes one model, but {list.Count} were given. Choose one, as in $fits[0]."),
            list),
    };

    private static GaussianMixture ResolveCopy(PSObject model, string parameter, bool beside)
    {
        if (model.Properties["Mixture"]?.Value is object inner)
        {
            return Resolve(PSObject.AsPSObject(inner), parameter, beside);
        }

        if (model.Properties["Failure"]?.Value is object failure)
        {
            throw NotFitted(NumberCells.Model(MixtureCopy.ReadCovarianceModel(model).ToString(), Bare.Of(model.Properties["Property"]?.Value))!, model.Properties["ComponentCount"]?.Value, failure, model);
        }

        return model.Properties["Components"]?.Value is object
            ? MixtureCopy.Read(model)
            : throw NotAModel(
                beside && model.BaseObject is string text ? $"the text {CellText.Quote(text)}" : $"a {TypeName(model)}", parameter, beside, model);
    }

    /// <summary>Whether an object is a model or a copy of one.</summary>
    /// <param name="model">The object.</param>
    public static bool IsModel(PSObject model) => model.BaseObject is GaussianMixture or IFitOutcome
        || Array.Exists(ModelProperties, name => model.Properties[name] is not null);

    private static CommandException NotAModel(string what, string parameter, bool beside, object target)
    {
        string rows = !beside ? string.Empty
            : " Rows are piped and the mixture is given, as in $rows | ... -Model $fit."
                + (target is PSObject { BaseObject: string } ? " A file of rows is named with -Path; a saved mixture is read with Import-GaussianMixture." : string.Empty);
        return new CommandException(
            "NotAModel",
            $"-{parameter} takes a mixture or a fit, but this is {what}.{rows} Make one with New-GaussianMixture or Invoke-EmFit; rows of Get-MixtureComponent become a mixture again with New-GaussianMixture.",
            target);
    }

    private static CommandException NotFitted(string model, object? componentCount, object failure, object target) => new(
        "NotFitted",
        FormattableString.Invariant($"This combination, {model} with {componentCount} {Counted.Name(Convert.ToInt64(componentCount, CultureInfo.InvariantCulture), "component")}, could not be fitted, so there is no mixture: {failure} Choose another, as in $fits | Select-MixtureFit."),
        target);

    private static CommandException NoModel(string parameter, object? target) => new(
        "NoModel",
        $"-{parameter} is empty: there is no model. Make one with New-GaussianMixture or Invoke-EmFit, and check the spelling of the variable.",
        target);

    private static string TypeName(PSObject model) => model.TypeNames.Count > 0 ? model.TypeNames[0] : model.BaseObject.GetType().FullName!;
}
