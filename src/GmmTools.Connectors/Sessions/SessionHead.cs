using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>What is known of the rows of a session without asking them.</summary>
/// <param name="Property">Names of the columns.</param>
/// <param name="TotalWeight">Sum of the row weights.</param>
/// <param name="Minimum">Smallest value of each column.</param>
/// <param name="Maximum">Largest value of each column.</param>
/// <param name="HasGaps">Whether cells are missing.</param>
/// <param name="Intake">How many rows there are, and what became of them.</param>
/// <param name="Description">What tells the rows from others.</param>
internal sealed record SessionHead(
    IReadOnlyList<string> Property,
    double TotalWeight,
    IReadOnlyList<double> Minimum,
    IReadOnlyList<double> Maximum,
    bool HasGaps,
    RowIntake Intake,
    IReadOnlyList<KeyValuePair<string, string>> Description)
{
    /// <summary>The head of rows that were read.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="cancellationToken">Stops the look at all rows that this takes.</param>
    public static SessionHead Of(RowTable table, CancellationToken cancellationToken)
    {
        IObservations rows = table.Observations;
        return new SessionHead(
            rows.Property, rows.TotalWeight, rows.Minimum, rows.Maximum, rows.HasGaps, table.Intake, rows.Describe(cancellationToken));
    }

    /// <summary>Writes a head, or reads one.</summary>
    /// <param name="state">The message.</param>
    /// <param name="head">The head to write; null to read one.</param>
    public static SessionHead Exchange(StateExchange state, SessionHead? head)
    {
        string[] names = new string[state.ItemCount(head?.Property.Count ?? 0, "the number of columns")];
        for (int j = 0; j < names.Length; j++)
        {
            names[j] = state.Text(head?.Property[j] ?? string.Empty);
        }

        double[] minimum = [.. head?.Minimum ?? new double[names.Length]];
        double[] maximum = [.. head?.Maximum ?? new double[names.Length]];
        bool hasGaps = state.Flag(head?.HasGaps ?? false);

        // a column of which nothing is known has no finite bounds
        state.Numbers(minimum, "a minimum", areUsed: !hasGaps);
        state.Numbers(maximum, "a maximum", areUsed: !hasGaps);
        state.Check(!Array.Exists(minimum, double.IsNaN) && !Array.Exists(maximum, double.IsNaN), "a bound is not a number");
        double weight = state.Finite(head?.TotalWeight ?? 0, "the weight of the rows");
        RowIntake intake = ExchangeIntake(state, head?.Intake);
        KeyValuePair<string, string>[] description = new KeyValuePair<string, string>[state.ItemCount(head?.Description.Count ?? 0, "the number of texts")];
        for (int i = 0; i < description.Length; i++)
        {
            string key = state.Text(head?.Description[i].Key ?? string.Empty);
            description[i] = new KeyValuePair<string, string>(key, state.Text(head?.Description[i].Value ?? string.Empty));
        }

        return head ?? new SessionHead(
            names, weight, minimum, maximum, hasGaps, intake, description);
    }

    /// <summary>Writes counts of rows, or reads them.</summary>
    /// <param name="state">The message.</param>
    /// <param name="intake">The counts to write; null to read some.</param>
    public static RowIntake ExchangeIntake(StateExchange state, RowIntake? intake)
    {
        long[] counts = [intake?.ReadCount ?? 0, intake?.OmittedCount ?? 0, intake?.IncompleteCount ?? 0, intake?.ZeroWeightCount ?? 0];
        counts = [.. counts.Select(state.Integer)];
        MissingValuePolicy policy = state.Name(intake?.Policy ?? MissingValuePolicy.Error);
        state.Check(Array.TrueForAll(counts, count => count >= 0), "a count of rows is negative");
        return intake ?? new RowIntake(counts[0], counts[1], counts[2], counts[3], policy);
    }
}
