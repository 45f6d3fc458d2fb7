namespace GmmTools.Shell.Tabular;

/// <summary>What Measure-Object was asked for; the rest is null.</summary>
internal sealed class MeasureValues
{
    /// <summary>The sum.</summary>
    public double? Sum { get; init; }

    /// <summary>The mean.</summary>
    public double? Average { get; init; }

    /// <summary>The largest value.</summary>
    public object? Maximum { get; init; }

    /// <summary>The smallest value.</summary>
    public object? Minimum { get; init; }

    /// <summary>The standard deviation of a sample.</summary>
    public double? StandardDeviation { get; init; }
}
