namespace GmmTools.Connectors.Databases.Sql;

/// <summary>What a mixture says about a row, as columns of a query.</summary>
public enum MixtureSqlColumn
{
    /// <summary>Natural logarithm of the density.</summary>
    LogDensity,

    /// <summary>The most probable component, from 1.</summary>
    Component,

    /// <summary>Probability of the most probable component.</summary>
    Probability,

    /// <summary>Probabilities of all components, one column each.</summary>
    Responsibility,

    /// <summary>1 where the density lies below a level, else 0.</summary>
    Outlier,
}
