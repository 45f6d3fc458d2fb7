using System;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Models;

/// <summary>Normal components and uniform noise, against Reference/noise.py; where the volume is mclust's, against R mclust 6.0.0 as well.</summary>
public sealed class NoiseModelTests
{
    /// <summary>hypvol(faithful) of mclust: a box along the principal axes.</summary>
    private const double PrincipalVolume = 131.86880100350035;

    /// <summary>The box along the columns.</summary>
    private const double ColumnVolume = 185.5;

    [Theory]
    [InlineData(CovarianceModel.VVI, 1, ColumnVolume, -1282.747685706353, 0.5168853371833317)]
    [InlineData(CovarianceModel.VVI, 2, ColumnVolume, -1141.2215744833595, 0.07340638809499833)]
    [InlineData(CovarianceModel.VVI, 3, ColumnVolume, -1130.46680458922, 0.038837375036604116)]
    [InlineData(CovarianceModel.EEI, 2, ColumnVolume, -1152.900606935312, 0.05993438905879676)]
    [InlineData(CovarianceModel.EEI, 3, ColumnVolume, -1133.0347801861267, 0.02826247468177324)]
    [InlineData(CovarianceModel.VII, 2, ColumnVolume, -1380.162489037788, 0.847935661655728)]
    [InlineData(CovarianceModel.EII, 3, ColumnVolume, -1348.7497184965698, 0.7052647256703917)]
    [InlineData(CovarianceModel.VVV, 1, PrincipalVolume, -1282.580063932889, 0.315744110741529)]
    [InlineData(CovarianceModel.VVV, 2, PrincipalVolume, -1125.7512321997824, 0.09170655262439496)]
    [InlineData(CovarianceModel.EEE, 2, PrincipalVolume, -1138.1351813151855, 0.0890508806311101)]
    [InlineData(CovarianceModel.VVI, 2, PrincipalVolume, -1132.269687650596, 0.1262144409132099)]
    [InlineData(CovarianceModel.EEI, 2, PrincipalVolume, -1144.6713237965594, 0.12687646512534545)]
    public void From_a_stated_start_EM_ends_where_the_reference_does(
        CovarianceModel model, int componentCount, double volume, double logLikelihood, double share)
    {
        EmRun run = Run(model, componentCount, volume, out _);
        Assert.Equal(StopReason.Converged, run.StopReason);
        Close.Absolute(logLikelihood, run.LogLikelihood, 1e-6, "log-likelihood");
        Close.Absolute(share, run.Mixture.BackgroundWeight, 1e-4, "weight of the noise");
        Close.Absolute(1, run.Mixture.Weights.Sum() + run.Mixture.BackgroundWeight, 1e-12, "weights");
    }

    [Theory]
    [InlineData(CovarianceModel.VVV, 2)]
    [InlineData(CovarianceModel.EEE, 3)]
    [InlineData(CovarianceModel.VEV, 2)]
    [InlineData(CovarianceModel.VVE, 2)]
    public void The_log_likelihood_never_falls_and_the_end_is_a_fixed_point(CovarianceModel model, int componentCount)
    {
        EmRun run = Run(model, componentCount, PrincipalVolume, out NoiseModel noise);
        for (int i = 1; i < run.LogLikelihoodTrace.Count; i++)
        {
            Close.AtLeast(run.LogLikelihoodTrace[i - 1], run.LogLikelihoodTrace[i], 1e-9, "log-likelihood");
        }

        MixtureParameters next = run.Mixture.Clone();
        noise.Maximize(run.Statistics!.Clone(), run.Mixture, next, null);
        Close.Absolute(run.Mixture.BackgroundWeight, next.BackgroundWeight, 1e-5, "weight of the noise");
        Close.AllRelative(run.Mixture.Weights, next.Weights, 1e-5, "weights");
        Close.AllRelative(run.Mixture.Means, next.Means, 1e-6, "means");
        Close.AllRelative(run.Mixture.Covariances, next.Covariances, 1e-4, "covariances");
        Assert.Equal(run.Statistics!.TotalWeight, run.Statistics.Weights.Sum() + run.Statistics.BackgroundWeight, 1e-9);
    }

    [Fact]
    public void Noise_is_one_parameter_more()
    {
        Assert.Equal(new NormalModel(CovarianceModel.VVV, 2).ParameterCount(2) + 1, Model(CovarianceModel.VVV, 2, ColumnVolume).ParameterCount(2));
        Assert.Equal(12, Model(CovarianceModel.VVV, 2, ColumnVolume).ParameterCount(2));
    }

    [Fact]
    public void Weights_that_are_kept_keep_that_of_the_noise()
    {
        NoiseModel model = new(CovarianceModel.VVV, 2, Box(ColumnVolume), keepsWeights: true);
        MixtureParameters start = Starts.Spread(TestData.Faithful, 2).Parameters.ToShape(CovarianceShape.Full);
        start.Weights[0] = 0.5;
        start.Weights[1] = 0.3;
        start.Background = Box(ColumnVolume);
        start.BackgroundWeight = 0.2;
        EmRun run = Run(model, start);
        Assert.Equal([0.5, 0.3], run.Mixture.Weights);
        Assert.Equal(0.2, run.Mixture.BackgroundWeight);
    }

    [Fact]
    public void A_start_is_not_changed_and_a_component_that_collapses_leaves_the_noise_its_weight()
    {
        MixtureParameters start = Starts.Spread(TestData.Faithful, 3).Parameters.ToShape(CovarianceShape.Full);
        double[] before = [.. start.Weights];
        EmRun run = Run(Model(CovarianceModel.VVV, 3, PrincipalVolume), start);
        Assert.Equal(before, start.Weights);
        Assert.Null(start.Background);
        run.Collapsed = [1];
        MixtureParameters rest = run.WithoutCollapsed();
        Assert.Equal(run.Mixture.BackgroundWeight, rest.BackgroundWeight);
        Close.Absolute(1, rest.Weights.Sum() + rest.BackgroundWeight, 1e-12, "weights");
    }

    [Fact]
    public void A_run_that_was_kept_is_read_back_with_its_noise()
    {
        EmRun run = Run(CovarianceModel.VVV, 2, PrincipalVolume, out _);
        using MemoryStream stream = new();
        EmRun.Exchange(new StateWriter(new BinaryWriter(stream)), run);
        stream.Position = 0;
        EmRun read = EmRun.Exchange(new StateReader(new BinaryReader(stream), what => new CheckpointException("CheckpointUnreadable", what, string.Empty)), null);
        Assert.Equal(run.Mixture.BackgroundWeight, read.Mixture.BackgroundWeight);
        Assert.Equal(run.Mixture.Terms.Background, read.Mixture.Terms.Background);
        Assert.Equal(run.Statistics!.BackgroundWeight, read.Statistics!.BackgroundWeight);
    }

    private static EmRun Run(CovarianceModel model, int componentCount, double volume, out NoiseModel noise)
    {
        noise = Model(model, componentCount, volume);
        bool spherical = model is CovarianceModel.VII or CovarianceModel.EII;
        return Run(noise, Starts.Spread(TestData.Faithful, componentCount, spherical).Parameters.ToShape(model.Shape()));
    }

    private static EmRun Run(NoiseModel model, MixtureParameters start)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        PooledMoments pooled = PooledMoments.Compute(rows, start.Shape, 1, CancellationToken.None);
        using EmRunner runner = new(rows, pooled, model, new RunRules(), 1, keepsStatistics: true);
        return runner.Run(start, new RunLimits(1e-13, 100_000, CancellationToken.None, CancellationToken.None), null, null);
    }

    private static NoiseModel Model(CovarianceModel model, int componentCount, double volume) => new(model, componentCount, Box(volume));

    private static UniformBackground Box(double volume)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        return UniformBackground.OfBox(rows.Minimum, rows.Maximum).WithLogVolume(Math.Log(volume));
    }
}
