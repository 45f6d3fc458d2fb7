using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Classification;

/// <summary>The rows of all classes together.</summary>
internal static class ClassMixture
{
    /// <summary>The distribution of rows of all classes: the mixtures of the classes, weighted by their prior probabilities.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="places">For each component its class, from 0.</param>
    public static GaussianMixture ToMixture(this MixtureClassifier classifier, out int[] places)
    {
        int dimension = classifier.Property.Count;
        bool isDiagonal = classifier.Classes.All(one => one.Mixture.Parameters.Shape == CovarianceShape.Diagonal);
        MixtureParameters all = new(classifier.Classes.Sum(one => one.ComponentCount), dimension, isDiagonal ? CovarianceShape.Diagonal : CovarianceShape.Full);
        List<int> classes = [];
        for (int c = 0; c < classifier.ClassCount; c++)
        {
            MixtureParameters own = classifier.Classes[c].Mixture.Parameters.ToShape(all.Shape);
            for (int k = 0; k < own.ComponentCount; k++)
            {
                all.Weights[classes.Count] = classifier.Classes[c].Prior * own.Weights[k];
                Array.Copy(own.Means, k * dimension, all.Means, classes.Count * dimension, dimension);
                Array.Copy(own.Covariances, k * own.CovarianceLength, all.Covariances, classes.Count * all.CovarianceLength, all.CovarianceLength);
                classes.Add(c);
            }
        }

        GaussianMixture mixture = new(all, classifier.Property, isDiagonal ? CovarianceModel.VVI : CovarianceModel.VVV);
        places = [.. mixture.SourceOrder.Select(k => classes[k])];
        return mixture;
    }
}
