namespace GmmTools.Commands.Sessions;

/// <summary>Where a session is, so that another can take its place.</summary>
/// <param name="Module">The manifest of the module there.</param>
/// <param name="Location">The location, which relative paths are relative to.</param>
internal sealed record SessionPlace(string Module, string Location);
