namespace GmmTools.Outliers;

/// <summary>The level below which rows are outliers.</summary>
public sealed class OutlierLevel
{
    internal OutlierLevel(double falseAlarmRate, DensityTail tail)
    {
        FalseAlarmRate = falseAlarmRate;
        LogDensity = tail.Level(falseAlarmRate);
        double error = tail.RateError(falseAlarmRate);
        StandardError = double.IsNaN(error) ? null : error;
        Method = tail.Method;
        SampleCount = tail.SampleCount;
    }

    /// <summary>How often a row of the mixture (with Training: a row like those) is below the level.</summary>
    public double FalseAlarmRate { get; }

    /// <summary>The level: a log-density, natural logarithm.</summary>
    public double LogDensity { get; }

    /// <summary>Standard error of the false alarm rate, not of the level: how far the rate that rows undercut this level at is from the one asked
    /// for; 0 where the level is exact; null where a bound was used, so that the rate is at most
    /// the one asked for.</summary>
    public double? StandardError { get; }

    /// <summary>ChiSquare or FisherF (exact, one component, normal or multivariate t), Univariate (exact, one column), Sampling or Training.</summary>
    public string Method { get; }

    /// <summary>Number of rows that the level rests on; 0 when it is exact.</summary>
    public int SampleCount { get; }
}
