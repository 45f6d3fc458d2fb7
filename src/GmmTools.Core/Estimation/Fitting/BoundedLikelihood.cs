using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// The log-likelihood without what has no bound in it, by which models are compared. Three things have none. Components that hold few rows,
/// or are held at the floor, count as if they were as wide as the others (<see cref="SpuriousCheck"/>). A density above 1/δ of a value that was
/// recorded in steps of δ counts as the probability of its interval. And an atom counts as it does for a single normal distribution of all
/// rows: what a component on it explains is how the other rows are distributed, which is therefore stated given that they are none of it.
/// </summary>
internal sealed class BoundedLikelihood
{
    /// <summary>A component stands for an atom when the atom lies within so many of its standard deviations.</summary>
    private const double MaxDeviations = 3;

    private readonly MixtureParameters _mixture;
    private readonly PooledMoments _pooled;
    private readonly double _totalWeight;
    private readonly CovarianceFloor _floor;

    /// <param name="mixture">The mixture.</param>
    /// <param name="pooled">Moments and scales of the rows, in the units of the mixture.</param>
    /// <param name="totalWeight">Number of rows, or the sum of their weights.</param>
    /// <param name="floor">The floor of the fit.</param>
    public BoundedLikelihood(MixtureParameters mixture, PooledMoments pooled, double totalWeight, CovarianceFloor floor)
    {
        _mixture = mixture;
        _pooled = pooled;
        _totalWeight = totalWeight;
        _floor = floor;
    }

    /// <summary>What is to be taken from the log-likelihood.</summary>
    public double Gain()
    {
        if (_mixture.ComponentCount == 1)
        {
            return 0;
        }

        HashSet<int> onAtoms = [.. Enumerable.Range(0, _pooled.Dimension).SelectMany(ComponentsOnAtoms)];
        double flat = SpuriousCheck.FlatGain(_mixture, _totalWeight, k => !onAtoms.Contains(k) && _floor.IsHeld(_mixture, k), 1);
        return flat + Enumerable.Range(0, _pooled.Dimension).Sum(j => StepGain(j, onAtoms) + AtomGain(j));
    }

    /// <summary>The atoms of the rows, and the components that stand for them.</summary>
    /// <param name="property">Names of the columns.</param>
    public IEnumerable<Atom> Atoms(IReadOnlyList<string> property) =>
        from column in Enumerable.Range(0, _pooled.Dimension)
        from atom in _pooled.Scales.Repetitions[column]
        let places = Enumerable.Range(0, _mixture.ComponentCount).Where(k => StandsFor(k, column, atom)).ToArray()
        select new Atom(property[column], atom.Value, atom.Share, places.Length == 0 ? null : places[0] + 1);

    /// <summary>The components, from 1, that are held at the floor.</summary>
    public IReadOnlyList<int> HeldComponents() =>
        [.. Enumerable.Range(0, _mixture.ComponentCount).Where(k => _floor.IsHeld(_mixture, k)).Select(k => k + 1)];

    private IEnumerable<int> ComponentsOnAtoms(int column) => Enumerable.Range(0, _mixture.ComponentCount)
        .Where(k => _pooled.Scales.Repetitions[column].Any(atom => StandsFor(k, column, atom)));

    /// <summary>Whether a component lies on an atom and is narrow beside the bulk of the rows there.</summary>
    private bool StandsFor(int component, int column, Repetition atom)
    {
        double variance = _mixture.Covariance(component, column, column);
        double distance = _mixture.Means[(component * _mixture.Dimension) + column] - atom.Value;
        return variance < SpuriousCheck.FlatRatio * _pooled.Bulk.Variance(column) && distance * distance <= MaxDeviations * MaxDeviations * variance;
    }

    /// <summary>What components gain in a column by being narrower than the steps in which it was recorded.</summary>
    private double StepGain(int column, HashSet<int> onAtoms)
    {
        double step = _pooled.Scales.Steps[column];
        double least = step * step / (2 * Math.PI);
        double gain = 0;
        for (int k = 0; k < _mixture.ComponentCount; k++)
        {
            double variance = _mixture.Covariance(k, column, column);
            gain += variance < least && !onAtoms.Contains(k) ? 0.5 * _mixture.Weights[k] * _totalWeight * Math.Log(least / variance) : 0;
        }

        return gain;
    }

    /// <summary>What a mixture gains on the atoms of a column beside a single normal distribution, and what the other rows lose since the
    /// components on atoms are none of theirs.</summary>
    private double AtomGain(int column)
    {
        IReadOnlyList<Repetition> atoms = _pooled.Scales.Repetitions[column];
        if (atoms.Count == 0)
        {
            return 0;
        }

        double gain = 0;
        foreach (Repetition atom in atoms)
        {
            double single = Density(atom.Value, 1, _pooled.Bulk.Mean[column], _pooled.Bulk.Variance(column));
            double density = Enumerable.Range(0, _mixture.ComponentCount).Sum(k => Density(atom.Value, column, k));
            gain += atom.Share * _totalWeight * Math.Log(density / single);
        }

        double others = 1 - atoms.Sum(atom => atom.Share);
        double left = 1 - ComponentsOnAtoms(column).Sum(k => _mixture.Weights[k]);
        return gain + (others > 0 && left > 0 ? others * _totalWeight * Math.Log(left) : 0);
    }

    private double Density(double value, int column, int component)
    {
        double weight = _mixture.Weights[component];
        double mean = _mixture.Means[(component * _mixture.Dimension) + column];
        double variance = _mixture.Covariance(component, column, column);
        if (_mixture.DegreesOfFreedom is not double[] degrees)
        {
            return Density(value, weight, mean, variance);
        }

        double square = (value - mean) * (value - mean) / variance;
        return weight * Math.Exp(StudentDensity.LogRatio(degrees[component], 1)) * Math.Pow(1 + (square / degrees[component]), -0.5 * (degrees[component] + 1))
            / Math.Sqrt(2 * Math.PI * variance);
    }

    private static double Density(double value, double weight, double mean, double variance)
    {
        double difference = value - mean;

        // never 0, of which there is no logarithm
        return (weight * Math.Exp(-0.5 * difference * difference / variance) / Math.Sqrt(2 * Math.PI * variance)) + double.Epsilon;
    }
}
