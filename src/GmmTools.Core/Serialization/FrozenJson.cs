using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Known;

namespace GmmTools.Serialization;

/// <summary>What a fit kept of its start, as JSON.</summary>
internal static class FrozenJson
{
    private static readonly FrozenPart[] Parts = [FrozenPart.Mean, FrozenPart.Covariance, FrozenPart.Weight];

    public static void Write(JsonBuilder json, FitOptions options)
    {
        if (options.Frozen is FrozenParts frozen)
        {
            json.Array("frozen", frozen.Parts, parts => json.Object(() =>
            {
                foreach (FrozenPart part in Parts)
                {
                    json.Flag(Name(part), (parts & part) != 0);
                }
            }));
            json.Flag("frozen_in_proportion", frozen.InProportion);
        }

        if (options.AdditionalComponentCount > 0)
        {
            json.Count("additional_component_count", options.AdditionalComponentCount);
        }

        if (options.RegularizeCovariance > 0)
        {
            json.Number("regularize_covariance", options.RegularizeCovariance);
        }
    }

    /// <summary>Reads what was kept; null where nothing was.</summary>
    public static FrozenParts? ReadFrozen(JsonValue options, int componentCount)
    {
        if (options.Find("frozen") is not JsonValue json)
        {
            return null;
        }

        IReadOnlyList<JsonValue> items = json.ToItems();
        return items.Count <= componentCount
            ? new FrozenParts(items.Select(Read), options.Find("frozen_in_proportion")?.ToFlag() ?? false)
            : throw json.Wrong(System.FormattableString.Invariant($"has {Counted.Of(items.Count, "item")} for {Counted.Of(componentCount, "component")}"));
    }

    /// <summary>Reads how many components were added.</summary>
    public static int ReadAdditional(JsonValue options, int componentCount) =>
        (int)(options.Find("additional_component_count")?.ToCount(componentCount) ?? 0);

    /// <summary>Reads what was added to variances.</summary>
    public static double ReadRegularization(JsonValue options)
    {
        JsonValue? json = options.Find("regularize_covariance");
        double addition = json?.ToNumber() ?? 0;
        return addition >= 0 && !double.IsInfinity(addition) ? addition : throw json!.Wrong("is below 0, but what is added to variances must be at least 0");
    }

    private static FrozenPart Read(JsonValue json) =>
        Parts.Where(part => json[Name(part)].ToFlag()).Aggregate(FrozenPart.None, (all, part) => all | part);

    private static string Name(FrozenPart part) => part switch
    {
        FrozenPart.Mean => "mean",
        FrozenPart.Covariance => "covariance",
        _ => "weight",
    };
}
