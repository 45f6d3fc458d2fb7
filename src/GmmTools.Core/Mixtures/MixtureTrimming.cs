using System;

namespace GmmTools.Mixtures;

/// <summary>What a mixture was not fitted to: a share of the rows, the least probable ones. A row that is less probable than a level belongs to no component;
/// it is component 0.</summary>
public sealed class MixtureTrimming
{
    /// <summary>Trimming of a known share and level.</summary>
    /// <param name="fraction">The share of the rows, at least 0 and below 1.</param>
    /// <param name="logDensity">The level; −∞ where no row is trimmed.</param>
    /// <exception cref="InvalidMixtureException">They are not a share and a level (InvalidTrimming).</exception>
    public MixtureTrimming(double fraction, double logDensity)
    {
        if (!(fraction >= 0 && fraction < 1) || double.IsNaN(logDensity) || double.IsPositiveInfinity(logDensity))
        {
            throw new InvalidMixtureException(
                "InvalidTrimming",
                FormattableString.Invariant($"A share of {fraction:R} below a log-density of {logDensity:R} cannot have been trimmed: the share must be at least 0 and below 1, the log-density a number."),
                fraction);
        }

        Fraction = fraction;
        LogDensity = logDensity;
    }

    /// <summary>The share of the rows, of their weight where they have weights, that the mixture was not fitted to.</summary>
    public double Fraction { get; }

    /// <summary>The log-density, natural logarithm, below which a row belongs to no component; −∞ where none was trimmed.</summary>
    public double LogDensity { get; }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{100 * Fraction:0.###} % of the rows, log-density below {LogDensity:G6}");
}
