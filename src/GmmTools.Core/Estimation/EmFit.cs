using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Estimation;

/// <summary>A fitted mixture and how the fit came about.</summary>
public sealed class EmFit : IFitOutcome
{
    /// <summary>The warning of <see cref="Warnings"/> that tells of rows left out, or null.</summary>
    private string? _intakeWarning;

    internal EmFit()
    {
    }

    /// <summary>The mixture.</summary>
    public GaussianMixture Mixture { get; internal init; } = null!;

    /// <summary>The options that made the fit.</summary>
    public FitOptions Options { get; internal init; } = null!;

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; internal init; }

    /// <summary>What the covariance matrices share.</summary>
    public CovarianceModel CovarianceModel { get; internal init; }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Property { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>The group whose rows were fitted; null where rows were not grouped.</summary>
    public RowGroup? Group { get; internal set; }

    /// <summary>Number of rows that were fitted, n.</summary>
    public long RowCount { get; internal init; }

    /// <summary>Number of rows that were read: those fitted, those left out for their gaps, and those of weight 0.</summary>
    public long ReadRowCount { get; internal set; }

    /// <summary>Number of rows left out because cells (with Marginalize: all cells) are missing.</summary>
    public long OmittedRowCount { get; internal set; }

    /// <summary>Number of rows fitted although cells are missing.</summary>
    public long IncompleteRowCount { get; internal set; }

    /// <summary>Sum of the row weights; n when every row counts once. Of a trimmed fit, of the rows that were not trimmed.</summary>
    public double TotalWeight { get; internal init; }

    /// <summary>Log-likelihood of the rows, natural logarithm; of a trimmed fit, of the rows that were not trimmed.</summary>
    public double LogLikelihood { get; internal init; }

    /// <summary>
    /// The log-likelihood without what has no bound in it, by which the criteria compare models: what components owe to a few rows, to
    /// equal rows or to the steps in which values were recorded. Equal to the log-likelihood of a sound fit.
    /// </summary>
    public double BoundedLogLikelihood { get; internal init; }

    /// <summary>Number of free parameters, p. Weights that were given are not counted.</summary>
    public int ParameterCount { get; internal init; }

    /// <summary>Whether the mixture was not fitted to all rows, so that there are no criteria: they are no numbers.</summary>
    public bool IsTrimmed => Mixture?.Trimming is not null;

    /// <summary>Bayesian information criterion, −2·logL + p·ln n; smaller is better. Schwarz (1978).</summary>
    public double Bic => IsTrimmed ? double.NaN : InformationCriteria.Bic(BoundedLogLikelihood, ParameterCount, TotalWeight);

    /// <summary>Akaike's information criterion, −2·logL + 2·p; smaller is better. Akaike (1974).</summary>
    public double Aic => IsTrimmed ? double.NaN : InformationCriteria.Aic(BoundedLogLikelihood, ParameterCount);

    /// <summary>Akaike's criterion corrected for few rows, AIC + 2p(p + 1)/(n − p − 1); smaller is better, infinite where n is too small.
    /// Hurvich and Tsai (1989).</summary>
    public double Aicc => IsTrimmed ? double.NaN : InformationCriteria.Aicc(BoundedLogLikelihood, ParameterCount, TotalWeight);

    /// <summary>Integrated completed likelihood, BIC + 2·entropy of the responsibilities; smaller is better. Biernacki,
    /// Celeux and Govaert (2000).</summary>
    public double Icl => IsTrimmed ? double.NaN : InformationCriteria.Icl(BoundedLogLikelihood, ParameterCount, TotalWeight, Entropy);

    /// <summary>Entropy of the responsibilities, −Σᵢ Σₖ rᵢₖ·log rᵢₖ ≥ 0.</summary>
    public double Entropy { get; internal init; }

    /// <summary>Statistics of the rows under the mixture, its components in order, from which an update goes on without the rows; null when
    /// the fit was cut short.</summary>
    internal SufficientStatistics? Statistics { get; init; }

    /// <summary>Iterations of the run that was kept.</summary>
    public int IterationCount { get; internal init; }

    /// <summary>Whether the run ended by the tolerance.</summary>
    public bool Converged => StopReason == StopReason.Converged;

    /// <summary>Why the run ended.</summary>
    public StopReason StopReason { get; internal init; }

    /// <summary>Log-likelihood that is estimated to remain (Aitken); NaN when the run was too short to tell.</summary>
    public double EstimatedRemainder { get; internal init; }

    /// <summary>
    /// Log-likelihood before the first and after each iteration, with a prior the log posterior up to a constant; when a component was put
    /// back, since then.
    /// </summary>
    public IReadOnlyList<double> LogLikelihoodTrace { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>What became of each start.</summary>
    public IReadOnlyList<EmStart> Starts { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>How often a component of the run that was kept collapsed or starved and was put back elsewhere.</summary>
    public int CollapseCount { get; internal init; }

    /// <summary>How many of the starts reached the optimum that was kept.</summary>
    public int BestStartCount { get; internal init; }

    /// <summary>The start that ended highest, where that was higher than this fit: it was not kept, since it owes its log-likelihood to components
    /// that collapsed, or that are flat on few rows. Null where none did, where the starts saw a sample of the rows, and of a fit from a file.</summary>
    public EmStart? DiscardedStart { get; internal init; }

    /// <summary>Components that describe a few rows in a line, in a plane or at a point and no cluster; empty for a sound fit.</summary>
    public IReadOnlyList<SpuriousComponent> SpuriousComponents { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>Whether there are such components, so that the likelihood says little.</summary>
    public bool IsSpurious => SpuriousComponents.Count > 0;

    /// <summary>Values that repeat far beyond what a normal density allows, and the components that stand for them.</summary>
    public IReadOnlyList<Atom> Atoms { get; internal init => field = FixedList.Of(value); } = [];

    /// <summary>Whether the columns were divided by their standard deviations for the fit. All figures are in the original units.</summary>
    public bool IsStandardized => Options.Standardize;

    /// <summary>Seed of everything random.</summary>
    public ulong Seed => Options.Seed;

    /// <summary>Time that the estimation took.</summary>
    public TimeSpan Elapsed { get; internal init; }

    /// <summary>What a reader should know before relying on the fit.</summary>
    public IReadOnlyList<string> Warnings { get; internal set => field = FixedList.Of(value); } = [];

    /// <summary>The same fit with what became of the rows that were read.</summary>
    /// <param name="intake">The counts.</param>
    /// <returns>The copy.</returns>
    internal EmFit WithIntake(RowIntake intake)
    {
        EmFit copy = (EmFit)MemberwiseClone();
        copy.ReadRowCount = intake.ReadCount;
        copy.OmittedRowCount = intake.OmittedCount;
        copy.IncompleteRowCount = intake.IncompleteCount;
        IEnumerable<string> others = Warnings.Where(warning => warning != _intakeWarning);
        copy._intakeWarning = intake.Warning;
        copy.Warnings = intake.Warning is null ? [.. others] : [intake.Warning, .. others];
        return copy;
    }

    /// <summary>The same fit as that of a group of rows.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The copy.</returns>
    internal EmFit WithGroup(RowGroup group)
    {
        EmFit copy = (EmFit)MemberwiseClone();
        copy.Group = group;
        return copy;
    }

    /// <summary>The same fit with one more warning.</summary>
    /// <param name="warning">What a reader should know.</param>
    /// <returns>The copy.</returns>
    internal EmFit WithWarning(string warning)
    {
        EmFit copy = (EmFit)MemberwiseClone();
        copy.Warnings = [.. Warnings, warning];
        return copy;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, IsTrimmed ? "{0}, trimmed log-likelihood {1:F3}" : "{0}, log-likelihood {1:F3}, BIC {2:F3}", Mixture, LogLikelihood, Bic);
}
