using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

/// <summary>The table of about_CovarianceModels is true to the code.</summary>
public sealed class CovarianceModelPageTests
{
    private static readonly string[][] Rows =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "about_CovarianceModels.help.txt"))
            .Where(line => Regex.IsMatch(line, "^    [EV][EVI][EVI] .* [0-9]+$"))
            .Select(line => Regex.Split(line.Trim(), " {2,}")),
    ];

    [Fact]
    public void It_has_all_models_in_order() =>
        Assert.Equal(CovarianceModels.All.Select(model => model.ToString()), Rows.Select(row => row[0].Split(' ')[0]));

    [Fact]
    public void Numbers_of_parameters_are_right() => Assert.All(Rows, row => Assert.Equal(
        CovarianceModels.Parse(row[0].Split(' ')[0]).CovarianceParameterCount(3, 4), int.Parse(row[^1], CultureInfo.InvariantCulture)));

    [Fact]
    public void Formulas_are_right() => Assert.All(Rows, row => Assert.Equal(int.Parse(row[^1], CultureInfo.InvariantCulture), Evaluate(row[^2])));

    [Fact]
    public void Aliases_are_right() => Assert.All(
        Rows.Where(row => row.Length > 4), row => Assert.Equal(row[0], CovarianceModels.Parse(row[1]).ToString()));

    // a sum of products of K = 3, d = 4, o = 6 and numbers
    private static int Evaluate(string formula) => Regex.Matches(formula.Replace("(d-1)", "3*", StringComparison.Ordinal).Replace("d-1", "3", StringComparison.Ordinal), "[^+]+")
        .Sum(term => term.Value.TrimEnd('*').Aggregate(1, (product, factor) => product * factor switch
        {
            'K' => 3,
            'd' => 4,
            'o' => 6,
            '*' => 1,
            _ => factor - '0',
        }));
}
