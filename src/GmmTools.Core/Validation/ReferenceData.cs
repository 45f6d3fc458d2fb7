using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace GmmTools.Validation;

/// <summary>The data that published values are for; they are part of the library.</summary>
internal static class ReferenceData
{
    /// <summary>The rows of a data set, of numbers only: a cell of text at the end of a row, such as a class, is left out.</summary>
    /// <param name="name">Its name.</param>
    public static double[,] Rows(string name)
    {
        string[][] lines = [.. Lines(name).Where(cells => IsNumber(cells[0]))];
        int dimension = lines[0].Count(IsNumber);
        double[,] rows = new double[lines.Length, dimension];
        for (int i = 0; i < lines.Length; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                rows[i, j] = double.Parse(lines[i][j], CultureInfo.InvariantCulture);
            }
        }

        return rows;
    }

    /// <summary>The last cell of each row.</summary>
    /// <param name="name">Name of the data set.</param>
    public static string[] Classes(string name) => [.. Lines(name).Where(cells => IsNumber(cells[0])).Select(cells => cells[cells.Length - 1])];

    private static string[][] Lines(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{name}.csv")!;
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => line.Split(','))];
    }

    private static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
