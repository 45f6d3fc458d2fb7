namespace GmmTools.Binding;

/// <summary>How far a part of a work is.</summary>
/// <param name="Name">The part.</param>
/// <param name="Status">How far it is.</param>
internal sealed record ProgressPart(string Name, string Status);
