namespace GmmTools.Plots;

/// <summary>What a column of a group differs by from a reference, over all of its rows.</summary>
public sealed class DifferenceLine
{
    /// <summary>Creates the line.</summary>
    /// <param name="name">The group; empty where rows have none.</param>
    /// <param name="column">The column.</param>
    /// <param name="total">The difference of the means, times the number of rows.</param>
    /// <param name="lower">Lower end of its interval; NaN where there is none.</param>
    /// <param name="upper">Upper end.</param>
    /// <param name="differs">Whether it is more than chance.</param>
    public DifferenceLine(string name, string column, double total, double lower, double upper, bool differs)
    {
        Name = name;
        Column = column;
        Total = total;
        Lower = lower;
        Upper = upper;
        Differs = differs;
    }

    /// <summary>The group; empty where rows have none.</summary>
    public string Name { get; }

    /// <summary>The column.</summary>
    public string Column { get; }

    /// <summary>The difference of the means, times the number of rows.</summary>
    public double Total { get; }

    /// <summary>Lower end of its interval; NaN where there is none.</summary>
    public double Lower { get; }

    /// <summary>Upper end.</summary>
    public double Upper { get; }

    /// <summary>Whether it is more than chance.</summary>
    public bool Differs { get; }
}
