using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding.Models;

/// <summary>
/// Numbers as PowerShell users write them: plain, in lists, in lists of lists, in matrices, wrapped or not. A node is either
/// one number or a list of nodes; a matrix is a list of its rows.
/// </summary>
internal sealed class NumberTree
{
    private static readonly CellParser Parser = new();

    private readonly double _number;

    private NumberTree(double number)
    {
        _number = number;
        Items = [];
        IsNumber = true;
    }

    private NumberTree(IReadOnlyList<NumberTree> items)
    {
        Items = items;
    }

    /// <summary>Whether the node is one number.</summary>
    public bool IsNumber { get; }

    /// <summary>The nodes of a list; empty for a number.</summary>
    public IReadOnlyList<NumberTree> Items { get; }

    /// <summary>Whether the node is a list of nothing but numbers.</summary>
    public bool IsFlat
    {
        get
        {
            foreach (NumberTree item in Items)
            {
                if (!item.IsNumber)
                {
                    return false;
                }
            }

            return !IsNumber;
        }
    }

    /// <summary>Reads what a user gave.</summary>
    /// <param name="value">The value.</param>
    /// <param name="parameter">The parameter, for the message.</param>
    /// <exception cref="CommandException">It holds something that is no number.</exception>
    public static NumberTree Read(object? value, string parameter)
    {
        object? bare = Bare.Of(value);
        return bare switch
        {
            double[,] matrix => FromMatrix(matrix),
            string text => new NumberTree(ReadNumber(text, parameter)),
            IDictionary => throw NotNumeric(bare, parameter),
            IEnumerable list => FromList(list, parameter),
            _ => new NumberTree(ReadNumber(bare, parameter)),
        };
    }

    /// <summary>All numbers in the order in which they were written.</summary>
    public List<double> Flatten()
    {
        List<double> numbers = [];
        AddTo(numbers);
        return numbers;
    }

    private static NumberTree FromMatrix(double[,] matrix)
    {
        List<NumberTree> rows = [];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            List<NumberTree> row = [];
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                row.Add(new NumberTree(matrix[i, j]));
            }

            rows.Add(new NumberTree(row));
        }

        return new NumberTree(rows);
    }

    private static NumberTree FromList(IEnumerable list, string parameter)
    {
        List<NumberTree> items = [];
        foreach (object? item in list)
        {
            items.Add(Read(item, parameter));
        }

        return new NumberTree(items);
    }

    private static double ReadNumber(object? value, string parameter)
    {
        // NaN passes: the mixture says in its own words which number may not be NaN
        bool isNumber = Parser.Parse(value, out double number) == CellKind.Number || value is double or float;
        return isNumber ? number : throw NotNumeric(value, parameter);
    }

    private static CommandException NotNumeric(object? value, string parameter)
    {
        string shown = value is null ? "nothing" : "'" + Convert.ToString(value, CultureInfo.InvariantCulture) + "'";
        return new CommandException(
            "NotNumeric",
            $"-{parameter} holds {shown}, which is not a number. Give numbers, or lists of numbers.",
            value);
    }

    private void AddTo(List<double> numbers)
    {
        if (IsNumber)
        {
            numbers.Add(_number);
        }

        foreach (NumberTree item in Items)
        {
            item.AddTo(numbers);
        }
    }
}
