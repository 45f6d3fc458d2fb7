using System;
using System.Globalization;
using System.Linq;

namespace GmmTools.Validation;

/// <summary>A value that others have published, or that a formula gives, and how it is found here.</summary>
public sealed class PublishedValue
{
    private readonly Func<Workbench, double> _find;

    /// <summary>Takes down a value.</summary>
    /// <param name="source">Who published it.</param>
    /// <param name="data">The data that it is for.</param>
    /// <param name="model">The model.</param>
    /// <param name="quantity">What it is.</param>
    /// <param name="published">The value as it was printed.</param>
    /// <param name="requiredDigits">How many significant digits must agree.</param>
    /// <param name="find">Finds it here.</param>
    /// <param name="statedDigits">How many significant digits are known; null for those that were printed.</param>
    internal PublishedValue(
        string source, string data, string model, string quantity, string published, int requiredDigits, Func<Workbench, double> find, int? statedDigits = null)
    {
        Source = source;
        Data = data;
        Model = model;
        Quantity = quantity;
        Published = double.Parse(published, CultureInfo.InvariantCulture);
        StatedDigits = statedDigits ?? CountDigits(published);
        RequiredDigits = requiredDigits;
        _find = find;
    }

    /// <summary>Who published it.</summary>
    public string Source { get; }

    /// <summary>The data that it is for.</summary>
    public string Data { get; }

    /// <summary>The model: a covariance model and a number of components, or a distribution.</summary>
    public string Model { get; }

    /// <summary>What it is.</summary>
    public string Quantity { get; }

    /// <summary>The value.</summary>
    public double Published { get; }

    /// <summary>How many significant digits of it are known.</summary>
    public int StatedDigits { get; }

    /// <summary>How many of them must agree: fewer where the source stopped early, or where the data cannot be written in doubles.</summary>
    public int RequiredDigits { get; }

    /// <summary>Finds the value here and compares.</summary>
    internal PublishedValueCheck Check(Workbench bench) => new(this, _find(bench));

    /// <summary>Those that were printed, without zeros in front.</summary>
    private static int CountDigits(string printed) =>
        new string([.. printed.TakeWhile(character => character is not ('e' or 'E')).Where(char.IsDigit)]).TrimStart('0').Length;
}
