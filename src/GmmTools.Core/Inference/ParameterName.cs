namespace GmmTools.Inference;

/// <summary>What a number of a mixture is.</summary>
/// <param name="Component">Number of the component, from 1; 0 for noise, null for the mixture as a whole.</param>
/// <param name="Parameter">Which parameter.</param>
/// <param name="Column">The column, or null.</param>
/// <param name="OtherColumn">The other column of a covariance, or null.</param>
/// <param name="Probability">The probability of a quantile, or null.</param>
/// <param name="Point">Where a density is, or null.</param>
internal sealed record ParameterName(
    int? Component, string Parameter, string? Column = null, string? OtherColumn = null, double? Probability = null, string? Point = null)
{
    public const string Weight = "Weight";
    public const string Mean = "Mean";
    public const string Variance = "Variance";
    public const string Covariance = "Covariance";
    public const string DegreesOfFreedom = "DegreesOfFreedom";
    public const string Quantile = "Quantile";
    public const string Density = "Density";
}
