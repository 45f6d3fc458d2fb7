using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Rows, the fit of them, and how sure it is.</summary>
internal sealed class InferenceProblem
{
    public InferenceProblem(IObservations rows, EmOptions options)
    {
        Rows = rows;
        Fit = new EmEstimator(options).Fit(rows);
    }

    public static InferenceProblem Diabetes { get; } = new(
        TestData.Observations(TestData.Diabetes), new EmOptions { ComponentCount = 3, Seed = 1 });

    public static InferenceProblem Faithful { get; } = new(
        TestData.Observations(TestData.Faithful), new EmOptions { ComponentCount = 2, Seed = 1, Tolerance = 1e-13 });

    public IObservations Rows { get; }

    public EmFit Fit { get; }

    public UncertaintyReport Measure(UncertaintyOptions options) => new MixtureUncertainty(options).Measure(Fit.Mixture, Fit.Options, Rows);

    public UncertaintyReport Measure(UncertaintyMethod method, int replicateCount = 999, params double[] probabilities) =>
        Measure(new UncertaintyOptions { Method = method, ReplicateCount = replicateCount, Seed = 1, Probabilities = probabilities });

    /// <summary>Two clusters far from each other, so that the rows tell which component each is of, in unequal numbers.</summary>
    public static InferenceProblem Apart(CovarianceModel model)
    {
        double[,] rows = TestData.Draw(600, 1, 2, 5);
        for (int i = 0; i < 200; i++)
        {
            rows[i, 0] += 1000;
        }

        return new InferenceProblem(
            TestData.Observations(rows), new EmOptions { ComponentCount = 2, CovarianceModel = model, Seed = 1, Tolerance = 1e-13 });
    }

    /// <summary>The standard errors of a parameter, in the order of the report.</summary>
    public static double[] Errors(UncertaintyReport report, string parameter) =>
        [.. Of(report, parameter).Select(one => one.StandardError)];

    public static IEnumerable<ParameterUncertainty> Of(UncertaintyReport report, string parameter) =>
        report.Parameters.Where(one => one.Parameter == parameter);
}
