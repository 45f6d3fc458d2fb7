using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Inference;

/// <summary>The numbers of a mixture estimated without one row, or without one group of rows, for each of them.</summary>
internal sealed class JackknifeFits
{
    /// <summary>The most fits: more rows are left out in groups.</summary>
    public const int MaxCount = 200;

    /// <summary>Fits end when less than this share of what a replicate may leave is left to gain: without one row in n the estimates move by 1/n only,
    /// and a fit that ends early would hide that.</summary>
    private const double ToleranceShare = 1e-3;

    private readonly double[][] _used;

    private JackknifeFits(int count, double[][] used)
    {
        Count = count;
        _used = used;
    }

    /// <summary>Number of fits that were made.</summary>
    public int Count { get; }

    /// <summary>Number of those in which a component collapsed.</summary>
    public int CollapsedCount => Count - _used.Length;

    /// <summary>How many there are to be.</summary>
    /// <param name="groups">The groups of rows; one group is all rows, without which there is no fit.</param>
    public static int CountOf(JackknifeGroups groups) => groups.Count < 2 ? 0 : groups.Count;

    /// <summary>Makes the fits.</summary>
    /// <param name="groups">The groups of rows.</param>
    /// <param name="reference">The mixture whose components are found again.</param>
    /// <param name="options">Options that estimate the model from the mixture.</param>
    /// <param name="observations">The rows.</param>
    /// <param name="table">The numbers.</param>
    /// <param name="runs">Runs the fits.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static JackknifeFits Make(
        JackknifeGroups groups,
        MixtureParameters reference,
        EmOptions options,
        IObservations observations,
        ParameterTable table,
        ReplicateRuns runs,
        CancellationToken cancellationToken)
    {
        EmOptions strict = options.Clone();
        strict.Tolerance = ToleranceShare * options.ToleranceFor(observations.TotalWeight);
        ReplicateModel model = new(strict, observations, cancellationToken);
        IReadOnlyList<double[]> made = runs.Make(
            CountOf(groups),
            (group, context) => model.Read(
                groups.Without(group, context.CancellationToken), context, fitted => table.Read(fitted, ComponentMatching.Find(reference, fitted))),
            null,
            cancellationToken);
        return new JackknifeFits(made.Count, [.. made.Where(values => values.Length > 0)]);
    }

    /// <summary>The acceleration of a number.</summary>
    /// <param name="index">The number.</param>
    public double Acceleration(int index) => BcaInterval.Acceleration([.. _used.Select(values => values[index])]);

    /// <summary>What a reader should know of the fits.</summary>
    /// <param name="warnings">Takes it.</param>
    public void Warn(List<string> warnings)
    {
        if (Count == 0)
        {
            warnings.Add("A single row cannot be left out, so that the intervals allow for bias, but have no acceleration.");
        }
        else if (CollapsedCount > 0)
        {
            warnings.Add(FormattableString.Invariant(
                $"In {CollapsedCount} of {Counted.Of(Count, "fit")} without a part of the rows, from which BCa finds the acceleration, a component collapsed or ran out of rows; {(CollapsedCount == 1 ? "it is" : "they are")} left out.{(CollapsedCount == Count ? " No acceleration was found: the intervals allow for bias alone." : string.Empty)}"));
        }
    }
}
