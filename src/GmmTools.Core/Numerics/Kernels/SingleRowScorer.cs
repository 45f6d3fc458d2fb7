namespace GmmTools.Numerics.Kernels;

/// <summary>Densities and responsibilities of single rows, whichever the link of the components is.</summary>
internal abstract class SingleRowScorer(int componentCount)
{
    /// <summary>K responsibilities of the row scored last; with that of the background they sum to 1.</summary>
    public double[] Responsibilities { get; } = new double[componentCount];

    /// <summary>Responsibility of the background for the row scored last; 0 where there is none.</summary>
    public double BackgroundResponsibility { get; protected set; }

    /// <summary>−Σ rₖ·log rₖ of the row scored last.</summary>
    public double Entropy { get; protected set; }

    /// <summary>log p(x) of d numbers by log-sum-exp; −∞ only where even that underflows. Fills <see cref="Responsibilities"/>.</summary>
    public abstract double Score(double[] row);
}
