using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using GmmTools.Classification;

namespace GmmTools.Binding.Classification;

/// <summary>Prior probabilities as users give them: a hashtable of the classes and their numbers.</summary>
internal static class PriorArgument
{
    /// <summary>The numbers by class; null where none are given.</summary>
    /// <param name="given">What was given, or null.</param>
    /// <exception cref="ClassificationException">One is no number (InvalidPrior).</exception>
    public static IReadOnlyDictionary<string, double>? Read(IDictionary? given)
    {
        if (given is null)
        {
            return null;
        }

        Dictionary<string, double> prior = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given)
        {
            string name = Convert.ToString(Bare.Of(entry.Key), CultureInfo.InvariantCulture)!;
            prior[name] = entry.Value is not null && LanguagePrimitives.TryConvertTo(entry.Value, CultureInfo.InvariantCulture, out double number)
                ? number
                : throw new ClassificationException("InvalidPrior", $"The prior probability of class '{name}' is '{entry.Value}'. It must be a number above 0.", entry.Value);
        }

        return prior;
    }
}
