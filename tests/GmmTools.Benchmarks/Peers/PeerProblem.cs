using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Benchmarks.Peers;

/// <summary>A case as files for the peers, its rows, and the log-likelihoods that GmmTools comes to.</summary>
internal sealed class PeerProblem : IDisposable
{
    private readonly MixtureParameters _mixture;
    private readonly SufficientStatistics _statistics;
    private readonly IExpectationStep _expectation;
    private readonly MaximizationStep _maximization;
    private readonly List<double> _logLikelihoods = [];

    public PeerProblem(PeerCase problem, string folder)
    {
        Case = problem;
        CovarianceShape shape = problem.Model.Shape();
        _mixture = problem.Truth.ToParameters().ToShape(shape);
        _mixture.TryFactorize();
        double[,] matrix = problem.DrawMatrix();
        RowsFile = Path.Combine(folder, problem.Name + ".bin");
        ParameterFile = Path.Combine(folder, problem.Name + ".txt");
        WriteRows(matrix);
        WriteParameters();
        Rows = InMemoryObservations.FromMatrix(matrix);
        _statistics = new SufficientStatistics(problem.ComponentCount, problem.Dimension, shape);
        _expectation = Rows.PrepareExpectation(problem.ComponentCount, shape, Environment.ProcessorCount);
        _maximization = MaximizationStep.Create(problem.Model);
    }

    public PeerCase Case { get; }

    public InMemoryObservations Rows { get; }

    /// <summary>The rows as little-endian doubles.</summary>
    public string RowsFile { get; }

    /// <summary>The starting parameters as text: N d K diagonal, weights, means, covariance matrices.</summary>
    public string ParameterFile { get; }

    /// <summary>The log-likelihood of the parameters after a number of iterations.</summary>
    public double LogLikelihoodAfter(int iterations)
    {
        while (_logLikelihoods.Count <= iterations)
        {
            _expectation.Compute(_mixture, _statistics, CancellationToken.None);
            _logLikelihoods.Add(_statistics.LogLikelihood);
            _maximization.Maximize(_statistics, null, _mixture, null);
            _mixture.TryFactorize();
        }

        return _logLikelihoods[iterations];
    }

    public void Dispose()
    {
        _expectation.Dispose();
        File.Delete(RowsFile);
        File.Delete(ParameterFile);
    }

    private void WriteRows(double[,] matrix)
    {
        using FileStream file = File.Create(RowsFile);
        Span<double> values = MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
        for (int first = 0; first < values.Length; first += 1 << 20)
        {
            file.Write(MemoryMarshal.AsBytes(values[first..Math.Min(values.Length, first + (1 << 20))]));
        }
    }

    private void WriteParameters()
    {
        bool diagonal = _mixture.Shape == CovarianceShape.Diagonal;
        int[] sizes = [Case.RowCount, Case.Dimension, Case.ComponentCount, diagonal ? 1 : 0];
        IEnumerable<double> covariances =
            from k in Enumerable.Range(0, Case.ComponentCount)
            from i in Enumerable.Range(0, Case.Dimension)
            from j in Enumerable.Range(0, Case.Dimension)
            select diagonal && i != j ? 0 : _mixture.Covariance(k, i, j);
        IEnumerable<string> numbers = _mixture.Weights.Concat(_mixture.Means).Concat(covariances)
            .Select(value => value.ToString("R", CultureInfo.InvariantCulture));
        File.WriteAllLines(ParameterFile, [string.Join(' ', sizes), .. numbers]);
    }
}
