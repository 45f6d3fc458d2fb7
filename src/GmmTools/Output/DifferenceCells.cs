using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;

namespace GmmTools.Output;

/// <summary>What views show of differences between samples.</summary>
public static class DifferenceCells
{
    /// <summary>The values of the group.</summary>
    /// <param name="difference">A difference, or a copy of one, in which the group may be a text.</param>
    public static string Group(PSObject difference)
    {
        object? group = difference.Properties["Group"]?.Value;
        object? values = group is null ? null : PSObject.AsPSObject(group).Properties["Values"]?.Value;
        string[] texts = [.. (Bare.Of(values) as IEnumerable ?? Enumerable.Empty<object?>()).Cast<object?>().Select(Text)];
        return VisibleText.Of(texts.Length > 0 ? string.Join(", ", texts) : Text(group));
    }

    /// <summary>Whether it is a difference that is found, or why there is no telling.</summary>
    /// <param name="difference">A difference, or a copy of one.</param>
    public static string Verdict(PSObject difference) =>
        difference.Properties["Differs"]?.Value is true ? "differs" : VisibleText.Of(Text(difference.Properties["Note"]?.Value));

    private static string Text(object? value) => System.Convert.ToString(Bare.Of(value), CultureInfo.CurrentCulture) ?? string.Empty;
}
