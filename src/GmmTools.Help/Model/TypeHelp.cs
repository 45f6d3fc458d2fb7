namespace GmmTools.Help.Model;

/// <summary>A type that a command takes or gives.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Description">Its paragraphs.</param>
internal sealed record TypeHelp(string Name, string[] Description);
