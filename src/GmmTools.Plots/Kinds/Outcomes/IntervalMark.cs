namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>A value with its interval.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">The value.</param>
/// <param name="Lower">Lower end of the interval; NaN where there is none.</param>
/// <param name="Upper">Upper end.</param>
/// <param name="Color">Its colour.</param>
internal sealed record IntervalMark(string Name, double Value, double Lower, double Upper, int Color);
