using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Classification;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Mixtures;

namespace GmmTools.Connectors.Databases.Sql;

/// <summary>
/// A classifier as SQL expressions over its columns: the most probable class, its probability and those of all classes. The mixtures of the classes are one
/// mixture, weighted by the prior probabilities, whose components belong to classes. A row of which a column is null has null for all of them.
/// </summary>
public sealed class ClassifierSql
{
    private readonly MixtureClassifier _classifier;
    private readonly IReadOnlyList<int[]> _groups;

    /// <summary>Prepares the expressions.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="dialect">The engine's dialect.</param>
    /// <param name="columns">d names of columns of the table, or null for those of the classifier.</param>
    /// <exception cref="DatabaseException">A name cannot be one of a column (InvalidIdentifier), their number is not that of the classifier's
    /// (ColumnCountMismatch), or there are too many components for the engine (EngineLimit).</exception>
    public ClassifierSql(MixtureClassifier classifier, SqlDialect dialect, IReadOnlyList<string>? columns = null)
    {
        _classifier = classifier ?? throw new ArgumentNullException(nameof(classifier));
        GaussianMixture all = classifier.ToMixture(out int[] places);
        _groups = [.. Enumerable.Range(0, classifier.ClassCount).Select(c => Enumerable.Range(0, places.Length).Where(k => places[k] == c).ToArray())];
        Sql = new MixtureSql(all, dialect, columns);
    }

    /// <summary>The mixture of all classes.</summary>
    public MixtureSql Sql { get; }

    /// <summary>The most probable class, as text.</summary>
    /// <returns>The expression.</returns>
    public string Class() => Sql.Group(_groups, [.. _classifier.Classes.Select(one => one.Name)]);

    /// <summary>The probability of the most probable class.</summary>
    /// <returns>The expression.</returns>
    public string Probability() => Sql.GroupProbability(_groups);

    /// <summary>The probabilities of all classes.</summary>
    /// <returns>Names of columns, such as Probability_a, and expressions.</returns>
    public IReadOnlyList<KeyValuePair<string, string>> Probabilities() =>
        [.. _classifier.Classes.Select((one, c) => new KeyValuePair<string, string>("Probability_" + one.Name, Sql.GroupProbability(_groups, c)))];
}
