using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>One sum over the rows, and where it belongs: a weight, a first moment, a second one, or of components of multivariate t the weight in the
/// moments or its logarithms.</summary>
internal sealed class ComponentSum
{
    /// <summary>In place of a column: Σ w·r·u.</summary>
    public const int MomentWeight = -2;

    /// <summary>In place of a column: Σ w·r·log(1 + q/ν), which is kept where the logarithms of weights belong.</summary>
    public const int Logarithm = -3;

    private readonly int _component;
    private readonly int _row;
    private readonly int _column;

    /// <param name="expression">What is summed.</param>
    /// <param name="component">The component, from 0.</param>
    /// <param name="row">The column of the table of a first moment, or the first of a second one; −1 for the weight, or one of the constants.</param>
    /// <param name="column">The other column of a second moment; else −1.</param>
    public ComponentSum(string expression, int component, int row, int column)
    {
        Expression = expression;
        _component = component;
        _row = row;
        _column = column;
    }

    public string Expression { get; }

    public void Store(double sum, MixtureParameters mixture, SufficientStatistics statistics)
    {
        if (_row < 0)
        {
            double[] sums = _row == MomentWeight ? statistics.MomentWeights : _row == Logarithm ? statistics.LogMomentWeights : statistics.Weights;
            sums[_component] = sum;
        }
        else if (_column < 0)
        {
            statistics.FirstMoments[(_component * mixture.Dimension) + _row] = sum;
        }
        else
        {
            statistics.Scatters[mixture.CovarianceIndex(_component, _row, _column)] = sum;
        }
    }
}
