using System;

namespace GmmTools.Estimation.Updating;

/// <summary>How new rows change a fit.</summary>
public sealed class UpdateOptions
{
    /// <summary>What the rows of before count for beside the new ones, in (0, 1]: 1, as much as ever (default); less, and a fit follows what
    /// changes.</summary>
    public double ForgettingFactor { get; set; } = 1;

    /// <summary>
    /// α in [½, 1], or null: the t-th batch has the share t^−α in the statistics, whatever the number of its rows. Below 1 the first batches,
    /// assigned by a mixture that was not good yet, are forgotten. Cappé and Moulines (2009) ask for α &gt; ½ and recommend 0.6.
    /// </summary>
    public double? StepExponent { get; set; }

    /// <summary>The most iterations over the new rows, at least 1.</summary>
    public int MaxIteration { get; set; } = 10_000;

    /// <summary>As for <see cref="EmOptions.Tolerance"/>.</summary>
    public double? Tolerance { get; set; }

    /// <summary>Whether a fit that ends by <see cref="MaxIteration"/> says so in a warning; not where each of many small batches is only a
    /// step.</summary>
    public bool ExpectsConvergence { get; set; } = true;

    /// <summary>The most threads to use, at least 1.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Checks every option against its domain.</summary>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public void Validate()
    {
        if (!(ForgettingFactor > 0 && ForgettingFactor <= 1))
        {
            throw new EstimationException(
                "InvalidForgettingFactor", "The forgetting factor is what earlier rows count for: more than 0 and at most 1.", ForgettingFactor);
        }

        if (StepExponent is double exponent && !(exponent >= 0.5 && exponent <= 1))
        {
            throw new EstimationException("InvalidStepExponent", "The step exponent must be from 0.5 to 1.", exponent);
        }
    }
}
