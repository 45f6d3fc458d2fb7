namespace GmmTools.Numerics.Kernels;

/// <summary>A link as a value, which terms carry: it makes the kernels that are compiled for it.</summary>
internal abstract class LinkKind
{
    /// <summary>That of normal components.</summary>
    public static LinkKind Normal { get; } = new Kind<NormalLink>();

    /// <summary>That of multivariate t components.</summary>
    public static LinkKind Student { get; } = new Kind<StudentLink>();

    /// <summary>Sums that rows of other weights than 1 need beside the moments.</summary>
    public abstract FurtherSums FurtherSums { get; }

    /// <summary>A link of a type.</summary>
    /// <typeparam name="TLink">The type.</typeparam>
    public static LinkKind Of<TLink>()
        where TLink : struct, ILink => new Kind<TLink>();

    /// <summary>The fastest kernel that this machine runs.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="shape">How covariances are stored.</param>
    /// <param name="rowCount">The most rows that it is given at a time, where that is known: few rows need little scratch.</param>
    public abstract ExpectationKernel CreateKernel(int componentCount, int dimension, CovarianceShape shape, int rowCount = int.MaxValue);

    /// <summary>The kernel in plain arithmetic, which needs no time to be made.</summary>
    public abstract ExpectationKernel CreatePlainKernel(int dimension);

    /// <summary>Scores single rows.</summary>
    public abstract SingleRowScorer CreateRowScorer(LogTerms terms);

    private sealed class Kind<TLink> : LinkKind
        where TLink : struct, ILink
    {
        public override FurtherSums FurtherSums => default(TLink).WeighsRows ? FurtherSums.MomentWeights : FurtherSums.None;

        public override ExpectationKernel CreateKernel(int componentCount, int dimension, CovarianceShape shape, int rowCount) =>
            ExpectationKernel.Create<TLink>(componentCount, dimension, shape, rowCount);

        public override ExpectationKernel CreatePlainKernel(int dimension) => new ScalarExpectationKernel<TLink>(dimension);

        public override SingleRowScorer CreateRowScorer(LogTerms terms) => new RowScorer<TLink>(terms);
    }
}
