using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Binding.Models;

/// <summary>The models of several groups of rows, as Invoke-EmFit -GroupProperty gives them: each is for the rows of its group.</summary>
internal sealed class GroupedModels
{
    private readonly HashSet<RowGroup> _seen = [];
    private readonly Dictionary<RowGroup, GaussianMixture> _mixtures = [];
    private readonly List<RowGroup> _groups = [];

    private GroupedModels(IReadOnlyList<string> columns) => Columns = columns;

    /// <summary>Names of the columns by which the rows are grouped.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The groups that have a model, in the order given.</summary>
    public IReadOnlyList<RowGroup> Groups => _groups;

    /// <summary>The model of a group.</summary>
    /// <param name="group">One of <see cref="Groups"/>.</param>
    public GaussianMixture this[RowGroup group] => _mixtures[group];

    /// <summary>The models of groups in what was given; null where it is something else.</summary>
    /// <param name="model">A fit of a group, a list of them, or copies that came back from a file or a job.</param>
    /// <param name="parameter">The parameter, for messages.</param>
    /// <exception cref="CommandException">They do not go together (DifferentGroups, SeveralModels), or none could be fitted (NotFitted).</exception>
    public static GroupedModels? TryRead(PSObject? model, string parameter = "Model")
    {
        PSObject[] items = [.. FitArgument.Enumerate(model)];
        RowGroup?[] groups = [.. items.Select(GroupOf)];
        if (groups.FirstOrDefault(group => group is not null) is not RowGroup first)
        {
            return null;
        }

        GroupedModels models = new(first.Names);
        for (int i = 0; i < items.Length; i++)
        {
            models.Add(items[i], groups[i], first, parameter);
        }

        if (models.Groups.Count == 0)
        {
            // says why the first one is none
            ModelArgument.Resolve(items[0], parameter);
        }

        return models;
    }

    /// <summary>Refuses the fit of a group, for a command that takes one model and rows of any group.</summary>
    /// <param name="model">What was given.</param>
    /// <param name="verb">What the command does with rows.</param>
    /// <param name="command">Its name.</param>
    /// <exception cref="CommandException">It is the fit of a group (GroupsNotSupported).</exception>
    public static void Refuse(PSObject model, string verb, string command)
    {
        if (GroupOf(model) is not null)
        {
            throw new CommandException(
                "GroupsNotSupported",
                $"-Model gives the fit of a group of rows. {verb} the rows of the group with its mixture, as in $rows | Where-Object host -eq 'a' | {command} $fit.Mixture -BaselineRowCount $fit.RowCount.");
        }
    }

    /// <summary>The group of a fit or of a copy of one; null where it has none.</summary>
    /// <param name="fit">What was given.</param>
    public static RowGroup? GroupOf(PSObject fit)
    {
        if (fit.BaseObject is IFitOutcome outcome)
        {
            return outcome.Group;
        }

        if (fit.Properties["Group"]?.Value is not object value)
        {
            return null;
        }

        PSObject group = PSObject.AsPSObject(value);
        string[] names = Texts(group, nameof(RowGroup.Names));
        string[] values = Texts(group, nameof(RowGroup.Values));
        return names.Length > 0 && names.Length == values.Length ? new RowGroup(names, values) : null;
    }

    /// <summary>Says that groups of rows have no model.</summary>
    /// <param name="rowCount">Rows in these groups.</param>
    /// <param name="total">Rows in all groups.</param>
    /// <param name="groups">The groups without a model.</param>
    public static string DescribeUnknown(long rowCount, long total, IReadOnlyCollection<RowGroup> groups) => FormattableString.Invariant(
        $"{rowCount} of {Counted.Of(total, "row")} {(rowCount == 1 ? "belongs" : "belong")} to {Counted.Of(groups.Count, "group")} without a model and {(rowCount == 1 ? "was" : "were")} not scored, such as {groups.First()}. To score all rows by one model, pass its mixture, as in $fit.Mixture.");

    private static string[] Texts(PSObject bag, string property) => bag.Properties[property]?.Value is object list
        ? [.. LanguagePrimitives.GetEnumerable(list)?.Cast<object?>().Select(item => item?.ToString() ?? string.Empty) ?? [list.ToString()!]]
        : [];

    private void Add(PSObject item, RowGroup? group, RowGroup first, string parameter)
    {
        if (group is null || !group.Names.SequenceEqual(first.Names, StringComparer.OrdinalIgnoreCase))
        {
            throw new CommandException(
                "DifferentGroups",
                $"-{parameter} takes one model, or fits of groups by the same columns, but one is of {first} and another of {group?.ToString() ?? "no group"}. Pass the fits of one call of Invoke-EmFit.",
                item);
        }

        if (!_seen.Add(group))
        {
            throw new CommandException(
                "SeveralModels",
                $"-{parameter} takes one model for each group, but there are several for {group}. Choose one for each, as in $fits | Select-MixtureFit.",
                item);
        }

        if (!IsFailure(item))
        {
            _mixtures[group] = Arrange(ModelArgument.Resolve(item, parameter), group, parameter);
            _groups.Add(group);
        }
    }

    private GaussianMixture Arrange(GaussianMixture mixture, RowGroup group, string parameter)
    {
        RowGroup? before = _groups.Count == 0 ? null : _groups[0];
        IReadOnlyList<string> property = before is null ? mixture.Property : _mixtures[before].Property;
        return ColumnOrder.SameNames(mixture.Property, property) ? ColumnOrder.Arrange(mixture, property) : throw new CommandException(
            "DifferentGroups",
            $"The fits of -{parameter} have different columns: {string.Join(", ", property)} for {before}, {string.Join(", ", mixture.Property)} for {group}. Pass the fits of one call of Invoke-EmFit.");
    }

    private static bool IsFailure(PSObject item) => item.BaseObject is FitFailure
        || (item.BaseObject is not EmFit && item.Properties["Failure"]?.Value is not null);
}
