namespace GmmTools.Estimation;

/// <summary>A component whose likelihood comes from a few rows that happen to lie in a line or a plane, or at a point.</summary>
public sealed class SpuriousComponent
{
    internal SpuriousComponent(int component, double rowCount, double eigenvalueRatio)
    {
        Component = component;
        RowCount = rowCount;
        EigenvalueRatio = eigenvalueRatio;
    }

    /// <summary>Number of the component, from 1.</summary>
    public int Component { get; }

    /// <summary>Sum of its responsibilities: the number of rows that it stands for.</summary>
    public double RowCount { get; }

    /// <summary>Its smallest eigenvalue in coordinates in which all components together have covariance I on average.</summary>
    public double EigenvalueRatio { get; }
}
