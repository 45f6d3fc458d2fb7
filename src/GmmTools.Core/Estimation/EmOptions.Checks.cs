using System;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;
using static GmmTools.Estimation.EstimationException;

namespace GmmTools.Estimation;

/// <content>What options have to be, alone and together.</content>
public sealed partial class EmOptions
{
    /// <summary>As many rows as are trimmed must be left.</summary>
    private const double MaxTrimFraction = 0.5;

    /// <summary>Checks every option against its domain.</summary>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public void Validate()
    {
        Require(ComponentCount >= 1, "InvalidComponentCount", ComponentCount, "The number of components must be at least 1.");
        Require(MaxIteration >= 1, "InvalidMaxIteration", MaxIteration, "The maximum number of iterations must be at least 1.");
        Require(Tolerance is null or >= 0, "InvalidTolerance", Tolerance, "The tolerance must be a number that is at least 0.");
        Require(RestartCount >= 1, "InvalidRestartCount", RestartCount, "The number of starts must be at least 1.");
        Require(ThreadCount >= 1, "InvalidThreadCount", ThreadCount, "The number of threads must be at least 1.");
        Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, "InvalidTimeLimit", TimeLimit, "The time limit must be positive.");
        Require(
            CovarianceFloor >= 0 && CovarianceFloor < 1,
            "InvalidCovarianceFloor",
            CovarianceFloor,
            "The covariance floor must be a fraction, at least 0 and less than 1.");
        Require(
            Checkpoint is null || Checkpoint.Interval >= TimeSpan.Zero,
            "InvalidCheckpointInterval",
            Checkpoint?.Interval,
            "The time between two saves of the checkpoint must be at least 0.");
        Require(
            Checkpoint?.IterationCount is null or >= 1,
            "InvalidCheckpointIteration",
            Checkpoint?.IterationCount,
            "The number of iterations between two saves of the checkpoint must be at least 1.");
        if (InitialMixture is not null)
        {
            Require(
                InitialMixture.ComponentCount + AdditionalComponentCount == ComponentCount,
                "InitialModelMismatch",
                InitialMixture,
                FormattableString.Invariant($"The initial mixture has {Counted.Of(InitialMixture.ComponentCount, "component")}, but {ComponentCount} {(ComponentCount == 1 ? "was" : "were")} requested. Request as many as it has."));
        }

        Require(
            !Prior || PriorModels.Contain(CovarianceModel),
            "PriorNotAvailable",
            CovarianceModel.Name(),
            $"There is no prior for {CovarianceModel.Name()}. Choose one of {string.Join(", ", Array.ConvertAll(PriorModels.All, model => model.Name()))}, or fit without a prior.");
        CheckKnownComponents();
        CheckFrozen();
        CheckRegularization();
        CheckNoise();
        CheckTail();
        CheckTrimming();
        CheckInitialResponsibilities();
        if (FixedWeights is not null)
        {
            Require(
                FixedWeights.Length == ComponentCount,
                "FixedWeightCount",
                FixedWeights,
                FormattableString.Invariant($"{Counted.Of(FixedWeights.Length, "fixed weight", "was", "were")} given for {Counted.Of(ComponentCount, "component")}. Give one per component."));
            MixtureValidation.CheckWeights(FixedWeights);
        }
    }

    private void CheckKnownComponents()
    {
        if (KnownComponents is null)
        {
            return;
        }

        Require(
            ComponentCount >= KnownComponents.ComponentCount,
            "TooFewComponents",
            ComponentCount,
            FormattableString.Invariant($"The labels name {Counted.Of(KnownComponents.Classes.Count, "class")}, which have {Counted.Of(KnownComponents.ComponentCount, "component")}, but {ComponentCount} {(ComponentCount == 1 ? "was" : "were")} requested. Request at least as many."));
        Require(
            KnownComponents.LabelErrorRate >= 0 && KnownComponents.LabelErrorRate < 1,
            "InvalidLabelErrorRate",
            KnownComponents.LabelErrorRate,
            "The share of labels that are wrong must be at least 0 and below 1.");
        Require(!Noise, "KnownComponentNotSupported", Noise, "Rows of known components cannot be fitted together with noise. Leave out the noise or the labels.");
        Require(TrimFraction is null, "KnownComponentNotSupported", TrimFraction, "Rows of known components cannot be trimmed. Leave out the trimming or the labels.");
        Require(
            CollapsePolicy != CollapsePolicy.Drop,
            "KnownComponentNotSupported",
            CollapsePolicy,
            "A component that has labelled rows cannot be dropped. Choose another collapse policy, or leave out the labels.");
    }

    private void CheckFrozen()
    {
        Require(AdditionalComponentCount >= 0, "InvalidAdditionalComponentCount", AdditionalComponentCount, "The number of components to be added must be at least 0.");
        Require(
            InitialMixture is not null || (Frozen is null && AdditionalComponentCount == 0),
            "FrozenWithoutStart",
            Frozen,
            "There is no mixture whose components could be kept, or that some could be added to. Give one to start from.");
        bool isUsed = HasFrozen || AdditionalComponentCount > 0;
        Require(!isUsed || !Noise, "FrozenNotSupported", Noise, "A mixture that is completed cannot have noise. Leave out the noise.");
        Require(!isUsed || TrimFraction is null, "FrozenNotSupported", TrimFraction, "A mixture that is completed cannot be trimmed. Leave out the trimming.");
        Require(!isUsed || KnownComponents is null, "FrozenNotSupported", KnownComponents, "A mixture that is completed cannot have labelled rows. Leave out the labels.");
        Require(!isUsed || CollapsePolicy != CollapsePolicy.Drop, "FrozenNotSupported", CollapsePolicy, "Components of a mixture that is completed are not dropped. Choose another collapse policy.");
        Require(!isUsed || FixedWeights is null, "FrozenNotSupported", FixedWeights, "Weights are kept either by a list of fixed ones or as parts of the start. Leave out one of them.");
        if (!HasFrozen)
        {
            return;
        }

        Require(
            Frozen!.Parts.Count == InitialMixture!.ComponentCount,
            "FrozenPartCount",
            Frozen.Parts,
            FormattableString.Invariant($"What is kept was given for {Counted.Of(Frozen.Parts.Count, "component")}, but the start has {InitialMixture.ComponentCount}. Give it for each of them."));
        Require(Tail == Tail.Normal, "FrozenNotSupported", Tail, "Parts of components with Student tails cannot be kept. Fit normal components.");
        Require(!Prior, "FrozenNotSupported", Prior, "There is no prior for a mixture of which parts are kept. Leave out the prior.");
        if (Frozen.HasAny(FrozenPart.Covariance))
        {
            string[] models = Array.ConvertAll(PriorModels.All, model => model.Name());
            Require(
                PriorModels.Contain(CovarianceModel),
                "FrozenNotSupported",
                CovarianceModel.Name(),
                $"Covariances of {CovarianceModel.Name()} cannot be kept for some components: it ties them to those of others. Choose one of {string.Join(", ", models)}.");
            Require(
                InitialMixture.CovarianceModel.IsWithin(CovarianceModel),
                "FrozenNotSupported",
                CovarianceModel.Name(),
                $"The covariances of the start are of {InitialMixture.CovarianceModel.Name()}, which {CovarianceModel.Name()} does not contain, so that they cannot be kept. Choose {InitialMixture.CovarianceModel.Name()} or a more general model.");
        }
    }

    private void CheckRegularization()
    {
        Require(
            RegularizeCovariance >= 0 && !double.IsInfinity(RegularizeCovariance),
            "InvalidRegularizeCovariance",
            RegularizeCovariance,
            "What is added to variances must be a finite number of at least 0.");
        if (RegularizeCovariance == 0)
        {
            return;
        }

        string[] models = Array.ConvertAll(PriorModels.All, model => model.Name());
        Require(PriorModels.Contain(CovarianceModel), "RegularizeNotSupported", CovarianceModel.Name(), $"Nothing can be added to the variances of {CovarianceModel.Name()}, which ties them to each other. Choose one of {string.Join(", ", models)}.");
        Require(
            Tail == Tail.Normal && !Noise && !Prior && TrimFraction is null && !HasFrozen,
            "RegularizeNotSupported",
            RegularizeCovariance,
            "Something is added to variances of normal components only, without noise, prior, trimming or parts that are kept. Leave out one of the two.");
        Require(!Standardize, "RegularizeNotSupported", Standardize, "What is added to variances is in the units of the columns, which are divided here. Leave out one of the two.");
    }

    private void CheckNoise()
    {
        Require(NoiseVolume is null || Noise, "NoiseVolumeAlone", NoiseVolume, "A volume was given for noise, but no noise was asked for.");
        Require(
            NoiseVolume is null || (NoiseVolume > 0 && !double.IsInfinity(NoiseVolume.Value)), "InvalidNoiseVolume", NoiseVolume, "The volume of the noise must be a finite number above 0.");
        Require(!Noise || !Prior, "NoiseWithPrior", Prior, "There is no prior for a mixture with noise. Leave out the prior, or the noise.");
        Require(
            !Noise || FixedWeights is null,
            "NoiseWithFixedWeight",
            FixedWeights,
            "Fixed weights sum to 1 and leave none for noise. Let the weights be estimated, or leave out the noise.");
    }

    private void CheckTail()
    {
        Require(
            Tail == Tail.Student || (DegreesOfFreedom is null && !CommonDegreesOfFreedom),
            "DegreesOfFreedomAlone",
            DegreesOfFreedom,
            "Normal components have no degrees of freedom.");
        Require(
            DegreesOfFreedom is null || !CommonDegreesOfFreedom,
            "TwoDegreesOfFreedom",
            DegreesOfFreedom,
            "Degrees of freedom were given, so there are none to be estimated in common. Leave one of the two out.");
        Require(Tail == Tail.Normal || !Prior, "TailWithPrior", Prior, "There is no prior for components with Student tails. Leave out the prior, or fit normal components.");
        Require(
            Tail == Tail.Normal || !Noise, "TailWithNoise", Noise, "Noise is not available for components with Student tails, which hold rows far out by themselves. Choose one of the two.");
        if (DegreesOfFreedom is not null)
        {
            double wrong = Array.Find(DegreesOfFreedom, number => !MixtureValidation.AreDegreesOfFreedom(number));
            Require(
                Array.TrueForAll(DegreesOfFreedom, MixtureValidation.AreDegreesOfFreedom),
                "InvalidDegreesOfFreedom",
                wrong,
                FormattableString.Invariant($"Degrees of freedom must be finite numbers above 0, but {wrong:R} was given."));
            Require(
                DegreesOfFreedom.Length == 1 || DegreesOfFreedom.Length == ComponentCount,
                "DegreesOfFreedomCount",
                DegreesOfFreedom,
                FormattableString.Invariant($"{Counted.Of(DegreesOfFreedom.Length, "number", "was", "were")} given for the degrees of freedom of {Counted.Of(ComponentCount, "component")}. Give one for all of them, or one for each."));
            Require(
                DegreesOfFreedom.Length == 1 || InitialMixture is not null || InitialResponsibilities is not null,
                "DegreesOfFreedomWithoutStart",
                DegreesOfFreedom,
                "Degrees of freedom for each component belong to the components of a start.");
        }
    }

    private void CheckTrimming()
    {
        Require(
            TrimFraction is null or (>= 0 and < MaxTrimFraction), "InvalidTrimFraction", TrimFraction, "The share of the rows that is trimmed must be at least 0 and below 0.5.");
        Require(
            EigenvalueRatio is null || (EigenvalueRatio >= 1 && !double.IsInfinity(EigenvalueRatio.Value)), "InvalidEigenvalueRatio", EigenvalueRatio, "The ratio of the eigenvalues must be a finite number of at least 1.");
        Require(EigenvalueRatio is null || TrimFraction is not null, "EigenvalueRatioAlone", EigenvalueRatio, "A ratio of the eigenvalues was given, but no share of the rows to be trimmed.");
        if (TrimFraction is not null)
        {
            string[] models = Array.ConvertAll(PriorModels.All, model => model.Name());
            Require(PriorModels.Contain(CovarianceModel), "TrimmingNotSupported", CovarianceModel.Name(), $"The eigenvalues of {CovarianceModel.Name()} cannot be restricted, which trimming needs. Choose one of {string.Join(", ", models)}.");
            Require(Tail == Tail.Normal, "TrimmingNotSupported", TrimFraction, "Components with Student tails hold rows far out by themselves. Leave out the trimming, or fit normal components.");
            Require(!Noise, "TrimmingNotSupported", TrimFraction, "A fit has either noise or trimming for the rows that belong to no component. Leave out one of them.");
            Require(!Prior, "TrimmingNotSupported", TrimFraction, "There is no prior for a trimmed fit. Leave out the prior, or the trimming.");
            Require(FixedWeights is null, "TrimmingNotSupported", TrimFraction, "The weights of a trimmed fit cannot be fixed. Let them be estimated, or leave out the trimming.");
        }
    }

    private void CheckInitialResponsibilities()
    {
        if (InitialResponsibilities is null)
        {
            return;
        }

        Require(
            InitialMixture is null,
            "TwoStarts",
            InitialMixture,
            "Both a mixture and responsibilities to start from were given. Leave one of them out.");
        Require(
            InitialResponsibilities.ComponentCount == ComponentCount,
            "InitialResponsibilityMismatch",
            InitialResponsibilities.ComponentCount,
            FormattableString.Invariant($"The start has {Counted.Of(InitialResponsibilities.ComponentCount, "component")}, but {ComponentCount} {(ComponentCount == 1 ? "was" : "were")} requested. Request as many as it has."));
    }
}
