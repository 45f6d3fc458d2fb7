using System;

namespace GmmTools.Numerics.Dense;

/// <summary>
/// The assignment of rows to columns of least total cost: shortest augmenting paths with dual prices. Kuhn, Naval Research
/// Logistics 2 (1955) 83-97; Jonker and Volgenant, Computing 38 (1987) 325-340.
/// </summary>
internal static class LinearAssignment
{
    /// <summary>Solves for a cost matrix of n rows and m ≥ n columns of finite numbers.</summary>
    /// <returns>The column of each row.</returns>
    public static int[] Solve(double[,] cost)
    {
        int rows = cost.GetLength(0);
        int columns = cost.GetLength(1);
        if (rows > columns)
        {
            throw new ArgumentException("There must be at least as many columns as rows.", nameof(cost));
        }

        // Index 0 stands for "none" in all of these, so that the path can start from an imaginary column.
        double[] rowPrice = new double[rows + 1];
        double[] columnPrice = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        for (int row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            Augment(cost, rowPrice, columnPrice, rowOf);
        }

        int[] columnOf = new int[rows];
        for (int column = 1; column <= columns; column++)
        {
            if (rowOf[column] > 0)
            {
                columnOf[rowOf[column] - 1] = column - 1;
            }
        }

        return columnOf;
    }

    /// <summary>Finds the cheapest path from the row waiting at column 0 to a free column, and shifts the rows along it.</summary>
    private static void Augment(double[,] cost, double[] rowPrice, double[] columnPrice, int[] rowOf)
    {
        int columns = columnPrice.Length - 1;
        double[] slack = new double[columns + 1];
        int[] previous = new int[columns + 1];
        bool[] visited = new bool[columns + 1];
        for (int column = 1; column <= columns; column++)
        {
            slack[column] = double.PositiveInfinity;
        }

        int current = 0;
        do
        {
            visited[current] = true;
            int row = rowOf[current];
            double delta = double.PositiveInfinity;
            int next = 0;
            for (int column = 1; column <= columns; column++)
            {
                if (visited[column])
                {
                    continue;
                }

                double reduced = cost[row - 1, column - 1] - rowPrice[row] - columnPrice[column];
                if (reduced < slack[column])
                {
                    slack[column] = reduced;
                    previous[column] = current;
                }

                if (slack[column] < delta)
                {
                    delta = slack[column];
                    next = column;
                }
            }

            for (int column = 0; column <= columns; column++)
            {
                if (visited[column])
                {
                    rowPrice[rowOf[column]] += delta;
                    columnPrice[column] -= delta;
                }
                else
                {
                    slack[column] -= delta;
                }
            }

            current = next;
        }
        while (rowOf[current] != 0);

        while (current != 0)
        {
            rowOf[current] = rowOf[previous[current]];
            current = previous[current];
        }
    }
}
