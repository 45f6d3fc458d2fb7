using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>20 iterations from the same start as scikit-learn 1.2.1; Reference/sklearn_reference.py made the values.</summary>
public sealed class ScikitLearnReferenceTests
{
    private static readonly JsonElement Reference = Read();

    public static TheoryData<string, int, CovarianceModel> Cases()
    {
        TheoryData<string, int, CovarianceModel> cases = [];
        foreach (JsonElement entry in Reference.GetProperty("cases").EnumerateArray())
        {
            cases.Add(entry.GetProperty("data").GetString()!, entry.GetProperty("componentCount").GetInt32(), Model(entry));
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_iterations_reach_the_log_likelihood_of_scikit_learn(string data, int componentCount, CovarianceModel model)
    {
        JsonElement entry = Reference.GetProperty("cases").EnumerateArray().Single(candidate =>
            candidate.GetProperty("data").GetString() == data
            && candidate.GetProperty("componentCount").GetInt32() == componentCount
            && Model(candidate) == model);
        EmOptions options = new()
        {
            ComponentCount = componentCount,
            CovarianceModel = model,
            MaxIteration = Reference.GetProperty("iterations").GetInt32(),
            Tolerance = 0,
            Acceleration = AccelerationMethod.None,
            InitialMixture = Start(entry),
        };
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(TestData.Named(data)));
        Assert.Equal(20, fit.IterationCount);
        Assert.Equal(0, fit.CollapseCount);
        Close.Relative(entry.GetProperty("logLikelihood").GetDouble(), fit.LogLikelihood, 1e-9, "log-likelihood");
    }

    [Fact]
    public void The_reference_covers_two_data_sets_two_sizes_and_four_models() =>
        Assert.Equal(16, Reference.GetProperty("cases").GetArrayLength());

    private static CovarianceModel Model(JsonElement entry) => CovarianceModels.Parse(entry.GetProperty("model").GetString()!);

    private static GaussianMixture Start(JsonElement entry) => GaussianMixture.Create(
        Numbers(entry.GetProperty("weights")),
        [.. entry.GetProperty("means").EnumerateArray().Select(Numbers)],
        [.. entry.GetProperty("covariances").EnumerateArray().Select(Matrix)]);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static double[,] Matrix(JsonElement array)
    {
        double[][] rows = [.. array.EnumerateArray().Select(Numbers)];
        double[,] matrix = new double[rows.Length, rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows.Length; j++)
            {
                matrix[i, j] = rows[i][j];
            }
        }

        return matrix;
    }

    private static JsonElement Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", "sklearn-20-iterations.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
