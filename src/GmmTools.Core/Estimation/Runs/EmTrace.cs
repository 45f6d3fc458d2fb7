using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Runs;

/// <summary>What a run has gone through so far.</summary>
internal sealed class EmTrace
{
    public EmTrace()
    {
    }

    /// <summary>Goes on where another run ended: its last mixture will be scored again.</summary>
    public EmTrace(EmRun run)
    {
        LogLikelihoods.AddRange(run.LogLikelihoodTrace);
        LogLikelihoods.RemoveAt(LogLikelihoods.Count - 1);
        IterationCount = run.IterationCount;
        CollapseCount = run.CollapseCount;
        FlooredCount = run.FlooredCount;
        GoesOn = true;
    }

    /// <summary>Whether the run goes on where another ended.</summary>
    public bool GoesOn { get; private set; }

    /// <summary>Log-likelihood before the first and after each iteration, since a component was last put back.</summary>
    public List<double> LogLikelihoods { get; } = [];

    public double LogLikelihood { get; private set; } = double.NaN;

    public double LogPrior { get; private set; }

    public double Entropy { get; private set; } = double.NaN;

    public double EstimatedRemainder { get; set; } = double.NaN;

    public int IterationCount { get; set; }

    public int CollapseCount { get; set; }

    public int FlooredCount { get; set; }

    /// <summary>Whether the inner iteration of the last M-step reached its cap.</summary>
    public bool ReachedCap { get; set; }

    /// <summary>Whether this run, not only the one it goes on from, has scored a mixture.</summary>
    public bool HasScore => !double.IsNaN(LogLikelihood);

    /// <summary>Lets the trace end with the last score where a component was put back after it.</summary>
    public void EndAtScore()
    {
        if (LogLikelihoods.Count == 0)
        {
            LogLikelihoods.Add(LogLikelihood);
        }
    }

    /// <summary>Writes or reads the trace.</summary>
    /// <param name="state">The state.</param>
    /// <param name="maxIteration">The most iterations of the run.</param>
    public void Exchange(StateExchange state, int maxIteration)
    {
        double[] logLikelihoods = state.List(LogLikelihoods, "log-likelihoods");
        LogLikelihoods.Clear();
        LogLikelihoods.AddRange(logLikelihoods);
        bool goesOn = state.Flag(GoesOn);
        state.Check(goesOn == GoesOn, "it contradicts itself on whether a run continues another");
        LogLikelihood = state.FiniteOrUnknown(LogLikelihood, "the log-likelihood");
        LogPrior = state.Finite(LogPrior, "the log prior");
        Entropy = state.FiniteOrUnknown(Entropy, "the entropy");
        EstimatedRemainder = state.FiniteOrUnknown(EstimatedRemainder, "the estimated remainder");
        IterationCount = state.Count(IterationCount, "the number of iterations", max: maxIteration);
        CollapseCount = state.Count(CollapseCount, "the number of collapses");
        FlooredCount = state.Count(FlooredCount, "the number of floored components");
        ReachedCap = state.Flag(ReachedCap);
        CheckScores(state);
    }

    /// <summary>The trace ends with the last score, or is empty when there is none or it was forgotten.</summary>
    private void CheckScores(StateExchange state)
    {
        int count = LogLikelihoods.Count;
        state.Check(HasScore != double.IsNaN(Entropy), "there is a log-likelihood without an entropy, or vice versa");
        state.Check(count <= IterationCount + 1L, $"there are {count} log-likelihoods for {IterationCount} iterations");
        state.Check(
            HasScore ? count == 0 || LogLikelihoods[count - 1] == LogLikelihood : GoesOn || (count == 0 && IterationCount == 0),
            "the log-likelihood is not the last of those before");
    }

    /// <param name="statistics">The statistics; with a prior their log-likelihood is the log posterior.</param>
    /// <param name="logPrior">The log prior in it; 0 without one.</param>
    public void Add(SufficientStatistics statistics, double logPrior)
    {
        LogPrior = logPrior;
        LogLikelihood = statistics.LogLikelihood;
        Entropy = statistics.Entropy;
        LogLikelihoods.Add(statistics.LogLikelihood);
    }
}
