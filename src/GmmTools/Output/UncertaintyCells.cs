using System;
using System.Globalization;
using System.Management.Automation;

namespace GmmTools.Output;

/// <summary>What views show of parameters and how sure they are.</summary>
public static class UncertaintyCells
{
    /// <summary>The component of a parameter, as a heading.</summary>
    /// <param name="parameter">A parameter, or a copy of one.</param>
    public static string Heading(PSObject parameter) => parameter.Properties["Component"]?.Value switch
    {
        null => "all",
        0 => "noise",
        object number => Convert.ToString(number, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Which parameter, with its columns, its probability or its point.</summary>
    /// <param name="parameter">A parameter, or a copy of one.</param>
    public static string Name(PSObject parameter)
    {
        string name = Convert.ToString(parameter.Properties["Parameter"]?.Value, CultureInfo.CurrentCulture)!;
        foreach (string part in new[] { "Column", "OtherColumn", "Probability", "Point" })
        {
            if (parameter.Properties[part]?.Value is object value)
            {
                string text = Convert.ToString(value, CultureInfo.CurrentCulture)!;
                name += " " + (part == "Point" ? text.Replace(" = ", "=").Replace(", ", " ") : text);
            }
        }

        return VisibleText.Of(name);
    }
}
