namespace GmmTools.Help.Model;

/// <summary>Something to read next.</summary>
/// <param name="Text">A command, a help page or the title of a source.</param>
/// <param name="Address">Where it is; empty when the help has it.</param>
internal sealed record LinkHelp(string Text, string Address);
