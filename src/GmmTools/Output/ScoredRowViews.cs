using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace GmmTools.Output;

/// <summary>
/// Views of rows with columns of the user's: a table shows numbers with two digits after the point, so that a probability of 1e-9 would look like 0,
/// and 1 - 1e-9 like 1. A view belongs to a type name and names its columns; so each set of columns has a type name and a view of its own, which is
/// made when the first such row is given out. The rows keep their numbers as they are.
/// </summary>
internal static class ScoredRowViews
{
    private const string TypeName = "GmmTools.ScoredRow#";

    /// <summary>Beyond that, PowerShell shows objects without a view as lists.</summary>
    private const int MaxTableColumns = 4;

    /// <summary>More than a terminal has room for.</summary>
    private const int MaxColumns = 100;

    private static readonly ConditionalWeakTable<Runspace, HashSet<string>> Known = new();

    /// <summary>The type name of rows with the given columns, whose view the current runspace knows from now on; null where there can be none.</summary>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="cells">The first row.</param>
    /// <param name="shares">Those columns that are weights or probabilities.</param>
    public static string? Find(IReadOnlyList<string> columns, object?[] cells, ICollection<string> shares)
    {
        // an entry of a view is a pattern, which would find other columns as well
        if (columns.Count > MaxColumns || columns.Any(WildcardPattern.ContainsWildcardCharacters) || Runspace.DefaultRunspace is not Runspace runspace)
        {
            return null;
        }

        string[] kinds = [.. columns.Select((name, j) => shares.Contains(name) ? "Share" : Kind(cells[j]))];
        string shape = string.Join("\0", columns.Zip(kinds, (name, kind) => kind + " " + name));
        string typeName = TypeName + Hash(shape).ToString("x16", CultureInfo.InvariantCulture);
        HashSet<string> known = Known.GetOrCreateValue(runspace);
        lock (known)
        {
            return known.Contains(typeName) || (Register(runspace, typeName, columns, kinds) && known.Add(typeName)) ? typeName : null;
        }
    }

    /// <summary>The same columns have the same name in all sessions and versions: a session may have imported another version before. FNV-1a.</summary>
    private static ulong Hash(string shape)
    {
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char character in shape)
        {
            hash = unchecked((hash ^ character) * 1_099_511_628_211);
        }

        return hash;
    }

    private static string Kind(object? cell) => cell switch
    {
        double or float or decimal => "Number",
        sbyte or byte or short or ushort or int or uint or long or ulong => "Integer",
        _ => "Other",
    };

    private static bool Register(Runspace runspace, string typeName, IReadOnlyList<string> columns, string[] kinds)
    {
        if (runspace.InitialSessionState is not InitialSessionState session || !AllowsMethods())
        {
            return false;
        }

        TableControl table = new();
        TableControlRow row = new();
        ListControl list = new();
        ListControlEntry entry = new();
        for (int j = 0; j < columns.Count; j++)
        {
            DisplayEntry plain = new(columns[j], DisplayEntryValueType.Property);
            string label = VisibleText.Of(columns[j]);
            table.Headers.Add(new TableControlColumnHeader(label, 0, kinds[j] == "Other" ? Alignment.Left : Alignment.Right));
            row.Columns.Add(new TableControlColumn(Alignment.Undefined, kinds[j] is "Share" or "Number" ? Script(kinds[j], columns[j]) : plain));
            entry.Items.Add(new ListControlEntryItem(label, plain));
        }

        table.Rows.Add(row);
        list.Entries.Add(entry);
        FormatViewDefinition[] views = [new("ScoredRow", list), new("ScoredRow", table)];
        ExtendedTypeDefinition type = new(typeName, columns.Count > MaxTableColumns ? views : views.Reverse());
        try
        {
            session.Formats.Add(new SessionStateFormatEntry(type));
            using PowerShell update = PowerShell.Create(RunspaceMode.CurrentRunspace);
            update.AddCommand("Update-FormatData").Invoke();
            return !update.HadErrors;
        }
        catch (RuntimeException)
        {
            // a session without that command shows the rows as it shows others
            return false;
        }
    }

    /// <summary>Whether scripts may call methods; where they may not, views may not either.</summary>
    private static bool AllowsMethods()
    {
        using PowerShell ask = PowerShell.Create(RunspaceMode.CurrentRunspace);
        return ask.AddCommand("Get-Variable").AddParameter("Name", "ExecutionContext").AddParameter("ValueOnly").Invoke<EngineIntrinsics>()
            .Any(context => context.SessionState.LanguageMode == PSLanguageMode.FullLanguage);
    }

    private static DisplayEntry Script(string kind, string column) => new(
        $"[GmmTools.Output.NumberCells]::{kind}($_.'{CodeGeneration.EscapeSingleQuotedStringContent(column)}')", DisplayEntryValueType.ScriptBlock);
}
