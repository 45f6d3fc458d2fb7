using System.Collections.Generic;

namespace GmmTools.Classification.Validation;

/// <summary>Predictions of rows whose classes are known, added up.</summary>
internal sealed class Tally
{
    private double _wrong;
    private double _logLoss;
    private double _brier;

    public Tally(int classCount)
    {
        Confusion = new double[classCount, classCount];
    }

    /// <summary>Weight of the rows of each class (row) that were taken for each class (column).</summary>
    public double[,] Confusion { get; }

    /// <summary>Sum of the weights of the rows.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>The share of the rows whose class was got wrong.</summary>
    public double Error => _wrong / TotalWeight;

    /// <summary>Mean of −log of the probability of the true class.</summary>
    public double LogLoss => _logLoss / TotalWeight;

    /// <summary>Mean of the squared differences of the probabilities from what was true, summed over the classes.</summary>
    public double BrierScore => _brier / TotalWeight;

    /// <summary>All of several.</summary>
    public static Tally Sum(IEnumerable<Tally> parts)
    {
        List<Tally> all = [.. parts];
        int classCount = all[0].Confusion.GetLength(0);
        Tally sum = new(classCount);
        foreach (Tally part in all)
        {
            sum._wrong += part._wrong;
            sum._logLoss += part._logLoss;
            sum._brier += part._brier;
            sum.TotalWeight += part.TotalWeight;
            for (int c = 0; c < classCount; c++)
            {
                for (int other = 0; other < classCount; other++)
                {
                    sum.Confusion[c, other] += part.Confusion[c, other];
                }
            }
        }

        return sum;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="scores">What was predicted for its block.</param>
    /// <param name="row">Its place in the block, from 0.</param>
    /// <param name="place">Its class, from 0.</param>
    /// <param name="weight">How often it counts.</param>
    public void Add(ClassScores scores, int row, int place, double weight)
    {
        Confusion[place, scores.Places[row]] += weight;
        TotalWeight += weight;
        _wrong += scores.Places[row] == place ? 0 : weight;
        _logLoss -= weight * scores.LogProbability(place, row);
        for (int c = 0; c < Confusion.GetLength(0); c++)
        {
            double difference = scores.Probabilities[(c * scores.Count) + row] - (c == place ? 1 : 0);
            _brier += weight * difference * difference;
        }
    }
}
