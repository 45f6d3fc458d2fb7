using System.Collections.Generic;
using System.Text;

namespace GmmTools.Connectors.Databases;

/// <summary>Names of tables with points between their parts, such as sales.orders or "my schema"."a.b".</summary>
internal static class TableName
{
    /// <summary>The parts, without quotes.</summary>
    /// <exception cref="DatabaseException">A part is empty or a quote stays open (InvalidIdentifier).</exception>
    public static IReadOnlyList<string> Split(string table)
    {
        List<string> parts = [];
        StringBuilder part = new();
        bool quoted = false;
        for (int i = 0; i < table.Length; i++)
        {
            char c = table[i];
            if (c == '"' && quoted && i + 1 < table.Length && table[i + 1] == '"')
            {
                part.Append(c);
                i++;
            }
            else if (c == '"' && (quoted || part.Length == 0))
            {
                quoted = !quoted;
            }
            else if (c == '.' && !quoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
            {
                part.Append(c);
            }
        }

        parts.Add(part.ToString());
        return quoted || parts.Contains(string.Empty)
            ? throw new DatabaseException(
                "InvalidIdentifier",
                $"'{table}' is not the name of a table. Write table or schema.table; put a part that contains a dot in double quotes.",
                table)
            : parts;
    }
}
