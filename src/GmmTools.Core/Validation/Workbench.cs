using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Comparison;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Scoring;

namespace GmmTools.Validation;

/// <summary>Computes what several published values are of only once.</summary>
/// <param name="stop">Stops the work.</param>
internal sealed class Workbench(CancellationToken stop)
{
    private readonly Dictionary<string, EmFit> _fits = [];

    /// <summary>Stops the work.</summary>
    public CancellationToken Stop => stop;

    /// <summary>A fit as users make it: the best of several starts.</summary>
    public EmFit Fit(string data, CovarianceModel model, int componentCount) =>
        Remember($"{data} {model} {componentCount}", () => Run(data, new EmOptions { ComponentCount = componentCount, CovarianceModel = model }));

    /// <summary>A fit from labels to the very end.</summary>
    public EmFit FitFromLabels(string data, CovarianceModel model, bool prior = false) => Remember(
        $"{data} {model} {prior} from labels",
        () => Run(data, new EmOptions
        {
            ComponentCount = data == "iris" ? 3 : 2,
            CovarianceModel = model,
            Prior = prior,
            InitialResponsibilities = RowResponsibilities.FromMatrix(data == "iris" ? Species() : LongWaits()),
            Tolerance = 1e-13,
            MaxIteration = 1_000_000,
        }));

    /// <summary>The fit of one normal distribution to one column of numbers.</summary>
    /// <param name="name">What the numbers are called.</param>
    /// <param name="rows">The numbers.</param>
    public EmFit FitNormal(string name, Func<double[,]> rows) => Remember(
        $"{name} as one normal", () => new EmEstimator(new EmOptions()).Fit(InMemoryObservations.FromMatrix(rows()), Stop));

    /// <summary>How far the components of a fit agree with the classes of the data.</summary>
    public double AdjustedRandIndex(string data, EmFit fit)
    {
        PartitionAgreement agreement = new();
        MixtureScorer scorer = new(fit.Mixture);
        double[,] rows = ReferenceData.Rows(data);
        string[] classes = ReferenceData.Classes(data);
        double[] row = new double[rows.GetLength(1)];
        for (int i = 0; i < classes.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = rows[i, j];
            }

            scorer.Score(row);
            agreement.Add(classes[i], scorer.Component.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return agreement.AdjustedRandIndex();
    }

    private static double[,] Species() => Labels(150, 3, i => i / 50);

    private static double[,] LongWaits()
    {
        double[,] rows = ReferenceData.Rows("faithful");
        return Labels(rows.GetLength(0), 2, i => rows[i, 1] > 68 ? 1 : 0);
    }

    private static double[,] Labels(int count, int componentCount, Func<int, int> label)
    {
        double[,] labels = new double[count, componentCount];
        for (int i = 0; i < count; i++)
        {
            labels[i, label(i)] = 1;
        }

        return labels;
    }

    private EmFit Run(string data, EmOptions options) => new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(ReferenceData.Rows(data)), Stop);

    private EmFit Remember(string key, Func<EmFit> fit)
    {
        if (!_fits.TryGetValue(key, out EmFit? known))
        {
            _fits[key] = known = fit();
        }

        return known;
    }
}
