using System;
using System.Text;

namespace GmmTools.Binding;

/// <summary>Names of text encodings, as PowerShell writes them on both editions.</summary>
internal static class EncodingArgument
{
    /// <summary>The names that are offered.</summary>
    public static readonly string[] Names = ["utf8", "unicode", "bigendianunicode", "utf32", "ascii", "latin1"];

    /// <summary>The encoding of a name, or null for none.</summary>
    /// <param name="name">A PowerShell name, or one that .NET knows.</param>
    public static Encoding? Parse(string? name)
    {
        if (name is null)
        {
            return null;
        }

        try
        {
            return name.ToUpperInvariant() switch
            {
                "UTF8" or "UTF8BOM" or "UTF8NOBOM" => Encoding.UTF8,
                "UNICODE" => Encoding.Unicode,
                "BIGENDIANUNICODE" => Encoding.BigEndianUnicode,
                "UTF32" => Encoding.UTF32,
                "ASCII" => Encoding.ASCII,
                "LATIN1" => Encoding.GetEncoding("iso-8859-1"),
                _ => Encoding.GetEncoding(name),
            };
        }
        catch (ArgumentException exception)
        {
            throw new CommandException(
                "UnknownEncoding",
                $"'{name}' is not an encoding. Use one of {string.Join(", ", Names)}.",
                name,
                exception);
        }
    }
}
