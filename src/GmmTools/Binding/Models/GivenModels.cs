using System.Collections.Generic;
using System.Management.Automation;

namespace GmmTools.Binding.Models;

/// <summary>The models that a command was given for its rows: by argument, or by pipe one after the other.</summary>
internal sealed class GivenModels
{
    private readonly List<PSObject> _piped = [];

    /// <summary>Takes a model that was piped.</summary>
    /// <param name="model">The model; null when the pipeline held a null.</param>
    /// <returns>Whether it goes together with those before it: only models of groups do.</returns>
    public bool TryAdd(PSObject? model)
    {
        bool fits = _piped.TrueForAll(before => GroupedModels.GroupOf(before) is not null);
        _piped.Add(model ?? new PSObject());
        return fits;
    }

    /// <summary>The models, where each is for the rows of a group; else null.</summary>
    /// <param name="given">The argument, or the model that was piped last.</param>
    /// <param name="inDatabase">Whether the rows are in a database, where they are not grouped.</param>
    /// <exception cref="CommandException">The models do not go together, or the rows are not grouped (GroupsNotSupported).</exception>
    public GroupedModels? FindGroups(PSObject? given, bool inDatabase)
    {
        GroupedModels? groups = GroupedModels.TryRead(_piped.Count > 1 ? PSObject.AsPSObject(_piped.ToArray()) : given);
        return groups is null || !inDatabase ? groups : throw new CommandException(
            "GroupsNotSupported",
            $"The model is that of a group, {groups.Groups[0]}, but rows of a database are not grouped. Select the rows of the group with -Query, and pass its mixture, as in $fit.Mixture.");
    }
}
