using System;

namespace GmmTools.Help.Documentation;

/// <summary>A doc comment that no help can be made from.</summary>
/// <param name="message">Which one, and what to write instead.</param>
internal sealed class HelpException(string message) : Exception(message);
