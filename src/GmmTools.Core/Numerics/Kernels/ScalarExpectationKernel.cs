namespace GmmTools.Numerics.Kernels;

/// <summary>The E-step row by row in plain arithmetic: what the portable build runs, and the oracle for the vectorised kernels.</summary>
internal sealed class ScalarExpectationKernel<TLink> : ExpectationKernel
    where TLink : struct, ILink
{
    private readonly double[] _row;
    private readonly double[] _difference;

    public ScalarExpectationKernel(int dimension)
    {
        _row = new double[dimension];
        _difference = new double[dimension];
    }

    public override void Score(RowChunk rows, LogTerms terms, RowScores scores)
    {
        RowScorer<TLink> scorer = new(terms);
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, _row);
            scores.Set(i, scorer.Score(_row), scorer.Responsibilities, scorer.BackgroundResponsibility);
        }
    }

    public override void Accumulate(RowChunk rows, LogTerms terms, SufficientStatistics statistics)
    {
        RowScorer<TLink> scorer = new(terms);
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < _row.Length; j++)
            {
                _row[j] = rows.Values[(j * rows.Count) + i];
            }

            double weight = rows.Weights?[i] ?? 1;
            statistics.LogLikelihood += weight * scorer.Score(_row, rows.LabelOf(i, terms.ComponentCount, terms.LabelTerms));
            statistics.Entropy += weight * scorer.Entropy;
            statistics.TotalWeight += weight;
            statistics.AddBackground(weight * scorer.BackgroundResponsibility);
            for (int k = 0; k < terms.ComponentCount; k++)
            {
                double responsibility = weight * scorer.Responsibilities[k];
                statistics.Weights[k] += responsibility;
                if (default(TLink).WeighsRows)
                {
                    statistics.LogMomentWeights[k] += responsibility * (scorer.LogWeights[k] - scorer.Weights[k]);
                    responsibility *= scorer.Weights[k];
                    statistics.MomentWeights[k] += responsibility;
                }

                AddMoments(terms, k, responsibility, statistics);
            }
        }
    }

    private void AddMoments(LogTerms terms, int component, double responsibility, SufficientStatistics statistics)
    {
        int dimension = _row.Length;
        int meanOffset = component * dimension;
        for (int j = 0; j < dimension; j++)
        {
            _difference[j] = _row[j] - terms.Centres[meanOffset + j];
            statistics.FirstMoments[meanOffset + j] += responsibility * _difference[j];
        }

        int offset = component * statistics.ScatterLength;
        if (statistics.Shape == CovarianceShape.Full)
        {
            AddFullScatter(statistics.Scatters, offset, responsibility);
        }
        else
        {
            AddDiagonalScatter(statistics.Scatters, offset, responsibility);
        }
    }

    private void AddFullScatter(double[] scatters, int offset, double responsibility)
    {
        for (int i = 0; i < _difference.Length; i++)
        {
            double scaled = responsibility * _difference[i];
            for (int j = 0; j <= i; j++)
            {
                scatters[offset + j] += scaled * _difference[j];
            }

            offset += i + 1;
        }
    }

    private void AddDiagonalScatter(double[] scatters, int offset, double responsibility)
    {
        for (int j = 0; j < _difference.Length; j++)
        {
            scatters[offset + j] += responsibility * _difference[j] * _difference[j];
        }
    }
}
