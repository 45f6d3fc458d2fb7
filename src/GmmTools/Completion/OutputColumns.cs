using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Reflection;
using GmmTools.Binding;

namespace GmmTools.Completion;

/// <summary>The columns of what a command says that it gives out, without running it: properties of its types that can be fitted, and what
/// PowerShell adds to these types.</summary>
internal static class OutputColumns
{
    /// <summary>Commands that give out what they get.</summary>
    private static readonly string[] PassThrough =
    [
        "Where-Object", "where", "?", "Sort-Object", "sort", "Select-Object", "select", "Tee-Object", "tee", "Get-Random", "Get-Unique", "gu",
    ];

    private static readonly Type[] Fitted =
    [
        typeof(bool), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(IntPtr),
        typeof(float), typeof(double), typeof(decimal), typeof(TimeSpan), typeof(DateTime), typeof(DateTimeOffset),
    ];

    /// <summary>The columns, or none where they are not known.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="command">The command in it that takes the rows.</param>
    public static IReadOnlyList<string> Find(PipelineAst pipeline, CommandAst command)
    {
        CommandAst? source = pipeline.PipelineElements
            .TakeWhile(element => element != command)
            .OfType<CommandAst>()
            .LastOrDefault(element => !PassThrough.Contains(element.GetCommandName(), StringComparer.OrdinalIgnoreCase));
        return source?.GetCommandName() is string name ? FromTypes(OutputTypes(name)) : [];
    }

    private static IEnumerable<Type> OutputTypes(string command) => ColumnSources.Evaluate(
        "param($name) Microsoft.PowerShell.Core\\Get-Command $name -ErrorAction Ignore | ForEach-Object { if ($_.ResolvedCommand) { $_.ResolvedCommand } else { $_ } }", command) is object found
            && Bare.Of(found) is CommandInfo info
        ? info.OutputType.Select(output => output.Type).Where(type => type is not null)
        : [];

    private static IReadOnlyList<string> FromTypes(IEnumerable<Type> types)
    {
        // of several types, that which most of a command's name speaks of is not known: all of their columns are offered
        SortedSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (Type type in types.Where(type => !type.IsPrimitive && type != typeof(string) && type != typeof(TimeSpan)).Distinct())
        {
            names.UnionWith(type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.GetIndexParameters().Length == 0 && IsFitted(property.PropertyType))
                .Select(property => property.Name));
            names.UnionWith(Added(type));
        }

        return [.. names];
    }

    private static bool IsFitted(Type type) => Fitted.Contains(Nullable.GetUnderlyingType(type) ?? type) || type.IsEnum;

    /// <summary>Other names of properties that can be fitted, and calculated properties, whose types nobody knows.</summary>
    private static IEnumerable<string> Added(Type type)
    {
        if (Bare.Of(ColumnSources.Evaluate("param($name) Microsoft.PowerShell.Utility\\Get-TypeData $name", type.FullName!)) is not TypeData data)
        {
            yield break;
        }

        foreach (TypeMemberData member in data.Members.Values)
        {
            bool fits = member switch
            {
                AliasPropertyData alias => type.GetProperty(alias.ReferencedMemberName) is PropertyInfo property && IsFitted(property.PropertyType),
                ScriptPropertyData => true,
                _ => false,
            };
            if (fits)
            {
                yield return member.Name;
            }
        }
    }
}
