using System;
using System.Collections.Generic;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Databases;

/// <summary>Which rows of a database are meant, and how to get along with it. The setters are plain, since init-only ones differ between the
/// two builds.</summary>
public sealed class DatabaseOptions
{
    /// <summary>The table, as table or schema.table; or null where there is a query.</summary>
    public string? Table { get; set; }

    /// <summary>The user's own SELECT, which becomes a derived table; or null where there is a table.</summary>
    public string? Query { get; set; }

    /// <summary>Names or wildcards of the columns; empty for all numeric ones.</summary>
    public IReadOnlyList<string> Property { get; set; } = [];

    /// <summary>Names or wildcards of columns to leave out.</summary>
    public IReadOnlyList<string> ExcludeProperty { get; set; } = [];

    /// <summary>The column that says how often each row counts, or null.</summary>
    public string? WeightProperty { get; set; }

    /// <summary>What becomes of rows of which columns are null or NaN.</summary>
    public MissingValuePolicy MissingValue { get; set; } = MissingValuePolicy.Error;

    /// <summary>The dialect, or null for that of the connection.</summary>
    public SqlDialect? Dialect { get; set; }

    /// <summary>How often a query that fails is tried again.</summary>
    public int RetryCount { get; set; } = 5;

    /// <summary>The wait before the first new try; it doubles with each.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether sums are to be the same to the last bit whatever order the engine adds them in.</summary>
    public bool Reproducible { get; set; }
}
