using System;
using System.IO;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.MaximizationSteps;

/// <summary>What an M-step says of its model, and what it keeps from one use to the next.</summary>
public sealed class StepWorkspaceTests
{
    public static TheoryData<CovarianceModel> Models => [.. CovarianceModels.All];

    /// <summary>Eigenvalues are shared where volume and shape are; a model ties nothing where each number of a covariance is free.</summary>
    [Theory]
    [InlineData(CovarianceModel.EII, false, true)]
    [InlineData(CovarianceModel.VII, true, true)]
    [InlineData(CovarianceModel.EEI, false, true)]
    [InlineData(CovarianceModel.VEI, true, true)]
    [InlineData(CovarianceModel.EVI, true, true)]
    [InlineData(CovarianceModel.VVI, true, false)]
    [InlineData(CovarianceModel.EEE, false, true)]
    [InlineData(CovarianceModel.VEE, true, true)]
    [InlineData(CovarianceModel.EVE, true, true)]
    [InlineData(CovarianceModel.VVE, true, true)]
    [InlineData(CovarianceModel.EEV, false, true)]
    [InlineData(CovarianceModel.VEV, true, true)]
    [InlineData(CovarianceModel.EVV, true, true)]
    [InlineData(CovarianceModel.VVV, true, false)]
    public void A_step_knows_what_its_model_leaves_free(CovarianceModel model, bool ownSpread, bool constrains)
    {
        MaximizationStep step = MaximizationStep.Create(model);
        Assert.Equal((model, ownSpread, constrains), (step.Model, step.HasOwnSpread, step.Constrains));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_that_was_used_for_other_rows_begins_as_a_new_one(CovarianceModel model)
    {
        double[] expected = Maximize(MaximizationStep.Create(model), 3, 4, 1);
        MaximizationStep step = MaximizationStep.Create(model);
        foreach ((int componentCount, int dimension) in new[] { (3, 4), (3, 2), (5, 2), (3, 4), (3, 5), (2, 5), (2, 4) })
        {
            Maximize(step, componentCount, dimension, 2);
            step.Begin();
            Assert.Equal(Maximize(MaximizationStep.Create(model), componentCount, dimension, 3), Maximize(step, componentCount, dimension, 3));
        }

        step.Begin();
        Assert.Equal(expected, Maximize(step, 3, 4, 1));
    }

    [Theory]
    [InlineData(CovarianceModel.EEV)]
    [InlineData(CovarianceModel.VEV)]
    public void The_axes_that_a_step_begins_with_are_part_of_its_state(CovarianceModel model)
    {
        MaximizationStep step = MaximizationStep.Create(model);
        Maximize(step, 3, 4, 1);
        byte[] state = Write(step);
        Assert.Equal(3 * 16 * sizeof(double), state.Length);
        Assert.NotEqual(Write(MaximizationStep.Create(model)), state);
        MaximizationStep other = MaximizationStep.Create(model);
        Read(other, state);
        Assert.Equal(state, Write(other));
        Assert.Equal(Maximize(step, 3, 4, 2), Maximize(other, 3, 4, 2));
    }

    [Theory]
    [InlineData(0, 2.0, "the axes of a component are not orthonormal")]
    [InlineData(47, 2.0, "the axes of a component are not orthonormal")]
    [InlineData(17, double.NaN, "an axis is NaN, not a finite number")]
    public void Axes_that_are_none_are_refused(int place, double number, string reason)
    {
        MaximizationStep step = MaximizationStep.Create(CovarianceModel.VEV);
        Maximize(step, 3, 4, 1);
        byte[] state = Write(step);
        BitConverter.GetBytes(number).CopyTo(state, sizeof(double) * place);
        CheckpointException error = Assert.Throws<CheckpointException>(() => Read(MaximizationStep.Create(CovarianceModel.VEV), state));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_steps_keep_nothing()
    {
        MaximizationStep step = MaximizationStep.Create(CovarianceModel.VVE);
        Maximize(step, 3, 4, 1);
        Assert.Empty(Write(step));
    }

    private static double[] Maximize(MaximizationStep step, int componentCount, int dimension, ulong seed)
    {
        double[] weights = new double[componentCount];
        for (int k = 0; k < componentCount; k++)
        {
            weights[k] = 6 + k;
        }

        MixtureParameters result = new(componentCount, dimension, step.Model.Shape());
        step.Maximize(Scatters.Statistics(weights, Scatters.Random(componentCount, dimension, seed), step.Model.Shape()), null, result, null);
        return result.Covariances;
    }

    private static byte[] Write(MaximizationStep step)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        step.Exchange(new StateWriter(writer), 3, 4);
        writer.Flush();
        return stream.ToArray();
    }

    private static void Read(MaximizationStep step, byte[] state)
    {
        using BinaryReader reader = new(new MemoryStream(state));
        step.Exchange(new StateReader(reader, reason => new CheckpointException("Test", reason, "a file")), 3, 4);
    }
}
