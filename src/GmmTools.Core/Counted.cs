using System;
using System.Globalization;

namespace GmmTools;

/// <summary>Numbers of things in messages: one row, two rows.</summary>
public static class Counted
{
    /// <summary>So many of a thing: 1 row, 2 rows.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="noun">What one of them is called, such as row, training row or matrix.</param>
    public static string Of(long count, string noun) => count.ToString(CultureInfo.InvariantCulture) + " " + Name(count, noun);

    /// <summary>So many of a thing, and what they do: 1 row has, 2 rows have.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="noun">What one of them is called.</param>
    /// <param name="one">The verb for one.</param>
    /// <param name="many">The verb for several.</param>
    public static string Of(long count, string noun, string one, string many) => Of(count, noun) + " " + (count == 1 ? one : many);

    /// <summary>So many of a thing, with separators in large numbers: 1 row, 20,000 rows.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="noun">What one of them is called.</param>
    public static string Grouped(long count, string noun) => count.ToString("N0", CultureInfo.InvariantCulture) + " " + Name(count, noun);

    /// <summary>What so many of a thing are called: row, rows.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="noun">What one of them is called.</param>
    /// <exception cref="ArgumentNullException">The noun is null.</exception>
    public static string Name(long count, string noun) =>
        noun is null ? throw new ArgumentNullException(nameof(noun))
        : count == 1 ? noun
        : noun == "covariance matrix" ? "covariance matrices"
        : noun == "class" ? "classes"
        : noun + "s";
}
