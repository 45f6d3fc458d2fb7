using System.Collections.Generic;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>Expressions for what a row contributes to the sums of an E-step.</summary>
internal interface IResponsibilitySql
{
    /// <summary>Components, from 0, that have a density: those of weight 0 have none.</summary>
    IReadOnlyList<int> Present { get; }

    /// <summary>Whether products of coordinates have names.</summary>
    bool SharesProducts { get; }

    /// <summary>w, where rows have weights.</summary>
    string Weight { get; }

    /// <summary>w·log p, or −w·Σ rₖ·log rₖ.</summary>
    string LogTerm { get; }

    /// <summary>Whether <see cref="LogTerm"/> is the entropy of the row's responsibilities.</summary>
    bool GivesEntropy { get; }

    /// <summary>A component's means in the frame's coordinates.</summary>
    double Mean(int k, int j);

    /// <summary>Whether a component's sums are about its own mean.</summary>
    bool IsFar(int k);

    /// <summary>w·rₖ.</summary>
    string Responsibility(int k);

    /// <summary>w·rₖ·u, what the row counts for in the component's moments; w·rₖ where every row counts as it is.</summary>
    string MomentWeight(int k);

    /// <summary>w·rₖ·log(1 + q/ν), from which log u follows; null where every row counts as it is.</summary>
    string? Logarithm(int k);

    /// <summary>w·r₀ of the noise; null where there is none.</summary>
    string? NoiseResponsibility { get; }

    /// <summary>A coordinate about the point that the component's sums are taken about.</summary>
    string Coordinate(int k, int j);

    /// <summary>A product of two coordinates.</summary>
    string Product(int i, int j);

    /// <summary>The column by which sums are grouped, a component in each row; null where a row has all components.</summary>
    string? GroupKey { get; }

    /// <summary>What follows FROM where these expressions can be taken.</summary>
    string ToSource();
}
