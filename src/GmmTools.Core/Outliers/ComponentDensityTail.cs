using GmmTools.Mixtures;

namespace GmmTools.Outliers;

/// <summary>One component: the distribution of the squared distance from its centre is known exactly.</summary>
internal sealed class ComponentDensityTail(MixtureParameters mixture) : DensityTail
{
    public override string Method => mixture.DegreesOfFreedom is null ? "ChiSquare" : "FisherF";

    public override int SampleCount => 0;

    public override double Probability(double logDensity) => ComponentTail.Probability(mixture, 0, logDensity);

    public override double Level(double rate) => ComponentTail.Level(mixture, 0, rate);

    public override double RateError(double rate) => 0;
}
