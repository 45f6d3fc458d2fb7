using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Binding.Rows;

/// <summary>Finds the cells of what Get-Counter gives: a set of samples is a row, each of its counters a column that is named by its
/// path.</summary>
internal sealed class SampleSetAccessor : RowAccessor
{
    private const string TypeName = "Microsoft.PowerShell.Commands.GetCounter.PerformanceCounterSampleSet";
    private const string TimeColumn = "Timestamp";

    /// <param name="first">The first set.</param>
    public SampleSetAccessor(PSObject first)
        : base(RowKind.Object, [TimeColumn, .. PathsOf(first).Distinct(StringComparer.OrdinalIgnoreCase)])
    {
    }

    /// <summary>Whether an object is a set of samples, or a copy of one from a file or a job.</summary>
    /// <param name="row">The object.</param>
    public static bool IsSampleSet(PSObject row) =>
        row.TypeNames.Any(name => name == TypeName || name == "Deserialized." + TypeName) && SamplesOf(row) is not null;

    /// <inheritdoc/>
    public override void Extend(PSObject row)
    {
        string[] added = [.. PathsOf(row).Distinct(StringComparer.OrdinalIgnoreCase).Except(Columns, StringComparer.OrdinalIgnoreCase)];
        Columns = added.Length > 0 ? [.. Columns, .. added] : Columns;
    }

    /// <inheritdoc/>
    public override object? GetCell(PSObject row, int column)
    {
        if (column == 0)
        {
            return Unwrap(row.Properties[TimeColumn]?.Value);
        }

        // the order of counters is usually that of the first set
        IList samples = SamplesOf(row) ?? Array.Empty<object>();
        if (column <= samples.Count && HasPath(samples[column - 1], Columns[column]))
        {
            return ValueOf(samples[column - 1]);
        }

        object? found = samples.Cast<object?>().FirstOrDefault(sample => HasPath(sample, Columns[column]));
        return found is null ? null : ValueOf(found);
    }

    private static IEnumerable<string> PathsOf(PSObject row) =>
        (SamplesOf(row) ?? Array.Empty<object>()).Cast<object?>().Select(PathOf).OfType<string>();

    private static IList? SamplesOf(PSObject row) => Unwrap(row.Properties["CounterSamples"]?.Value) as IList;

    private static bool HasPath(object? sample, string path) => string.Equals(PathOf(sample), path, StringComparison.OrdinalIgnoreCase);

    private static string? PathOf(object? sample) => sample is null ? null : Unwrap(PSObject.AsPSObject(sample).Properties["Path"]?.Value) as string;

    private static object? ValueOf(object? sample) => Unwrap(PSObject.AsPSObject(sample).Properties["CookedValue"]?.Value);
}
