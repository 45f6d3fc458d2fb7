using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Serialization;

namespace GmmTools.Inference.Watching;

/// <summary>The state of watching as JSON: what it was of, and the numbers of each departure, which read back to the last bit. Nothing in a text is trusted.</summary>
internal static class WatchStateJson
{
    private const string FormatName = "GmmTools.MixtureWatch";

    /// <summary>Grows when readers of before would misunderstand a text, and when departures are others.</summary>
    private const int Version = 1;

    public static string Write(MixtureWatch watch)
    {
        WatchState state = watch.State;
        JsonBuilder json = new();
        json.Object(() =>
        {
            json.Text(MixtureJson.Format, FormatName);
            json.Count(MixtureJson.FormatVersion, Version);
            json.Text("producer", $"GmmTools {typeof(MixtureWatch).Assembly.GetName().Version!.ToString(3)}");
            json.Texts("feature_names", watch.Mixture.Property);
            json.Text("baseline", Digest(watch.Mixture));
            json.Number("baseline_row_count", watch.BaselineCount);
            json.Number("false_alarm_interval", watch.FalseAlarmInterval);
            json.Count("row_count", state.RowCount);
            json.Count("watched_row_count", state.WatchedRowCount);
            json.Count("alarm_count", state.AlarmCount);
            json.Number("statistic", state.Statistic);
            json.Array("departures", watch.Departures, departure => json.Object(() => WriteDeparture(json, watch, departure)));
        });
        return json + "\n";
    }

    /// <summary>Reads a state.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="watch">What it is to be of.</param>
    /// <param name="differences">Filled: in what it is of something else.</param>
    /// <exception cref="MixtureFileException">The text is not such a state.</exception>
    public static WatchState Read(byte[] utf8, MixtureWatch watch, List<string> differences)
    {
        JsonValue root = JsonText.Read(utf8);
        if (root.Find(MixtureJson.Format)?.ToText() is not FormatName)
        {
            throw root.Wrong($"is not '{FormatName}'", "$." + MixtureJson.Format);
        }

        if (root[MixtureJson.FormatVersion].ToCount() is long version && version != Version)
        {
            throw root[MixtureJson.FormatVersion].Wrong(FormattableString.Invariant($"is {version}, but this GmmTools reads version {Version}"));
        }

        Compare(root, watch, differences);
        WatchState state = new(watch.State.Evidence.Length);
        if (differences.Count > 0)
        {
            return state;
        }

        state.RowCount = root["row_count"].ToCount();
        state.WatchedRowCount = root["watched_row_count"].ToCount(state.RowCount);
        state.AlarmCount = root["alarm_count"].ToCount(state.RowCount);
        IReadOnlyList<JsonValue> departures = root["departures"].ToItems(watch.Departures.Count, "departures of the baseline");
        for (int i = 0; i < departures.Count; i++)
        {
            ReadDeparture(departures[i], watch.Departures[i], state);
        }

        foreach (Departure departure in watch.Departures)
        {
            for (int step = departure.First; step < departure.First + departure.Steps.Length; step++)
            {
                state.Statistic += departure.Share * state.Evidence[step];
            }
        }

        return state.Statistic == root["statistic"].ToNumber() ? state : throw root["statistic"].Wrong("is not the sum of the evidence");
    }

    private static void Compare(JsonValue root, MixtureWatch watch, List<string> differences)
    {
        string[] names = [.. root["feature_names"].ToItems().Select(name => name.ToText())];
        if (!names.SequenceEqual(watch.Mixture.Property))
        {
            differences.Add($"its columns are {string.Join(", ", names)} and not {string.Join(", ", watch.Mixture.Property)}");
        }
        else if (root["baseline"].ToText() != Digest(watch.Mixture))
        {
            differences.Add("its baseline has other numbers");
        }

        double count = root.Find("baseline_row_count")?.ToNumber() ?? double.PositiveInfinity;
        if (count != watch.BaselineCount)
        {
            differences.Add($"its baseline is {Certainty(count)} and not {Certainty(watch.BaselineCount)}");
        }

        double interval = root["false_alarm_interval"].ToNumber();
        if (interval != watch.FalseAlarmInterval)
        {
            differences.Add(FormattableString.Invariant($"the mean number of rows between its false alarms is {interval:R} and not {watch.FalseAlarmInterval:R}"));
        }
    }

    private static string Certainty(double count) =>
        double.IsInfinity(count) ? "taken for the truth" : FormattableString.Invariant($"of {count:R} rows");

    private static void WriteDeparture(JsonBuilder json, MixtureWatch watch, Departure departure)
    {
        json.Text("kind", departure.Kind.ToString());
        if (departure.Kind != FitDeviationKind.NewMass)
        {
            json.Count("component", departure.Component + 1);
            json.Texts("features", [.. departure.Columns.Select(j => watch.Mixture.Property[j])]);
        }

        json.Vector("steps", departure.Steps);
        WatchState state = watch.State;
        json.Vector("evidence", Slice(state.Evidence, departure));
        json.Vector("cusum", Slice(state.Cusums, departure));
        json.Vector("start", [.. Slice(state.Starts, departure).Select(row => (double)row)]);
        json.Vector("weight", Slice(state.Weights, departure));
        json.Vector("value", Slice(state.Values, departure));
    }

    private static void ReadDeparture(JsonValue json, Departure departure, WatchState state)
    {
        JsonValue kind = json["kind"];
        if (kind.ToName<FitDeviationKind>() != departure.Kind)
        {
            throw kind.Wrong($"is not {departure.Kind}");
        }

        if (!json["steps"].ToItems(departure.Steps.Length, "steps").Select(step => step.ToNumber()).SequenceEqual(departure.Steps))
        {
            throw json["steps"].Wrong("are not those that this GmmTools watches");
        }

        Fill(json["evidence"], departure, state.Evidence, 0);
        Fill(json["cusum"], departure, state.Cusums, 0);
        Fill(json["weight"], departure, state.Weights, 0);
        Fill(json["value"], departure, state.Values, double.NegativeInfinity);
        IReadOnlyList<JsonValue> starts = json["start"].ToItems(departure.Steps.Length, "steps");
        for (int s = 0; s < starts.Count; s++)
        {
            state.Starts[departure.First + s] = starts[s].ToCount(state.RowCount);
        }
    }

    private static void Fill(JsonValue json, Departure departure, double[] target, double least)
    {
        IReadOnlyList<JsonValue> items = json.ToItems(departure.Steps.Length, "steps");
        for (int s = 0; s < items.Count; s++)
        {
            double number = items[s].ToNumber();
            target[departure.First + s] = number >= least ? number : throw items[s].Wrong(FormattableString.Invariant($"is {number:R}, but must be at least {least:R}"));
        }
    }

    private static T[] Slice<T>(T[] numbers, Departure departure) => [.. new ArraySegment<T>(numbers, departure.First, departure.Steps.Length)];

    private static string Digest(GaussianMixture mixture)
    {
        MixtureParameters parameters = mixture.Parameters;
        NumberHash hash = default;
        IEnumerable<double> ofNoise = parameters.Background is UniformBackground noise ? [parameters.BackgroundWeight, noise.LogDensity] : [];
        foreach (double number in new[] { parameters.Weights, parameters.Means, parameters.Covariances, parameters.DegreesOfFreedom ?? [] }
            .SelectMany(numbers => numbers).Concat(ofNoise))
        {
            hash.Add(number);
        }

        return hash.ToString();
    }
}
