using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Estimation.Known;

/// <summary>
/// What is known of the components of some rows: their class, which has one component or several. A row without a class may belong to any component, also
/// to those of no class. Where labels can be wrong, a row of class c has the density Σₖ wₖ·φₖ(x)·P(c | k), where P(c | k) is 1 − ε for the components of c and
/// otherwise ε shared by the other classes; where they cannot, Σ wₖ·φₖ(x) over the components of its class.
/// </summary>
public sealed class KnownComponents
{
    private readonly int[] _firsts;

    /// <param name="classes">Names of the C classes.</param>
    /// <param name="firsts">The first component of each class, from 0.</param>
    /// <param name="componentsPerClass">Components of each class, at least 1.</param>
    /// <param name="labels">The class of each row, from 0; −1 where it is not known.</param>
    internal KnownComponents(IReadOnlyList<string> classes, int[] firsts, int componentsPerClass, IReadOnlyList<int> labels)
    {
        Classes = FixedList.Of(classes);
        _firsts = firsts;
        ComponentsPerClass = componentsPerClass;
        Labels = labels;
        ComponentCount = firsts.Length == 0 ? 0 : firsts.Max() + componentsPerClass;
        LabelledCount = labels.Count(label => label >= 0);
    }

    /// <summary>Names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Components of each class.</summary>
    public int ComponentsPerClass { get; }

    /// <summary>The least number of components: those of all classes.</summary>
    public int ComponentCount { get; }

    /// <summary>The class of each row, from 0, in the order of the rows; −1 where it is not known.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Number of rows whose class is known.</summary>
    public int LabelledCount { get; }

    /// <summary>ε, the share of labels that are wrong, at least 0 and below 1.</summary>
    public double LabelErrorRate { get; set; }

    /// <summary>What is known of the rows of each group; the classes are those of all rows.</summary>
    /// <param name="places">For each row the place of its group.</param>
    /// <param name="groupCount">Number of groups.</param>
    internal IReadOnlyList<KnownComponents> Split(IReadOnlyList<int> places, int groupCount)
    {
        List<int>[] labels = [.. Enumerable.Range(0, groupCount).Select(_ => new List<int>())];
        for (int row = 0; row < places.Count; row++)
        {
            labels[places[row]].Add(Labels[row]);
        }

        return [.. labels.Select(own => new KnownComponents(Classes, _firsts, ComponentsPerClass, own) { LabelErrorRate = LabelErrorRate })];
    }

    /// <summary>The class of each component, null for those of none.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    internal string?[] ComponentClasses(int componentCount)
    {
        string?[] names = new string?[componentCount];
        for (int k = 0; k < componentCount; k++)
        {
            int label = ClassOf(k);
            names[k] = label < 0 ? null : Classes[label];
        }

        return names;
    }

    /// <summary>The class of a component, from 0; −1 where it is of none.</summary>
    /// <param name="component">The component, from 0.</param>
    internal int ClassOf(int component) => Array.FindIndex(_firsts, first => component >= first && component < first + ComponentsPerClass);

    /// <summary>Whether labels leave nothing open, so that every start leads to the same fit.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    internal bool DetermineAll(int componentCount) =>
        LabelledCount == Labels.Count && LabelErrorRate == 0 && ComponentsPerClass == 1 && componentCount == Classes.Count;

    /// <summary>log P(c | k), K numbers for each class c in turn.</summary>
    /// <param name="componentCount">Number of components, K.</param>
    internal double[] LabelTerms(int componentCount)
    {
        double[] terms = new double[Classes.Count * componentCount];
        for (int k = 0; k < componentCount; k++)
        {
            int own = ClassOf(k);
            int others = own < 0 ? Classes.Count : Classes.Count - 1;
            for (int label = 0; label < Classes.Count; label++)
            {
                terms[(label * componentCount) + k] = Math.Log(label == own ? 1 - LabelErrorRate : LabelErrorRate / others);
            }
        }

        return terms;
    }
}
