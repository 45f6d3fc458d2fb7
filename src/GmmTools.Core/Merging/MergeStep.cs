using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Merging;

/// <summary>The components of a mixture combined into some number of clusters, and the numbers of the entropy plot.</summary>
public sealed class MergeStep
{
    internal MergeStep(int[] clusterOfComponent, double entropy, double mergedRowCount, double cumulativeRowCount)
    {
        ClusterOfComponent = FixedList.Of(clusterOfComponent);
        Entropy = entropy;
        MergedRowCount = mergedRowCount;
        CumulativeRowCount = cumulativeRowCount;
        ClusterCount = clusterOfComponent.Max();
    }

    /// <summary>Number of clusters.</summary>
    public int ClusterCount { get; }

    /// <summary>Entropy of the classification, −Σ t·log t over rows and clusters: 0 when every row belongs to one cluster surely.</summary>
    public double Entropy { get; }

    /// <summary>By how much the step that led here lowered the entropy; 0 for the components themselves.</summary>
    public double EntropyDrop { get; internal set; }

    /// <summary>Number of rows in the two clusters that were combined, weights included; 0 for the components themselves.</summary>
    public double MergedRowCount { get; }

    /// <summary>Sum of these so far: the abscissa of the entropy plot.</summary>
    public double CumulativeRowCount { get; }

    /// <summary>Overlap of the two clusters: the larger of the probabilities that a row of the one is taken for one of the other; 0 for the
    /// components themselves.</summary>
    public double Overlap { get; internal set; }

    /// <summary>Whether the entropy plot bends here: of all pairs of straight lines, those that meet here fit it best.</summary>
    public bool IsElbow { get; internal set; }

    /// <summary>The cluster of each component, from 1, in the order of the components; clusters are numbered by their first component.</summary>
    public IReadOnlyList<int> ClusterOfComponent { get; }

    /// <summary>The clusters as text, such as: 1+3, 2.</summary>
    public string Clusters => string.Join(", ", Enumerable.Range(1, ClusterCount).Select(cluster => string.Join(
        "+",
        Enumerable.Range(0, ClusterOfComponent.Count)
            .Where(k => ClusterOfComponent[k] == cluster)
            .Select(k => (k + 1).ToString(CultureInfo.InvariantCulture)))));
}
