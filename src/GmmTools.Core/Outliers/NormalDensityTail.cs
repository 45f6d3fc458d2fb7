using GmmTools.Mixtures;

namespace GmmTools.Outliers;

/// <summary>One normal distribution: the squared distance from its mean is χ² with d degrees of freedom, exactly.</summary>
internal sealed class NormalDensityTail(MixtureParameters mixture) : DensityTail
{
    public override string Method => "ChiSquare";

    public override int SampleCount => 0;

    public override double Probability(double logDensity) =>
        ChiSquare.UpperTail(2 * (mixture.LogNormalizers[0] - logDensity), mixture.Dimension);

    public override double Level(double rate) =>
        mixture.LogNormalizers[0] - (0.5 * ChiSquare.UpperQuantile(rate, mixture.Dimension));

    public override double RateError(double rate) => 0;
}
