using System;
using System.Collections.Generic;

namespace GmmTools.Binding.Models;

/// <summary>Means and covariances in any of the shapes that PowerShell users write, as arrays of one shape.</summary>
internal static class MixtureArguments
{
    /// <summary>K means of d numbers.</summary>
    /// <param name="value">
    /// K lists of d numbers; a K × d matrix; K plain numbers when there is one column; d plain numbers when there is one component.
    /// </param>
    /// <param name="componentCount">K.</param>
    public static double[][] ReadMeans(object? value, int componentCount)
    {
        NumberTree tree = NumberTree.Read(value, "Mean");
        if (tree.IsNumber || (tree.IsFlat && componentCount == 1))
        {
            return Checked<double[]>([[.. tree.Flatten()]], componentCount, "Mean");
        }

        List<double[]> means = [];
        foreach (NumberTree item in tree.Items)
        {
            means.Add([.. item.Flatten()]);
        }

        return Checked<double[]>([.. means], componentCount, "Mean");
    }

    /// <summary>K covariance matrices of d × d numbers.</summary>
    /// <param name="value">
    /// K matrices, each a double[,], a list of d rows or a flat list of d·d numbers; K plain numbers when there is one column; the
    /// matrix itself when there is one component.
    /// </param>
    /// <param name="componentCount">K.</param>
    /// <param name="dimension">d.</param>
    public static double[][,] ReadCovariances(object? value, int componentCount, int dimension)
    {
        NumberTree tree = NumberTree.Read(value, "Covariance");
        if (componentCount == 1 && TryReadMatrix(tree, dimension) is double[,] only)
        {
            return [only];
        }

        List<double[,]> matrices = [];
        foreach (NumberTree item in tree.Items)
        {
            matrices.Add(TryReadMatrix(item, dimension) ?? throw NotAMatrix(matrices.Count + 1, item, dimension));
        }

        return Checked<double[,]>([.. matrices], componentCount, "Covariance");
    }

    private static double[,]? TryReadMatrix(NumberTree tree, int dimension)
    {
        List<double> numbers = tree.Flatten();
        if (numbers.Count != dimension * dimension || !(tree.IsNumber || tree.IsFlat || HasRows(tree, dimension)))
        {
            return null;
        }

        double[,] matrix = new double[dimension, dimension];
        for (int i = 0; i < numbers.Count; i++)
        {
            matrix[i / dimension, i % dimension] = numbers[i];
        }

        return matrix;
    }

    private static bool HasRows(NumberTree tree, int dimension)
    {
        foreach (NumberTree row in tree.Items)
        {
            if (row.IsNumber || !row.IsFlat || row.Items.Count != dimension)
            {
                return false;
            }
        }

        return tree.Items.Count == dimension;
    }

    private static T[] Checked<T>(T[] items, int componentCount, string parameter) => items.Length == componentCount
        ? items
        : throw new CommandException(
            "ComponentCountMismatch",
            FormattableString.Invariant($"-Weight holds {Counted.Of(componentCount, "number")}, but -{parameter} {Counted.Of(items.Length, "item")}. Give one per component: put several numbers of one component in a list of their own, as in @(1, 2), @(3, 4)."),
            items);

    private static CommandException NotAMatrix(int component, NumberTree tree, int dimension) => new(
        "DimensionMismatch",
        FormattableString.Invariant($"The covariance of component {component} has {Counted.Of(tree.Flatten().Count, "number")}, but the means have {dimension}. Give a {dimension} x {dimension} matrix: {Counted.Of(dimension, "row")} of {Counted.Of(dimension, "number")}."),
        tree.Flatten().ToArray());
}
