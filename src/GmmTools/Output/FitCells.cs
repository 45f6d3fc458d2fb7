using System.Management.Automation;

namespace GmmTools.Output;

/// <summary>What views show of fits, failures and mixtures, and of copies of them.</summary>
public static class FitCells
{
    /// <summary>The name of the model that was fitted: VVV, or with what is beside normal components VVV+t, VVV+N (noise) or VVV-T (trimmed).</summary>
    /// <param name="fit">A fit, a failure or a mixture.</param>
    public static string Model(PSObject fit)
    {
        // a failure has no mixture and tells itself what was wanted; columns of a group may have any name
        object? mixture = Value(fit, "Mixture");
        PSObject? kind = mixture is null ? fit : PSObject.AsPSObject(mixture);
        string? name = NumberCells.Model(Value(fit, "CovarianceModel")?.ToString() ?? string.Empty, Value(fit, "Property"));
        return name + (Value(kind, "Tail")?.ToString() == "Student" ? "+t"
            : LanguagePrimitives.IsTrue(Value(kind, "Noise")) ? "+N"
            : LanguagePrimitives.IsTrue(Value(kind, "Trimming")) || LanguagePrimitives.IsTrue(Value(kind, "IsTrimmed")) ? "-T"
            : string.Empty);
    }

    private static object? Value(PSObject? of, string property) => of?.Properties[property]?.Value;
}
