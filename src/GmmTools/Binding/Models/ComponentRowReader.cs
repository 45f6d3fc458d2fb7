using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Cells;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>Collects rows of Get-MixtureComponent, or of a file that they were written to, and makes the mixture again.</summary>
internal sealed class ComponentRowReader
{
    private readonly CellParser _parser;
    private readonly List<double> _weights = [];
    private readonly List<double[]> _means = [];
    private readonly List<double[,]> _covariances = [];
    private readonly List<double> _degrees = [];
    private readonly List<string?> _classes = [];
    private readonly HashSet<double> _numbers = [];
    private ComponentColumns? _columns;

    /// <summary>Starts with no rows.</summary>
    /// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
    public ComponentRowReader(CultureInfo? culture)
    {
        _parser = new CellParser(culture);
    }

    private int Row => _weights.Count + 1;

    /// <summary>Adds a row.</summary>
    /// <param name="input">The row: an object with properties, or a dictionary; its cells are named by keys then.</param>
    public void Add(PSObject? input)
    {
        PSObject row = input?.BaseObject is IDictionary dictionary ? ToObject(dictionary) : input ?? throw EmptyRow();
        _columns ??= ReadColumns(row);
        CheckUnknown(row, _columns);
        CheckNumber(row);
        int dimension = _columns.Property.Count;
        double[,] covariance = new double[dimension, dimension];
        double[] mean = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            mean[i] = ReadCell(row, _columns.Means[i]);
            for (int j = i; j < dimension; j++)
            {
                covariance[i, j] = covariance[j, i] = ReadCovariance(row, _columns, i, j);
            }
        }

        double weight = ReadCell(row, ComponentColumns.Weight);
        if (Bare.Of(row.Properties[ComponentColumns.DegreesOfFreedom]?.Value) is not (null or ""))
        {
            _degrees.Add(ReadCell(row, ComponentColumns.DegreesOfFreedom));
        }

        _classes.Add(Bare.Of(row.Properties[ComponentColumns.Class]?.Value)?.ToString());
        _weights.Add(weight);
        _means.Add(mean);
        _covariances.Add(covariance);
    }

    /// <summary>The mixture of the rows.</summary>
    public GaussianMixture Build() => _columns is null
        ? throw new CommandException(
            "NoRows",
            "There are no component rows. Pipe rows from Get-MixtureComponent, or from a file to which they were written.")
        : GaussianMixture.Create(
            [.. _weights],
            [.. _means],
            [.. _covariances],
            _columns.Property,
            degreesOfFreedom: _degrees.Count > 0 ? [.. _degrees] : null,
            componentClasses: _classes);

    private static bool HasPrefix(string name, string prefix) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);

    private static PSObject ToObject(IDictionary dictionary)
    {
        PSObject row = new();
        foreach (DictionaryEntry cell in dictionary)
        {
            row.Properties.Add(new PSNoteProperty(Convert.ToString(cell.Key, CultureInfo.InvariantCulture), cell.Value));
        }

        return row;
    }

    private static ComponentColumns ReadColumns(PSObject row)
    {
        string[] property =
        [
            .. row.Properties.Select(cell => cell.Name)
                .Where(name => HasPrefix(name, ComponentColumns.MeanPrefix) && name.Length > ComponentColumns.MeanPrefix.Length)
                .Select(name => name.Substring(ComponentColumns.MeanPrefix.Length)),
        ];
        return property.Length > 0
            ? new ComponentColumns(property)
            : throw new CommandException(
                "MissingColumn",
                $"The row has no column whose name begins with {ComponentColumns.MeanPrefix}; its columns are {string.Join(", ", row.Properties.Select(cell => cell.Name))}. Pipe rows from Get-MixtureComponent.",
                row);
    }

    /// <summary>A covariance that belongs to no pair of columns is a typing error or a column of another mixture.</summary>
    private void CheckUnknown(PSObject row, ComponentColumns columns)
    {
        HashSet<string> known = new(columns.Means, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < columns.Property.Count; i++)
        {
            for (int j = 0; j < columns.Property.Count; j++)
            {
                known.Add(columns.Covariances[i, j]);
                known.Add(MirroredName(columns, i, j));
            }
        }

        foreach (PSPropertyInfo cell in row.Properties)
        {
            bool claimed = HasPrefix(cell.Name, ComponentColumns.MeanPrefix) || HasPrefix(cell.Name, ComponentColumns.CovariancePrefix);
            if (claimed && !known.Contains(cell.Name))
            {
                throw new CommandException(
                    "UnknownComponentColumn",
                    FormattableString.Invariant($"Row {Row} has a column '{cell.Name}', but the means are those of {string.Join(", ", columns.Property)}. Rename the column, or add the mean that belongs to it to every row."),
                    cell.Name);
            }
        }
    }

    private void CheckNumber(PSObject row)
    {
        if (row.Properties[ComponentColumns.Component] is null)
        {
            return;
        }

        double number = ReadCell(row, ComponentColumns.Component);
        if (!_numbers.Add(number))
        {
            throw new CommandException(
                "DuplicateComponent",
                FormattableString.Invariant($"Row {Row} is component {number} again. Give each component one row, and the rows of one mixture at a time."),
                number);
        }
    }

    private double ReadCovariance(PSObject row, ComponentColumns columns, int i, int j)
    {
        string name = columns.Covariances[i, j];
        string mirrored = MirroredName(columns, i, j);
        bool hasMirrored = i != j && row.Properties[mirrored] is not null && !string.Equals(name, mirrored, StringComparison.OrdinalIgnoreCase);
        if (!hasMirrored || IsCanonical(columns, mirrored))
        {
            return ReadCell(row, name);
        }

        double value = ReadCell(row, mirrored);
        if (row.Properties[name] is not null && ReadCell(row, name) != value)
        {
            throw new CommandException(
                "CovarianceNotSymmetric",
                FormattableString.Invariant($"Row {Row}: '{name}' and '{mirrored}' are the same covariance but differ ({ReadCell(row, name):R} and {value:R}). Give both the same value, or leave one out."),
                value);
        }

        return value;
    }

    private static string MirroredName(ComponentColumns columns, int i, int j) =>
        ComponentColumns.CovariancePrefix + columns.Property[j] + "_" + columns.Property[i];

    /// <summary>Whether the name is that of some pair of columns in its own right.</summary>
    private static bool IsCanonical(ComponentColumns columns, string name)
    {
        foreach (string canonical in columns.Covariances)
        {
            if (string.Equals(canonical, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private CommandException EmptyRow() => new(
        "EmptyRow", FormattableString.Invariant($"Row {Row} is $null. Leave it out."));

    private double ReadCell(PSObject row, string column)
    {
        PSPropertyInfo cell = row.Properties[column] ?? throw new CommandException(
            "MissingColumn",
            FormattableString.Invariant($"Row {Row} has no column '{column}'. A component row has Component, Weight, Mean_<name> for each column and Covariance_<a>_<b> for each pair of columns."),
            column)
        { Suggestion = NearestNames.Order(row.Properties.Select(other => other.Name), column).FirstOrDefault(name => NearestNames.IsPlausible(name, column)) };
        object? value = Bare.Of(cell.Value);
        CellKind kind = _parser.Parse(value, out double number);
        return kind == CellKind.Number ? number : throw _parser.ErrorFor(kind, value, Row, column);
    }
}
