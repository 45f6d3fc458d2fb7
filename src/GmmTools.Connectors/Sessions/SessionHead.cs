using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>What is known of the rows of a session without asking them.</summary>
/// <param name="Property">Names of the columns.</param>
/// <param name="TotalWeight">Sum of the row weights.</param>
/// <param name="Minimum">Smallest value of each column.</param>
/// <param name="Maximum">Largest value of each column.</param>
/// <param name="Intake">How many rows there are, and what became of them.</param>
internal sealed record SessionHead(
    IReadOnlyList<string> Property, double TotalWeight, IReadOnlyList<double> Minimum, IReadOnlyList<double> Maximum, RowIntake Intake)
{
    /// <summary>The head of rows that were read.</summary>
    /// <param name="table">The rows.</param>
    public static SessionHead Of(RowTable table)
    {
        IObservations rows = table.Observations;
        return new SessionHead(rows.Property, rows.TotalWeight, rows.Minimum, rows.Maximum, table.Intake);
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
        state.Numbers(minimum, "a minimum");
        state.Numbers(maximum, "a maximum");
        double weight = state.Finite(head?.TotalWeight ?? 0, "the weight of the rows");
        long[] counts = [head?.Intake.ReadCount ?? 0, head?.Intake.OmittedCount ?? 0, head?.Intake.IncompleteCount ?? 0, head?.Intake.ZeroWeightCount ?? 0];
        counts = [.. counts.Select(state.Integer)];
        MissingValuePolicy policy = state.Name(head?.Intake.Policy ?? MissingValuePolicy.Error);
        state.Check(Array.TrueForAll(counts, count => count >= 0), "a count of rows is negative");
        return head ?? new SessionHead(names, weight, minimum, maximum, new RowIntake(counts[0], counts[1], counts[2], counts[3], policy));
    }
}
