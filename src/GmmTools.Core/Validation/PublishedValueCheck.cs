using System;

namespace GmmTools.Validation;

/// <summary>A value that others have published beside the one found here.</summary>
public sealed class PublishedValueCheck
{
    internal PublishedValueCheck(PublishedValue value, double here)
    {
        Source = value.Source;
        Data = value.Data;
        Model = value.Model;
        Quantity = value.Quantity;
        Published = value.Published;
        Here = here;
        StatedDigits = value.StatedDigits;
        RequiredDigits = value.RequiredDigits;
        Digits = SignificantDigits.Agreeing(value.Published, here, value.StatedDigits);
    }

    /// <summary>Who published the value.</summary>
    public string Source { get; }

    /// <summary>The data that it is for.</summary>
    public string Data { get; }

    /// <summary>The model: a covariance model and a number of components, or a distribution.</summary>
    public string Model { get; }

    /// <summary>What it is.</summary>
    public string Quantity { get; }

    /// <summary>The value that was published.</summary>
    public double Published { get; }

    /// <summary>The value found here.</summary>
    public double Here { get; }

    /// <summary>How many significant digits agree, at most those that are known.</summary>
    public int Digits { get; }

    /// <summary>How many significant digits of the published value are known.</summary>
    public int StatedDigits { get; }

    /// <summary>How many must agree.</summary>
    public int RequiredDigits { get; }

    /// <summary>Whether as many agree as must.</summary>
    public bool Passed => Digits >= RequiredDigits;

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Warning => Passed ? null : FormattableString.Invariant(
        $"{Quantity} of {Model} for {Data} is {Here:R} here, but {Source} has {Published:R}: {Digits} of {RequiredDigits} digits agree.");

    /// <summary>One line.</summary>
    /// <returns>The value, and how many digits agree.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Source}, {Data}, {Model}, {Quantity}: {Published:R}, here {Here:R}, {Digits} of {RequiredDigits} digits agree");
}
