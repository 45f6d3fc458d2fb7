namespace GmmTools.Shell.Tabular;

/// <summary>The result of Measure-Object for one property.</summary>
public sealed class MeasureInfo
{
    internal MeasureInfo(string? property, int count, MeasureValues values)
    {
        Count = count;
        Average = values.Average;
        Sum = values.Sum;
        Maximum = values.Maximum;
        Minimum = values.Minimum;
        StandardDeviation = values.StandardDeviation;
        Property = property;
    }

    /// <summary>How many values there are.</summary>
    public int Count { get; }

    /// <summary>The mean, when asked for.</summary>
    public double? Average { get; }

    /// <summary>The sum, when asked for.</summary>
    public double? Sum { get; }

    /// <summary>The largest value, when asked for.</summary>
    public object? Maximum { get; }

    /// <summary>The smallest value, when asked for.</summary>
    public object? Minimum { get; }

    /// <summary>The standard deviation of a sample, when asked for.</summary>
    public double? StandardDeviation { get; }

    /// <summary>The name of the property; null for the objects themselves.</summary>
    public string? Property { get; }
}
