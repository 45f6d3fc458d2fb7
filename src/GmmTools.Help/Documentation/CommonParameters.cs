namespace GmmTools.Help.Documentation;

/// <summary>Help of the parameters that the engine adds to commands that write.</summary>
internal static class CommonParameters
{
    /// <summary>The paragraphs of such a parameter; none for one that is not known.</summary>
    /// <param name="name">Its name.</param>
    public static string[] Describe(string name) => name switch
    {
        "WhatIf" => ["Show what would be written, without writing anything."],
        "Confirm" => ["Ask before anything is written."],
        _ => [],
    };
}
