using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation;

/// <summary>What became of one combination of a model search: an <see cref="EmFit"/>, or a <see cref="FitFailure"/>.</summary>
public interface IFitOutcome
{
    /// <summary>Number of components, K.</summary>
    int ComponentCount { get; }

    /// <summary>What the covariance matrices share.</summary>
    CovarianceModel CovarianceModel { get; }

    /// <summary>Names of the columns.</summary>
    IReadOnlyList<string> Property { get; }

    /// <summary>The group whose rows were fitted; null where rows were not grouped.</summary>
    RowGroup? Group { get; }

    /// <summary>Number of rows, n.</summary>
    long RowCount { get; }

    /// <summary>Sum of the row weights; n when every row counts once.</summary>
    double TotalWeight { get; }

    /// <summary>Number of free parameters, p.</summary>
    int ParameterCount { get; }

    /// <summary>Why the work ended.</summary>
    StopReason StopReason { get; }
}
