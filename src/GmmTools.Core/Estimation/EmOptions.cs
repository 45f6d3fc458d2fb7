using System;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;

namespace GmmTools.Estimation;

/// <summary>What to estimate and how; the defaults suit most data. The setters are plain, since init-only ones differ between the two builds.</summary>
public sealed partial class EmOptions
{
    private const int DefaultRestartCount = 10;

    private int? _restartCount;

    private const double DefaultTolerance = 1e-8;
    private const double DefaultRemainder = 0.005;

    /// <summary>The most that eigenvalues of a trimmed fit differ by where nothing is said.</summary>
    internal const double DefaultEigenvalueRatio = 100;

    /// <summary>Number of components, K ≥ 1.</summary>
    public int ComponentCount { get; set; } = 1;

    /// <summary>What the covariance matrices share.</summary>
    public CovarianceModel CovarianceModel { get; set; } = CovarianceModel.VVV;

    /// <summary>The most iterations of a run, at least 1. Default 10 000.</summary>
    public int MaxIteration { get; set; } = 10_000;

    /// <summary>
    /// A run has converged when the log-likelihood estimated to remain, per unit of row weight, is at most this.
    /// 0 runs all of <see cref="MaxIteration"/>. Default, null: 1e-8, and less where that would be more than 0.005 in all.
    /// </summary>
    public double? Tolerance { get; set; }

    /// <summary>Seed of everything random; the same seed gives the same result.</summary>
    public ulong Seed { get; set; }

    /// <summary>
    /// Number of starts, at least 1; the best is kept. Some ways to find starts offer fewer, and with 10 or more
    /// components, or more than 20 000 rows, starts are taken one after the other until further ones bring nothing. Default 10; in a search
    /// over many models, whose fits start from each other as well, 3 with shorter trials: set it, and each model gets as many as alone.
    /// </summary>
    public int RestartCount
    {
        get => _restartCount ?? DefaultRestartCount;
        set => _restartCount = value;
    }

    /// <summary>Whether the number of starts is the default one, which a search over many models takes as its own.</summary>
    internal bool HasDefaultRestartCount => _restartCount is null;

    /// <summary>Where the starts come from, unless one is given.</summary>
    public InitializationMethod Initialization { get; set; } = InitializationMethod.KMeans;

    /// <summary>How the sequence of EM is extrapolated.</summary>
    public AccelerationMethod Acceleration { get; set; } = AccelerationMethod.Anderson;

    /// <summary>A mixture to start from, which is the only start then; or null.</summary>
    public GaussianMixture? InitialMixture { get; set; }

    /// <summary>
    /// Responsibilities to start from, one set per row, or null: one M-step makes them the only start. Each row is divided by its sum; a
    /// one among zeros is a label.
    /// </summary>
    public RowResponsibilities? InitialResponsibilities { get; set; }

    /// <summary>
    /// Classes that are known of some rows, which then belong to components of theirs; or null. The likelihood is that of rows and labels, and component
    /// numbers are those of the classes. Where none is known the fit is that without. Not together with noise or trimming, nor with the policy that drops
    /// components.
    /// </summary>
    public KnownComponents? KnownComponents { get; set; }

    /// <summary>What of the components of <see cref="InitialMixture"/> is kept as it is, or null to estimate everything. For normal components; not
    /// together with noise, trimming, a prior, fixed weights or labels, nor with the policy that drops components. Covariances can be kept where each
    /// component has its own (VII, VVI, VVV), or where all share one (EII, EEI, EEE), which is then kept for all.</summary>
    public FrozenParts? Frozen { get; set; }

    /// <summary>Number of components that are found beside those of <see cref="InitialMixture"/>, which come first; <see cref="ComponentCount"/> counts
    /// them in.</summary>
    public int AdditionalComponentCount { get; set; }

    /// <summary>A number that is added to each variance in each iteration, in the units of the columns squared, as other programs do; 0, the default, for
    /// none. The log-likelihood may then fall on the way. For EII, VII, EEI, VVI, EEE and VVV.</summary>
    public double RegularizeCovariance { get; set; }

    /// <summary>K mixing weights that are kept as they are, or null to estimate them. They belong to the components of
    /// <see cref="InitialMixture"/> in order, where one is given.</summary>
    public double[]? FixedWeights { get; set; }

    /// <summary>
    /// Whether to fit the columns divided by their standard deviations. Everything reported is in the original units. It matters for
    /// models that compare columns, such as VII, whose components then are spheres in units of the standard deviations, and ellipsoids
    /// along the axes in the original units; the model and its number of parameters remain those asked for.
    /// </summary>
    public bool Standardize { get; set; }

    /// <summary>The most threads to use, at least 1. The result does not depend on it.</summary>
    public int ThreadCount { get; set; } = Environment.ProcessorCount;

    /// <summary>Time after which the best mixture so far is returned, or null for no limit.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>
    /// The least covariance of a component as a fraction of the squared width of the densest tenth of the rows, in [0, 1), to which the variance
    /// of values within a recorded step is added unless it is 0. A component below it has collapsed. Default 1e-10: a standard deviation
    /// 100 000 times smaller.
    /// </summary>
    public double CovarianceFloor { get; set; } = 1e-10;

    /// <summary>
    /// Whether the mode of the posterior is looked for under the conjugate prior of Fraley and Raftery (2007) with its default
    /// hyperparameters; then it is the posterior that never falls. For EII, VII, EEI, VVI, EEE and VVV, where the mode has a closed form.
    /// </summary>
    public bool Prior { get; set; }

    /// <summary>
    /// Whether rows may belong to uniform noise instead of a component, so that they stretch none: Banfield and Raftery, Biometrics 49 (1993)
    /// 803-821. Not together with a prior or with fixed weights.
    /// </summary>
    public bool Noise { get; set; }

    /// <summary>The volume of the box in which noise is uniform, in the units of the columns; null to find it in the rows: the smaller of the box
    /// along the columns and that along the principal axes.</summary>
    public double? NoiseVolume { get; set; }

    /// <summary>The box of the noise where it is known, such as that of a fit that is gone on from; else null.</summary>
    internal UniformBackground? NoiseBox { get; set; }

    /// <summary>
    /// What the tails of the components are like. With those of multivariate t, rows far out count for less, so that they stretch no component: Peel
    /// and McLachlan, Statistics and Computing 10 (2000) 339-348. Not together with a prior or with noise, nor where rows have gaps.
    /// </summary>
    public Tail Tail { get; set; }

    /// <summary>Degrees of freedom that are not estimated: one number for all components, or, where a start is given, one for each component of it;
    /// null to estimate them, from 2 to 200.</summary>
    public double[]? DegreesOfFreedom { get; set; }

    /// <summary>Whether all components have the same degrees of freedom.</summary>
    public bool CommonDegreesOfFreedom { get; set; }

    /// <summary>
    /// The share of the rows that the mixture is not fitted to, at least 0 and below 0.5: those that are least probable under it. Null for an ordinary
    /// fit. Not for models whose M-step has no closed form, nor together with noise, a prior or fixed weights.
    /// </summary>
    public double? TrimFraction { get; set; }

    /// <summary>With trimming: the most that eigenvalues of the covariances differ by, as a factor of at least 1, in units of the columns' spreads.
    /// Null for the default, 100.</summary>
    public double? EigenvalueRatio { get; set; }

    /// <summary>With trimming: the spreads of the columns, in which eigenvalues are compared; null before they are known.</summary>
    internal double[]? ColumnUnits { get; set; }

    /// <summary>What becomes of a component that collapses or starves.</summary>
    public CollapsePolicy CollapsePolicy { get; set; } = CollapsePolicy.Reseed;

    /// <summary>Where the state of the fit is kept while it runs, so that it goes on from there when it was killed; or null.</summary>
    public CheckpointOptions? Checkpoint { get; set; }

    /// <summary>Whether a run that ends by <see cref="MaxIteration"/> is worth a warning: not where the rows come in batches, each of which
    /// is only a step.</summary>
    internal bool ExpectsConvergence { get; set; } = true;

    /// <summary>How many degrees of freedom are estimated.</summary>
    /// <param name="componentCount">Number of components of the mixture.</param>
    internal int TailParameterCount(int componentCount) =>
        Tail == Tail.Normal || DegreesOfFreedom is not null ? 0 : CommonDegreesOfFreedom ? 1 : componentCount;

    /// <summary>The tolerance per unit of row weight that suits so many rows.</summary>
    /// <param name="totalWeight">Sum of the row weights.</param>
    internal double ToleranceFor(double totalWeight) => Tolerance ?? Math.Min(DefaultTolerance, DefaultRemainder / totalWeight);

    /// <summary>What labels say of the components of a mixture; null where there are none.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    internal double[]? LabelTerms(int componentCount) => HasLabels ? KnownComponents!.LabelTerms(componentCount) : null;

    /// <summary>Whether the component of any row is known.</summary>
    internal bool HasLabels => KnownComponents?.LabelledCount > 0;

    /// <summary>Whether anything of the start is kept.</summary>
    internal bool HasFrozen => Frozen?.Any == true;

    /// <summary>A copy whose options can be changed without changing these.</summary>
    /// <returns>The copy.</returns>
    public EmOptions Clone() => (EmOptions)MemberwiseClone();
}
