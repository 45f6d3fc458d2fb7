using System.Collections.Generic;

namespace GmmTools.Help.Model;

/// <summary>All that the help says about one command.</summary>
/// <param name="Name">Verb-Noun.</param>
internal sealed record CommandHelp(string Name)
{
    /// <summary>One sentence or two.</summary>
    public required string[] Synopsis { get; init; }

    /// <summary>The paragraphs of the description.</summary>
    public required string[] Description { get; init; }

    /// <summary>The parameters of each parameter set, the default set first.</summary>
    public required IReadOnlyList<IReadOnlyList<ParameterHelp>> Syntax { get; init; }

    /// <summary>Every parameter once, by name.</summary>
    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    /// <summary>What can be piped in.</summary>
    public required IReadOnlyList<TypeHelp> Inputs { get; init; }

    /// <summary>What comes out.</summary>
    public required IReadOnlyList<TypeHelp> Outputs { get; init; }

    /// <summary>The examples.</summary>
    public required IReadOnlyList<ExampleHelp> Examples { get; init; }

    /// <summary>What to read next.</summary>
    public required IReadOnlyList<LinkHelp> Links { get; init; }
}
