using System.Collections.Generic;

namespace GmmTools.Observations.Intake;

/// <summary>Rows from a source, and how reading them went.</summary>
public sealed class RowTable
{
    /// <summary>Creates the table.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="intake">How many rows were read, and what became of them.</param>
    /// <param name="undecided">Columns that were not asked for by name and have no value in the first row.</param>
    public RowTable(IObservations observations, RowIntake intake, IReadOnlyList<string> undecided)
    {
        Observations = observations;
        Intake = intake;
        Undecided = undecided;
    }

    /// <summary>The rows.</summary>
    public IObservations Observations { get; }

    /// <summary>How many rows were read, and what became of them.</summary>
    public RowIntake Intake { get; }

    /// <summary>Columns left out because the first row, which decides on the numeric columns, has no value in them.</summary>
    public IReadOnlyList<string> Undecided { get; }
}
