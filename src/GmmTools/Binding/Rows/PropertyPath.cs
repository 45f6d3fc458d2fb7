using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding.Rows;

/// <summary>A path such as Took.TotalMilliseconds to a property of a property.</summary>
internal sealed class PropertyPath
{
    private readonly string[] _names;

    private PropertyPath(string[] names)
    {
        _names = names;
    }

    /// <summary>The path that a text is; null where it is none.</summary>
    /// <param name="text">The text.</param>
    public static PropertyPath? TryParse(string text)
    {
        string[] names = text.Split('.');
        return names.Length > 1 && Array.TrueForAll(names, name => name.Length > 0) && !WildcardPattern.ContainsWildcardCharacters(text)
            ? new PropertyPath(names)
            : null;
    }

    /// <summary>The path to one property.</summary>
    /// <param name="name">Its name.</param>
    public static PropertyPath Of(string name) => new([name]);

    /// <summary>Whether rows with these columns have the property that the path begins with.</summary>
    /// <param name="columns">Names of columns.</param>
    public bool BeginsIn(IEnumerable<string> columns) => columns.Contains(_names[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>What a row has at the end of the path; null where the path ends earlier.</summary>
    /// <param name="row">The row.</param>
    public object? Find(PSObject row)
    {
        object? value = row;
        for (int i = 0; i < _names.Length && value is not null; i++)
        {
            TryGet(value, _names[i], out value);
        }

        return value;
    }

    /// <summary>Complains where a row has a value on the way, but that not the next property.</summary>
    /// <param name="row">The first row.</param>
    /// <exception cref="CommandException">There is no such property (UnknownProperty).</exception>
    public void Check(PSObject row)
    {
        object? value = row;
        for (int i = 0; i < _names.Length && value is not null; i++)
        {
            object parent = value;
            if (!TryGet(parent, _names[i], out value))
            {
                throw Unknown(parent, i);
            }
        }
    }

    private CommandException Unknown(object parent, int place)
    {
        object bare = Bare.Of(parent)!;
        string[] nearest = NearestNames.Order(NamesOf(parent), _names[place]);
        string? meant = nearest.Length > 0 && NearestNames.IsPlausible(nearest[0], _names[place]) ? nearest[0] : null;
        string guess = meant is null ? string.Empty : $" Did you mean '{meant}'?";
        string what = bare is PSCustomObject ? "an object" : bare.GetType().Name;
        return new CommandException(
            "UnknownProperty",
            $"'{string.Join(".", _names)}': there is no property '{_names[place]}' in '{string.Join(".", _names.Take(place))}' ({what}).{guess}",
            string.Join(".", _names))
        { Suggestion = meant is null ? null : string.Join(".", [.. _names.Take(place), meant, .. _names.Skip(place + 1)]) };
    }

    private static IEnumerable<string> NamesOf(object value) => Bare.Of(value) switch
    {
        IDictionary dictionary => dictionary.Keys.Cast<object>().Select(key => key.ToString()!),
        _ => PSObject.AsPSObject(value).Properties.Select(property => property.Name),
    };

    private static bool TryGet(object value, string name, out object? found)
    {
        switch (Bare.Of(value))
        {
            case IDictionary dictionary when dictionary.Contains(name):
                found = dictionary[name];
                return true;
            case DataRowView view when view.Row.Table.Columns.Contains(name):
                found = view.Row[name];
                return true;
        }

        PSPropertyInfo? property = PSObject.AsPSObject(value).Properties[name];
        try
        {
            found = property?.Value;
        }
        catch (GetValueException)
        {
            // a property that cannot tell its value has none
            found = null;
        }

        return property is not null;
    }
}
