namespace GmmTools.Selection;

/// <summary>What a reader should know before relying on the best of several fits.</summary>
/// <param name="Text">The sentences.</param>
/// <param name="Remedy">What to do, where that needs the words of the program that shows it; or null.</param>
public sealed record SelectionWarning(string Text, Remedy? Remedy = null)
{
    /// <summary>The sentences.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
