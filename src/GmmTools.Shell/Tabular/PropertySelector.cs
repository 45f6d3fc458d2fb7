using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace GmmTools.Shell.Tabular;

/// <summary>One entry of a -Property list: a name or pattern, a script block, or a table with a label and an expression.</summary>
internal sealed class PropertySelector
{
    private readonly PSPropertyExpression _expression;
    private readonly string? _label;

    private PropertySelector(PSPropertyExpression expression, string? label, bool? isDescending)
    {
        _expression = expression;
        _label = label;
        IsDescending = isDescending;
    }

    /// <summary>The order asked for by the entry itself, if any.</summary>
    public bool? IsDescending { get; }

    private string Name => _label ?? _expression.ToString();

    /// <summary>Reads the entries of a -Property list.</summary>
    /// <exception cref="ArgumentException">A table has an unknown key or no expression.</exception>
    public static IReadOnlyList<PropertySelector> Parse(object[]? entries) =>
        entries is null ? [] : [.. entries.Select(ParseEntry)];

    /// <summary>The named values of an object: several for a pattern; a name that it lacks gives null.</summary>
    public IEnumerable<(string Name, object? Value)> Select(PSObject row)
    {
        List<PSPropertyExpressionResult> results = _expression.GetValues(row);
        if (results.Count == 0 && !_expression.HasWildCardCharacters)
        {
            return [(Name, null)];
        }

        return results.Select(result => (_label ?? result.ResolvedExpression.ToString(), (object?)result.Result));
    }

    /// <summary>The first value of an object, and whether there is one.</summary>
    public bool TryGetValue(PSObject row, out object? value)
    {
        PSPropertyExpressionResult? result = _expression.GetValues(row).FirstOrDefault();
        value = result?.Result;
        return result is not null && result.Exception is null;
    }

    private static PropertySelector ParseEntry(object entry)
    {
        object unwrapped = entry is PSObject wrapped ? wrapped.BaseObject : entry;
        return unwrapped switch
        {
            IDictionary table => ParseTable(table),
            _ => new PropertySelector(ToExpression(unwrapped), null, null),
        };
    }

    private static PropertySelector ParseTable(IDictionary table)
    {
        string? label = null;
        object? expression = null;
        bool? isDescending = null;
        foreach (DictionaryEntry entry in table)
        {
            switch (MatchKey(entry.Key.ToString() ?? string.Empty))
            {
                case "Expression":
                    expression = entry.Value;
                    break;
                case "Descending":
                    isDescending = LanguagePrimitives.IsTrue(entry.Value);
                    break;
                case "Ascending":
                    isDescending = !LanguagePrimitives.IsTrue(entry.Value);
                    break;
                default:
                    label = entry.Value?.ToString();
                    break;
            }
        }

        return expression is null
            ? throw new ArgumentException("A calculated property needs an Expression: @{ Name = 'x'; Expression = { ... } }.")
            : new PropertySelector(ToExpression(expression is PSObject wrapped ? wrapped.BaseObject : expression), label, isDescending);
    }

    // Keys may be shortened: N, L, E.
    private static string MatchKey(string key) =>
        Array.Find(["Name", "Label", "Expression", "Descending", "Ascending"], full => key.Length > 0 && full.StartsWith(key, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"A calculated property has no '{key}': use Name, Expression, Descending or Ascending.");

    private static PSPropertyExpression ToExpression(object value) =>
        value is ScriptBlock script ? new PSPropertyExpression(script) : new PSPropertyExpression(value.ToString() ?? string.Empty);
}
