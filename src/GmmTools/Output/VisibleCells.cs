using System.Collections;
using System.Linq;
using GmmTools.Binding;

namespace GmmTools.Output;

/// <summary>What views show of texts that come from the user's data.</summary>
public static class VisibleCells
{
    /// <summary>A text, or a list of texts, with its control characters made visible.</summary>
    /// <param name="value">The value of a property; null stays null, what is no text stays as it is.</param>
    public static object? Format(object? value) => Bare.Of(value) switch
    {
        string text => VisibleText.Of(text),
        IEnumerable list => list.Cast<object?>().Select(Format).ToArray(),
        var other => other,
    };
}
