namespace GmmTools.Estimation.Models;

/// <summary>A value of a column that repeats far beyond what a normal density allows.</summary>
/// <param name="Value">The value.</param>
/// <param name="Share">Its share of the rows, by their weights.</param>
internal readonly record struct Repetition(double Value, double Share);
