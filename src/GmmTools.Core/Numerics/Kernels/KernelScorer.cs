using System;

namespace GmmTools.Numerics.Kernels;

/// <summary>Scores chunks of rows under mixtures of K components and up to d columns; kernels are made when they are needed, one for each
/// number of columns. Serves one thread.</summary>
internal sealed class KernelScorer
{
    /// <summary>Fewer rows than this are not worth a kernel, which fills its vectors up.</summary>
    private const int MinKernelRows = 8;

    private readonly ExpectationKernel?[] _kernels;

    /// <param name="dimension">The most columns, d.</param>
    public KernelScorer(int dimension)
    {
        _kernels = new ExpectationKernel?[dimension + 1];
    }

    /// <summary>Scores complete rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="terms">The terms; always of the same number of components and the same shape.</param>
    /// <param name="withResponsibilities">Whether the responsibilities of all components are wanted.</param>
    public RowScores Score(RowChunk rows, LogTerms terms, bool withResponsibilities)
    {
        RowScores scores = new(rows.Count, terms.ComponentCount, withResponsibilities);
        Score(rows, terms, scores);
        return scores;
    }

    /// <summary>Scores complete rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="terms">The terms; always of the same number of components and the same shape.</param>
    /// <param name="scores">Overwritten; has room for the rows.</param>
    public void Score(RowChunk rows, LogTerms terms, RowScores scores)
    {
        if (rows.Count >= MinKernelRows && terms.Dimension > 0)
        {
            _kernels[terms.Dimension] ??= terms.Link.CreateKernel(terms.ComponentCount, terms.Dimension, terms.Shape);
            _kernels[terms.Dimension]!.Score(rows, terms, scores);
            return;
        }

        terms.Link.CreatePlainKernel(terms.Dimension).Score(rows, terms, scores);
    }

    /// <summary>Gives up the kernels and their scratch; the next rows make new ones. Who does not call it leaves them to the garbage collector.</summary>
    public void Release()
    {
        Array.ForEach(_kernels, kernel => kernel?.Dispose());
        Array.Clear(_kernels, 0, _kernels.Length);
    }
}
