using System.Collections.Generic;
using System.Threading;
using GmmTools.Mixtures;

namespace GmmTools.Observations;

/// <summary>
/// Rows of numbers that know how to visit themselves: in memory, in a file, in a database. Estimation sees nothing of them
/// but sufficient statistics, a sample to find a start from, and single rows where a lost component is put back.
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

    /// <summary>The rows that a mixture finds least probable, where lost components are put back.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="rank">0 for the least probable row, 1 for the next, and so on, up to n − 1.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>d numbers.</returns>
    double[] FindLeastProbable(MixtureParameters mixture, int rank, CancellationToken cancellationToken);
}
