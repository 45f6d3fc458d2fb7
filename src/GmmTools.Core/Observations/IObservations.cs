using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>
/// Rows of numbers that know how to visit themselves: in memory, in a file, in a database. Estimation sees nothing of them
/// but sufficient statistics, a sample to find a start from, and single rows where a lost component is put back. What the rows can do
/// they say themselves: nobody asks which class they are.
/// </summary>
public interface IObservations
{
    /// <summary>Names of the d columns.</summary>
    IReadOnlyList<string> Property { get; }

    /// <summary>Number of rows, n.</summary>
    long Count { get; }

    /// <summary>Sum of the row weights; n when every row counts once.</summary>
    double TotalWeight { get; }

    /// <summary>Smallest value of each column, d numbers.</summary>
    IReadOnlyList<double> Minimum { get; }

    /// <summary>Largest value of each column, d numbers.</summary>
    IReadOnlyList<double> Maximum { get; }

    /// <summary>Whether cells are missing, so that moments are not had in closed form and a sample is not made of the rows themselves.</summary>
    bool HasGaps { get; }

    /// <summary>Whether the rows can be visited one by one; not where they stay in a database, or only their statistics are left.</summary>
    bool CanEnumerate { get; }

    /// <summary>The rows and their weights in the order in which they came.</summary>
    /// <returns>d numbers at a time, NaN where a cell is missing, overwritten by the next row; and how often the row counts.</returns>
    /// <exception cref="InvalidObservationException">The rows cannot be enumerated (RowsNotEnumerable).</exception>
    IEnumerable<(double[] Row, double Weight)> EnumerateWeighted();

    /// <summary>A view of the same rows, none of which is copied, with other weights, such as the counts of a bootstrap sample.</summary>
    /// <param name="weights">How often each row counts instead of what it has, in the order in which the rows are enumerated; 0 leaves a row
    /// out.</param>
    /// <returns>The view.</returns>
    /// <exception cref="System.ArgumentException">There are more or fewer weights than rows.</exception>
    /// <exception cref="InvalidObservationException">The rows cannot be enumerated (RowsNotEnumerable), a weight is negative or not finite
    /// (InvalidRowWeight), or all are 0 (NoRows).</exception>
    IObservations Reweight(IReadOnlyList<double> weights);

    /// <summary>A view of the same rows, none of which is copied, of some of which the component is known: all of such a row belongs to its
    /// component, and its share in the log-likelihood is that of row and component, log wₖ·φₖ(x).</summary>
    /// <param name="labels">For each row, in the order in which the rows are enumerated, its component, from 0 in the order of the mixture that the
    /// E-step is given; −1 where it is not known.</param>
    /// <returns>The view. An E-step of more than one component throws (LabelBeyondComponents) where a label has no component.</returns>
    /// <exception cref="System.ArgumentException">There are more or fewer labels than rows.</exception>
    /// <exception cref="InvalidObservationException">The rows cannot be enumerated (RowsNotEnumerable), or a label is below −1
    /// (InvalidRowLabel).</exception>
    IObservations Label(IReadOnlyList<int> labels);

    /// <summary>A view of the same rows, none of which is copied, of which each E-step leaves out those that are least probable.</summary>
    /// <param name="fraction">The share of the total weight that is left out, at least 0 and below 1.</param>
    /// <returns>The view.</returns>
    /// <exception cref="InvalidObservationException">Rows like these cannot be left out by their density (TrimmingNotSupported).</exception>
    TrimmedObservations Trim(double fraction);

    /// <summary>What tells these rows from others, so that a fit that was interrupted goes on with the rows that it began with: names, such
    /// as that of a column, each with a text that is not the same for other rows.</summary>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The pairs.</returns>
    IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken);

    /// <summary>Prepares the E-step for mixtures of one size.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="shape">Whether whole scatter matrices or only their diagonals are wanted.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <returns>The step; dispose of it.</returns>
    IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount);

    /// <summary>Rows in memory to find a start from: all rows when they are few, else a random sample.</summary>
    /// <param name="maximumCount">The most rows wanted.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The rows.</returns>
    InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken);

    /// <summary>The rows that a mixture finds least probable, where lost components are put back. Those of parts can be merged by their
    /// log-densities.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="count">How many rows are wanted, at least 1.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The rows, the least probable first; fewer where there are fewer, but at least one.</returns>
    IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken);
}
