using System.Management.Automation;

namespace GmmTools.Help.Model;

/// <summary>One parameter of a command, as it is in one parameter set or, in the list of all, in the first set that has it.</summary>
/// <param name="Info">What the engine knows of it.</param>
/// <param name="Description">Its paragraphs; empty when it has no doc comment.</param>
/// <param name="DefaultValue">The value of the property of a fresh command.</param>
/// <param name="AcceptsWildcards">Whether values may hold wildcards.</param>
/// <param name="Choices">The values that are allowed; empty when any are.</param>
internal sealed record ParameterHelp(
    CommandParameterInfo Info, string[] Description, string DefaultValue, bool AcceptsWildcards, string[] Choices);
