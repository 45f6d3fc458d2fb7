using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>
/// Against R mclust 6.0.0: the number of free parameters, and the log-likelihood that its EM reaches from its own hierarchical
/// partition when it is run to tol 1e-12 (column loglik_converged of the reference values for the models and G = 1..4).
/// </summary>
public sealed class MclustReferenceTests
{
    [Theory]
    [InlineData("faithful", CovarianceModel.VII, 1, 3, -2003.9520365845365)]
    [InlineData("faithful", CovarianceModel.VVI, 1, 4, -1516.7058266183039)]
    [InlineData("faithful", CovarianceModel.EEE, 1, 5, -1289.7967450526135)]
    [InlineData("faithful", CovarianceModel.VVV, 1, 5, -1289.7967450526135)]
    [InlineData("faithful", CovarianceModel.VII, 2, 7, -1709.5292821775265)]
    [InlineData("faithful", CovarianceModel.VVI, 2, 9, -1147.8063525378118)]
    [InlineData("faithful", CovarianceModel.EEE, 2, 8, -1140.1867594370824)]
    [InlineData("faithful", CovarianceModel.VVV, 2, 11, -1130.2639601847461)]
    [InlineData("faithful", CovarianceModel.VII, 3, 11, -1637.4344180018627)]
    [InlineData("faithful", CovarianceModel.VVI, 3, 14, -1131.8185348521702)]
    [InlineData("faithful", CovarianceModel.EEE, 3, 11, -1126.3159278272296)]
    [InlineData("faithful", CovarianceModel.VVV, 3, 17, -1127.0716674169223)]
    [InlineData("faithful", CovarianceModel.VII, 4, 15, -1579.3466480407319)]
    [InlineData("faithful", CovarianceModel.VVI, 4, 19, -1112.8808329367978)]
    [InlineData("faithful", CovarianceModel.EEE, 4, 14, -1120.8281266172467)]
    [InlineData("faithful", CovarianceModel.VVV, 4, 23, -1111.2479691793321)]
    [InlineData("iris", CovarianceModel.VII, 1, 5, -889.51613070781957)]
    [InlineData("iris", CovarianceModel.VVI, 1, 8, -741.0175351853386)]
    [InlineData("iris", CovarianceModel.EEE, 1, 14, -379.91463012226916)]
    [InlineData("iris", CovarianceModel.VVV, 1, 14, -379.91463012226916)]
    [InlineData("iris", CovarianceModel.VII, 2, 11, -478.55909576907675)]
    [InlineData("iris", CovarianceModel.VVI, 2, 17, -386.18534693448674)]
    [InlineData("iris", CovarianceModel.EEE, 2, 19, -296.44757476927481)]
    [InlineData("iris", CovarianceModel.VVV, 2, 29, -214.35470437051237)]
    [InlineData("iris", CovarianceModel.VII, 3, 17, -384.31409506120599)]
    [InlineData("iris", CovarianceModel.VVI, 3, 26, -307.17757159835952)]
    [InlineData("iris", CovarianceModel.EEE, 3, 24, -256.35404312565822)]
    [InlineData("iris", CovarianceModel.VVV, 3, 44, -180.18547713134527)]
    [InlineData("iris", CovarianceModel.VII, 4, 23, -348.67327212746642)]
    [InlineData("iris", CovarianceModel.VVI, 4, 35, -287.82050107150917)]
    [InlineData("iris", CovarianceModel.EEE, 4, 29, -250.33310615914914)]
    [InlineData("iris", CovarianceModel.VVV, 4, 59, -165.54752438783186)]
    public void Every_model_reaches_at_least_the_optimum_of_mclust(
        string data, CovarianceModel model, int componentCount, int parameterCount, double logLikelihood)
    {
        EmOptions options = new() { ComponentCount = componentCount, CovarianceModel = model, Seed = 1 };
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(TestData.Named(data)));
        Assert.Equal(parameterCount, fit.ParameterCount);
        Assert.Equal(model, fit.CovarianceModel);
        Assert.True(fit.Converged);

        // 1e-8 per row may remain
        Close.AtLeast(logLikelihood, fit.LogLikelihood, 1e-8 * fit.TotalWeight, "log-likelihood");
    }
}
