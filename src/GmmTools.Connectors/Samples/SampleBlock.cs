using System;

namespace GmmTools.Connectors.Samples;

/// <summary>Some consecutive rows of a sample, on their way into a file.</summary>
/// <param name="values">The numbers, row after row.</param>
/// <param name="components">The component of each row, or null.</param>
/// <param name="count">Number of rows.</param>
internal sealed class SampleBlock(double[] values, int[]? components, int count)
{
    /// <summary>The numbers, row after row.</summary>
    public double[] Values { get; } = values;

    /// <summary>The component of each row, or null.</summary>
    public int[]? Components { get; } = components;

    /// <summary>Number of rows.</summary>
    public int Count { get; } = count;

    /// <summary>Number of columns of numbers, d.</summary>
    public int Dimension => Values.Length / Count;

    /// <summary>The bytes to be written, once formatted.</summary>
    public ArraySegment<byte> Text { get; set; }

    /// <summary>The numbers, column after column, once formatted.</summary>
    public double[][] Columns { get; set; } = [];
}
