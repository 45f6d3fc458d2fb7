using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Output;

namespace GmmTools.Commands.Internal;

/// <summary>Rows that stay in a database until a command asks for them, with what a mixture says about each.</summary>
/// <param name="command">The command.</param>
internal sealed class ScoredDatabase(RowSourceCommand command)
{
    /// <summary>The table or query, to be disposed of by the caller.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="table">The table, or null.</param>
    /// <param name="query">The query, or null.</param>
    /// <param name="dialect">Name of the SQL that the database speaks; null to find it out.</param>
    public static DatabaseScores Open(DbConnection connection, string? table, string? query, string? dialect) => new(
        connection, new DatabaseOptions { Table = table, Query = query, Dialect = dialect is null ? null : SqlDialects.Find(dialect) });

    /// <summary>Waits for the database, with progress.</summary>
    /// <typeparam name="T">What it answers.</typeparam>
    /// <param name="work">What the database is asked.</param>
    public T Wait<T>(Func<T> work) => BackgroundWork.Run(work, () => command.Progress.Report(() => "waiting for the database"), command.StopToken);

    /// <summary>The rows of a query, as they come.</summary>
    /// <param name="scores">The table or query.</param>
    /// <param name="query">The query that scores them.</param>
    /// <param name="shares">Names of those columns that are probabilities; null for none.</param>
    public IEnumerable<PSObject> ReadRows(DatabaseScores scores, string query, IEnumerable<string>? shares = null)
    {
        Wait(() => scores.Open(query, command.StopToken));
        string? clash = scores.Property.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (clash is not null)
        {
            throw new CommandException(
                "ColumnNameClash",
                $"The rows have a column '{clash}' already. Add -Prefix, for example -Prefix Mixture, to name the new columns differently.",
                clash);
        }

        RowTemplate template = new(scores.Property, shares);
        object?[] cells = new object?[scores.Property.Count];
        while (scores.Read(cells, command.StopToken))
        {
            command.StopToken.ThrowIfCancellationRequested();
            yield return template.Create(cells);
        }
    }
}
