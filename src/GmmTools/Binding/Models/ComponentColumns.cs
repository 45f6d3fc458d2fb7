using System;
using System.Collections.Generic;
using System.Globalization;

namespace GmmTools.Binding.Models;

/// <summary>
/// Names of the columns of a component row: Component, Weight, Mean_a for each column a, and Covariance_a_b for each pair of
/// columns: the upper triangle of the matrix, row by row. Both directions, writing and reading, take the names from here.
/// </summary>
internal sealed class ComponentColumns
{
    /// <summary>Column of the component's number.</summary>
    public const string Component = "Component";

    /// <summary>Column of the class that the component is of, where components have classes.</summary>
    public const string Class = "Class";

    /// <summary>Column of the mixing weight.</summary>
    public const string Weight = "Weight";

    /// <summary>Column of the degrees of freedom, where components are multivariate t.</summary>
    public const string DegreesOfFreedom = "DegreesOfFreedom";

    /// <summary>What the columns of the means begin with.</summary>
    public const string MeanPrefix = "Mean_";

    /// <summary>What the columns of the covariances begin with.</summary>
    public const string CovariancePrefix = "Covariance_";

    /// <summary>The columns for the given columns of a mixture.</summary>
    /// <param name="property">Names of the mixture's columns; they differ from each other in any case.</param>
    public ComponentColumns(IReadOnlyList<string> property)
    {
        Property = property;
        string[] means = new string[property.Count];
        string[,] covariances = new string[property.Count, property.Count];
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < property.Count; i++)
        {
            means[i] = MeanPrefix + property[i];
            for (int j = i; j < property.Count; j++)
            {
                covariances[i, j] = covariances[j, i] = Free(CovariancePrefix + property[i] + "_" + property[j], taken);
            }
        }

        Means = means;
        Covariances = covariances;
    }

    /// <summary>Names of the mixture's columns.</summary>
    public IReadOnlyList<string> Property { get; }

    /// <summary>d names of the columns of the means.</summary>
    public IReadOnlyList<string> Means { get; }

    /// <summary>d × d names of the columns of the covariances; mirrored entries share one.</summary>
    public string[,] Covariances { get; }

    /// <summary>Columns a, b_c and a_b, c would both make Covariance_a_b_c: the second pair in order gets a number.</summary>
    private static string Free(string name, HashSet<string> taken)
    {
        string free = name;
        for (int number = 2; !taken.Add(free); number++)
        {
            free = name + "#" + number.ToString(CultureInfo.InvariantCulture);
        }

        return free;
    }
}
