using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Shell.Tabular;

namespace GmmTools.Shell.Commands;

/// <summary>Counts objects, and sums, averages and finds the extremes of their properties.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
internal sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _rows = [];

    /// <summary>The objects.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names or patterns; nothing: the objects themselves.</summary>
    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    /// <summary>Gives the sum.</summary>
    [Parameter]
    public SwitchParameter Sum { get; set; }

    /// <summary>Gives the mean.</summary>
    [Parameter]
    public SwitchParameter Average { get; set; }

    /// <summary>Gives the largest value.</summary>
    [Parameter]
    public SwitchParameter Maximum { get; set; }

    /// <summary>Gives the smallest value.</summary>
    [Parameter]
    public SwitchParameter Minimum { get; set; }

    /// <summary>Gives the standard deviation of a sample (divisor n - 1).</summary>
    [Parameter]
    public SwitchParameter StandardDeviation { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _rows.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Property is null)
        {
            WriteObject(new MeasureInfo(null, _rows.Count, Measure([.. _rows])));
            return;
        }

        foreach (IGrouping<string, object?> column in Property.SelectMany(ReadColumn).GroupBy(cell => cell.Name, cell => cell.Value))
        {
            object?[] values = [.. column.Where(value => value is not null)];
            WriteObject(new MeasureInfo(column.Key, values.Length, Measure(values)));
        }
    }

    private List<(string Name, object? Value)> ReadColumn(string name)
    {
        PropertySelector selector = PropertySelector.Parse([name])[0];
        List<(string Name, object? Value)> cells = [];
        foreach (PSObject row in _rows)
        {
            if (selector.TryGetValue(row, out _))
            {
                cells.AddRange(selector.Select(row));
            }
        }

        return cells;
    }

    private MeasureValues Measure(object?[] values)
    {
        bool needsNumbers = Sum || Average || StandardDeviation;
        if (values.Length == 0 || !(needsNumbers || Maximum || Minimum))
        {
            return new MeasureValues();
        }

        List<double> numbers = [];
        foreach (object? value in values)
        {
            if (TryReadNumber(value, out double number))
            {
                numbers.Add(number);
            }
            else if (needsNumbers)
            {
                InvalidCastException failure = new($"Input object \"{value}\" is not numeric.");
                WriteError(new ErrorRecord(failure, "NonNumericInputObject", ErrorCategory.InvalidType, value));
            }
        }

        bool isNumeric = numbers.Count == values.Length;
        return new MeasureValues
        {
            Sum = Sum && numbers.Count > 0 ? numbers.Sum() : null,
            Average = Average && numbers.Count > 0 ? numbers.Average() : null,
            Maximum = Maximum ? isNumeric ? numbers.Max() : values.Max(ValueComparer.Instance) : null,
            Minimum = Minimum ? isNumeric ? numbers.Min() : values.Min(ValueComparer.Instance) : null,
            StandardDeviation = StandardDeviation && numbers.Count > 0 ? FindDeviation(numbers) : null,
        };
    }

    private static double FindDeviation(List<double> numbers)
    {
        double mean = numbers.Average();
        return numbers.Count == 1 ? 0.0 : Math.Sqrt(numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Count - 1));
    }

    private static bool TryReadNumber(object? value, out double number)
    {
        object? plain = value is PSObject wrapped ? wrapped.BaseObject : value;
        number = 0.0;
        return plain is not (null or DateTime or bool) && LanguagePrimitives.TryConvertTo(plain, out number);
    }
}
