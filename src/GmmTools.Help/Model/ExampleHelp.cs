namespace GmmTools.Help.Model;

/// <summary>One example of a command.</summary>
/// <param name="Title">What it is about, in one line.</param>
/// <param name="Code">What a reader types.</param>
/// <param name="Remarks">What it shows.</param>
/// <param name="Output">What it prints, or null where that is not shown.</param>
internal sealed record ExampleHelp(string Title, string Code, string[] Remarks, string? Output);
