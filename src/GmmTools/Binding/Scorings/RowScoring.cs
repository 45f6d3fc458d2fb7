using System.Collections.Generic;
using GmmTools.Observations.Intake;

namespace GmmTools.Binding.Scorings;

/// <summary>What a command computes for each row: columns that are added to it.</summary>
internal abstract class RowScoring
{
    /// <summary>Names of the columns that are needed, in order.</summary>
    public abstract IReadOnlyList<string> Property { get; }

    /// <summary>Names of the columns that are added, without a prefix.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Names of those added columns that are probabilities or shares of a whole.</summary>
    public virtual IEnumerable<string> Shares => [];

    /// <summary>Whether every row is given out, or only some of them.</summary>
    public virtual bool GivesAllRows => true;

    /// <summary>Computes what is expensive, for a block of rows; called from several threads at once.</summary>
    /// <param name="block">The rows.</param>
    /// <returns>What <see cref="Describe"/> needs.</returns>
    public abstract object Score(RowBlock block);

    /// <summary>The added cells of one row; called on the pipeline's thread, in order.</summary>
    /// <param name="block">The rows.</param>
    /// <param name="scores">What was computed for the block.</param>
    /// <param name="row">The row, from 0.</param>
    /// <returns>One cell per added column, or null when the row is not to be given out.</returns>
    public abstract object?[]? Describe(RowBlock block, object scores, int row);
}
