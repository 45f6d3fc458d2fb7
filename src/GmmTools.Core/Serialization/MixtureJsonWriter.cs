using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Serialization;

/// <summary>
/// Writes mixtures and fits as JSON. The parameters have the names and shapes of scikit-learn's: weights (K), means (K × d), covariances
/// (K × d × d for the covariance_type "full", K × d variances for "diag").
/// </summary>
public static class MixtureJsonWriter
{
    /// <summary>The text of a mixture.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <returns>The text; numbers read back as they were.</returns>
    public static string Write(GaussianMixture mixture) => Write(mixture ?? throw new ArgumentNullException(nameof(mixture)), null);

    /// <summary>The text of a fit.</summary>
    /// <param name="fit">A fit that has a mixture.</param>
    /// <returns>The text; numbers read back as they were.</returns>
    public static string Write(EmFit fit) => Write((fit ?? throw new ArgumentNullException(nameof(fit))).Mixture, fit);

    private static string Write(GaussianMixture mixture, EmFit? fit)
    {
        JsonBuilder json = new();
        Write(json, mixture, fit);
        return json + "\n";
    }

    /// <summary>Writes a mixture or a fit as an object within a text.</summary>
    internal static void Write(JsonBuilder json, GaussianMixture mixture, EmFit? fit)
    {
        json.Object(() =>
        {
            json.Text(MixtureJson.Format, MixtureJson.FormatName);
            json.Count(MixtureJson.FormatVersion, MixtureJson.Version);
            json.Text("producer", $"GmmTools {typeof(EmFit).Assembly.GetName().Version!.ToString(3)}");
            json.Texts("feature_names", mixture.Property);
            json.Text("covariance_model", mixture.CovarianceModel.ToString());
            WriteParameters(json, mixture.Parameters);
            if (mixture.ComponentClasses is IReadOnlyList<string?> classes)
            {
                json.Texts("component_classes", [.. classes.Select(name => name ?? string.Empty)]);
            }

            if (mixture.Parameters.DegreesOfFreedom is double[] degrees)
            {
                json.Vector("degrees_of_freedom", degrees);
            }

            if (mixture.Noise is not null)
            {
                json.Object("noise", () => NoiseJson.Write(json, mixture.Parameters));
            }

            if (mixture.Trimming is MixtureTrimming trimming)
            {
                json.Object("trimming", () => TrimmingJson.Write(json, trimming));
            }

            if (fit is not null)
            {
                json.Object("fit", () => WriteFit(json, fit));
            }
        });
    }

    private static void WriteParameters(JsonBuilder json, MixtureParameters parameters)
    {
        int[] components = [.. Enumerable.Range(0, parameters.ComponentCount)];
        json.Text("covariance_type", MixtureJson.CovarianceType(parameters.Shape));
        json.Vector("weights", parameters.Weights);
        json.Array("means", components, k => json.Vector(Slice(parameters.Means, k, parameters.Dimension)));
        WriteMatrices(json, "covariances", parameters.Covariances, parameters);
    }

    /// <summary>K matrices as an array of rows each, or K rows of their diagonals.</summary>
    private static void WriteMatrices(JsonBuilder json, string name, double[] packed, MixtureParameters size) => json.Array(
        name,
        Enumerable.Range(0, size.ComponentCount),
        k =>
        {
            if (size.Shape == CovarianceShape.Diagonal)
            {
                json.Vector(Slice(packed, k, size.Dimension));
            }
            else
            {
                json.Matrix(Numerics.PackedMatrix.Unpack(packed, k * size.CovarianceLength, size.Dimension));
            }
        });

    private static void WriteFit(JsonBuilder json, EmFit fit)
    {
        if (fit.Group is RowGroup group)
        {
            json.Object("group", () =>
            {
                json.Texts("names", group.Names);
                json.Texts("values", group.Values);
            });
        }

        json.Count("row_count", fit.RowCount);
        json.Count("read_row_count", fit.ReadRowCount);
        json.Count("omitted_row_count", fit.OmittedRowCount);
        json.Count("incomplete_row_count", fit.IncompleteRowCount);
        json.Number("total_weight", fit.TotalWeight);
        json.Number("log_likelihood", fit.LogLikelihood);
        json.Number("bounded_log_likelihood", fit.BoundedLogLikelihood);
        if (!fit.IsTrimmed)
        {
            json.Number("bic", fit.Bic);
        }

        json.Number("entropy", fit.Entropy);
        json.Count("parameter_count", fit.ParameterCount);
        json.Text("stop_reason", fit.StopReason.ToString());
        json.Count("iteration_count", fit.IterationCount);
        json.Number("estimated_remainder", fit.EstimatedRemainder);
        json.Count("collapse_count", fit.CollapseCount);
        json.Count("best_start_count", fit.BestStartCount);
        json.Object("options", () => FitOptionsJson.Write(json, fit.Options));
        json.Number("elapsed_seconds", fit.Elapsed.TotalSeconds);
        json.Texts("warnings", fit.Warnings);
        json.Vector("log_likelihood_trace", fit.LogLikelihoodTrace);
        json.Array("starts", fit.Starts, start => json.Object(() => WriteStart(json, start)));
        json.Array("spurious_components", fit.SpuriousComponents, component => json.Object(() =>
        {
            json.Count("component", component.Component);
            json.Number("row_count", component.RowCount);
            json.Number("eigenvalue_ratio", component.EigenvalueRatio);
        }));
        json.Array("atoms", fit.Atoms, atom => json.Object(() =>
        {
            json.Text("property", atom.Property);
            json.Number("value", atom.Value);
            json.Number("share", atom.Share);
            if (atom.Component is int component)
            {
                json.Count("component", component);
            }
        }));
        if (fit.Statistics is not null)
        {
            json.Object("statistics", () => WriteStatistics(json, fit.Statistics, fit.Mixture.Parameters));
        }
    }

    private static void WriteStart(JsonBuilder json, EmStart start)
    {
        json.Count("start", start.Start);
        json.Text("initialization", start.Initialization);
        json.Number("log_likelihood", start.LogLikelihood);
        json.Count("iteration_count", start.IterationCount);
        json.Text("stop_reason", start.StopReason.ToString());
        json.Count("collapse_count", start.CollapseCount);
        json.Flag("is_spurious", start.IsSpurious);
    }

    private static void WriteStatistics(JsonBuilder json, SufficientStatistics statistics, MixtureParameters size)
    {
        json.Number("total_weight", statistics.TotalWeight);
        json.Number("log_likelihood", statistics.LogLikelihood);
        json.Number("entropy", statistics.Entropy);
        json.Vector("weights", statistics.Weights);
        if (size.Background is not null)
        {
            json.Number("background_weight", statistics.BackgroundWeight);
        }

        if (size.DegreesOfFreedom is not null)
        {
            json.Vector("moment_weights", statistics.MomentWeights);
            json.Vector("log_moment_weights", statistics.LogMomentWeights);
        }

        IEnumerable<int> components = Enumerable.Range(0, statistics.ComponentCount);
        json.Array("centres", components, k => json.Vector(Slice(statistics.Centres, k, size.Dimension)));
        json.Array("first_moments", components, k => json.Vector(Slice(statistics.FirstMoments, k, size.Dimension)));
        WriteMatrices(json, "scatters", statistics.Scatters, size);
    }

    private static ArraySegment<double> Slice(double[] values, int component, int length) => new(values, component * length, length);
}
