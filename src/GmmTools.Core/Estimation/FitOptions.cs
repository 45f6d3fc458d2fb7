using System;
using System.Collections.Generic;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;

namespace GmmTools.Estimation;

/// <summary>
/// The options that made a fit, as they were when it was made; nothing changes them afterwards. What has no bearing on the result, such as
/// the number of threads, is not among them, nor is what a given start was: <see cref="EmFit.Starts"/> says whether there was one.
/// </summary>
public sealed class FitOptions
{
    /// <summary>Takes a copy of options.</summary>
    /// <param name="options">What was to be estimated.</param>
    /// <param name="totalWeight">Sum of the row weights, on which the default tolerance depends.</param>
    public FitOptions(EmOptions options, double totalWeight)
    {
        ComponentCount = (options ?? throw new ArgumentNullException(nameof(options))).ComponentCount;
        CovarianceModel = options.CovarianceModel;
        MaxIteration = options.MaxIteration;
        Tolerance = options.ToleranceFor(totalWeight);
        Seed = options.Seed;
        RestartCount = options.RestartCount;
        Initialization = options.Initialization;
        Acceleration = options.Acceleration;
        FixedWeights = options.FixedWeights is null ? null : FixedList.Of(options.FixedWeights);
        Standardize = options.Standardize;
        TimeLimit = options.TimeLimit;
        CovarianceFloor = options.CovarianceFloor;
        Prior = options.Prior;
        Noise = options.Noise;
        NoiseVolume = options.NoiseVolume;
        Tail = options.Tail;
        DegreesOfFreedom = options.DegreesOfFreedom is null ? null : FixedList.Of(options.DegreesOfFreedom);
        CommonDegreesOfFreedom = options.CommonDegreesOfFreedom;
        TrimFraction = options.TrimFraction;
        EigenvalueRatio = options.TrimFraction is null ? null : options.EigenvalueRatio ?? EmOptions.DefaultEigenvalueRatio;
        Frozen = options.Frozen;
        AdditionalComponentCount = options.AdditionalComponentCount;
        RegularizeCovariance = options.RegularizeCovariance;
        LabelledRowCount = options.KnownComponents?.LabelledCount ?? 0;
        LabelErrorRate = options.HasLabels ? options.KnownComponents!.LabelErrorRate : 0;
        CollapsePolicy = options.CollapsePolicy;
    }

    /// <summary>Number of components that were asked for; the fit has fewer where some collapsed and were removed.</summary>
    public int ComponentCount { get; }

    /// <summary>What the covariance matrices share.</summary>
    public CovarianceModel CovarianceModel { get; }

    /// <summary>The most iterations of a run.</summary>
    public int MaxIteration { get; }

    /// <summary>The tolerance that was used: the log-likelihood, per unit of row weight, that might remain. By default it depends on the
    /// number of rows.</summary>
    public double Tolerance { get; }

    /// <summary>Seed of everything random.</summary>
    public ulong Seed { get; }

    /// <summary>Number of starts that were asked for.</summary>
    public int RestartCount { get; }

    /// <summary>Where the starts came from, unless one was given.</summary>
    public InitializationMethod Initialization { get; }

    /// <summary>How the sequence of EM was extrapolated.</summary>
    public AccelerationMethod Acceleration { get; }

    /// <summary>Mixing weights that were kept as they are, in the order in which they were given; null where they were estimated.</summary>
    public IReadOnlyList<double>? FixedWeights { get; }

    /// <summary>Number of rows whose class was known; 0 where labels had no part in the fit. Its log-likelihood is that of rows and labels.</summary>
    public int LabelledRowCount { get; internal init; }

    /// <summary>The share of labels that were taken for wrong.</summary>
    public double LabelErrorRate { get; internal init; }

    /// <summary>What of the components of the start was kept as it was; null where everything was estimated.</summary>
    public FrozenParts? Frozen { get; }

    /// <summary>Number of components that were found beside those of the start.</summary>
    public int AdditionalComponentCount { get; }

    /// <summary>What was added to each variance in each iteration, in the units of the columns squared.</summary>
    public double RegularizeCovariance { get; }

    /// <summary>Whether the columns were divided by their standard deviations.</summary>
    public bool Standardize { get; }

    /// <summary>Time after which the best mixture so far was to be returned, or null.</summary>
    public TimeSpan? TimeLimit { get; }

    /// <summary>The least covariance of a component as a fraction of the squared width of the densest rows.</summary>
    public double CovarianceFloor { get; }

    /// <summary>Whether the mode of the posterior under the conjugate prior was looked for.</summary>
    public bool Prior { get; }

    /// <summary>Whether rows could belong to uniform noise instead of a component.</summary>
    public bool Noise { get; }

    /// <summary>The volume of the noise that was given; null where it was found in the rows. <see cref="MixtureNoise.Volume"/> says what it is.</summary>
    public double? NoiseVolume { get; }

    /// <summary>What the tails of the components are like.</summary>
    public Tail Tail { get; }

    /// <summary>Degrees of freedom that were given: one number, or one for each component in the order in which they were given; null where they were
    /// estimated, or components are normal.</summary>
    public IReadOnlyList<double>? DegreesOfFreedom { get; }

    /// <summary>Whether all components were to have the same degrees of freedom, which were estimated.</summary>
    public bool CommonDegreesOfFreedom { get; }

    /// <summary>The share of the rows that the mixture was not fitted to; null for an ordinary fit.</summary>
    public double? TrimFraction { get; }

    /// <summary>With trimming: the most that eigenvalues of the covariances differ by, as a factor; else null.</summary>
    public double? EigenvalueRatio { get; }

    /// <summary>What was to become of a component that collapses or starves.</summary>
    public CollapsePolicy CollapsePolicy { get; }

    /// <summary>Options that estimate the same model again, from a mixture that these options made.</summary>
    /// <param name="mixture">The mixture to start from. Where weights are fixed, its own are: they are the same ones in its order.</param>
    /// <returns>The options; limits of time and of iterations and the tolerance are the default ones, since they depend on the rows.</returns>
    internal EmOptions ContinueFrom(GaussianMixture mixture) => new()
    {
        ComponentCount = (mixture ?? throw new ArgumentNullException(nameof(mixture))).ComponentCount,
        CovarianceModel = CovarianceModel,
        InitialMixture = mixture,
        Seed = Seed,
        RestartCount = RestartCount,
        Initialization = Initialization,
        Acceleration = Acceleration,
        FixedWeights = FixedWeights is null ? null : [.. mixture.Parameters.Weights],
        Frozen = Frozen?.Continued(mixture.ComponentCount),
        RegularizeCovariance = RegularizeCovariance,
        Standardize = Standardize,
        CovarianceFloor = CovarianceFloor,
        Prior = Prior,
        Noise = Noise,
        NoiseBox = Noise ? mixture.Parameters.Background : null,
        Tail = Tail,
        DegreesOfFreedom = DegreesOfFreedom is null ? null : [.. mixture.Parameters.DegreesOfFreedom!],
        CommonDegreesOfFreedom = CommonDegreesOfFreedom,
        CollapsePolicy = CollapsePolicy,
    };

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{CovarianceModel},{ComponentCount}, tolerance {Tolerance:G3}");
}
