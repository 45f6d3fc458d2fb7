using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Binding.Rows;

/// <summary>What users give as columns, as for Select-Object: names and wildcards, script blocks, and hashtables of a name and an
/// expression.</summary>
internal sealed class PropertyArgument
{
    private static readonly string[] NameKeys = ["name", "label"];
    private static readonly string[] ExpressionKeys = ["expression"];

    private PropertyArgument(string[]? names, CalculatedColumn[] calculated)
    {
        Names = names;
        Calculated = calculated;
    }

    /// <summary>Nothing was given.</summary>
    public static PropertyArgument None { get; } = new(null, []);

    /// <summary>Names and wildcards, in the order given, those of the calculated columns among them; null when nothing was given.</summary>
    public string[]? Names { get; }

    /// <summary>The columns that are calculated.</summary>
    public IReadOnlyList<CalculatedColumn> Calculated { get; }

    /// <summary>Reads the argument.</summary>
    /// <param name="given">What was given, or null.</param>
    /// <param name="usage">How the command is written, for errors.</param>
    /// <exception cref="CommandException">An item is none of these (InvalidProperty).</exception>
    public static PropertyArgument Read(object?[]? given, string usage)
    {
        if (given is null)
        {
            return None;
        }

        List<string> names = [];
        List<CalculatedColumn> calculated = [];
        foreach (object? item in Flatten(given))
        {
            switch (item)
            {
                case string { Length: > 0 } name:
                    names.Add(name);
                    break;
                case ScriptBlock script:
                    Add(new CalculatedColumn(script.ToString().Trim(), script));
                    break;
                case IDictionary definition:
                    Add(ReadDefinition(definition, usage));
                    break;
                case ValueType when item.GetType().IsPrimitive || item is decimal:
                    names.Add(Convert.ToString(item, CultureInfo.InvariantCulture)!);
                    break;
                default:
                    throw Invalid(item, usage);
            }
        }

        return new PropertyArgument([.. names], [.. calculated]);

        void Add(CalculatedColumn column)
        {
            names.Add(column.Name);
            calculated.Add(column);
        }
    }

    private static IEnumerable<object?> Flatten(IEnumerable items)
    {
        foreach (object? item in items)
        {
            object? bare = item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;
            if (bare is IList list)
            {
                foreach (object? inner in Flatten(list))
                {
                    yield return inner;
                }
            }
            else
            {
                yield return bare;
            }
        }
    }

    private static CalculatedColumn ReadDefinition(IDictionary definition, string usage)
    {
        object? name = null;
        object? expression = null;
        foreach (DictionaryEntry entry in definition)
        {
            string key = entry.Key.ToString()!;
            if (IsKey(key, NameKeys))
            {
                name = Bare.Of(entry.Value);
            }
            else if (IsKey(key, ExpressionKeys))
            {
                expression = Bare.Of(entry.Value);
            }
            else
            {
                throw InvalidDefinition(definition, usage);
            }
        }

        string? text = name is null ? null : Convert.ToString(name, CultureInfo.InvariantCulture);
        return expression switch
        {
            ScriptBlock script => new CalculatedColumn(text ?? script.ToString().Trim(), script),
            string { Length: > 0 } path => new CalculatedColumn(text ?? path, PropertyPath.TryParse(path) ?? PropertyPath.Of(path)),
            _ => throw InvalidDefinition(definition, usage),
        };
    }

    /// <summary>Whether a key is the beginning of one of the words, as Select-Object takes it.</summary>
    private static bool IsKey(string key, string[] words) =>
        key.Length > 0 && Array.Exists(words, word => word.StartsWith(key, StringComparison.OrdinalIgnoreCase));

    private static CommandException InvalidDefinition(IDictionary definition, string usage) => new(
        "InvalidProperty",
        $"-Property was given a hashtable with {Keys(definition)}. If it is a row, pipe the rows: $rows | {usage}. A calculated column has a name and an expression, as in @{{ n = 'ms'; e = {{ $_.Took.TotalMilliseconds }} }}.",
        definition);

    private static CommandException Invalid(object? item, string usage) => new(
        "InvalidProperty",
        item switch
        {
            null or string => "-Property was given an empty name. Check the spelling of the variable, or leave -Property out.",
            FileSystemInfo file => $"-Property was given a file, '{file.Name}', instead of columns. To read it, name it with -LiteralPath, as in {usage} -LiteralPath $files.",
            _ => $"-Property was given {Describe(item)} instead of columns. If it is a row, pipe the rows: $rows | {usage}.",
        },
        item);

    private static string Keys(IDictionary definition)
    {
        string[] keys = [.. definition.Keys.Cast<object>().Select(key => key.ToString()!)];
        return keys.Length == 0 ? "no keys" : $"the key{(keys.Length == 1 ? string.Empty : "s")} {string.Join(", ", keys)}";
    }

    private static string Describe(object item) => item is PSObject { BaseObject: PSCustomObject } ? "an object" : $"a {item.GetType().Name}";
}
