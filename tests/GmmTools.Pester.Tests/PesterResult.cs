namespace GmmTools.Pester.Tests;

/// <summary>What one <c>It</c> of a test file came to.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Name">Its blocks and its name, as Pester prints them.</param>
/// <param name="Result">Passed, Failed, Skipped or Inconclusive.</param>
/// <param name="Text">The failure with its place, or empty.</param>
public sealed record PesterResult(string File, string Name, string Result, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}: {Name}";
}
