using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Binding;
using GmmTools.Classification;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;

namespace GmmTools.Commands;

/// <content>Classifiers.</content>
public sealed partial class ConvertToMixtureSqlCommand
{
    private (MixtureSql Sql, List<KeyValuePair<string, string>> Columns) OfClassifier(MixtureClassifier classifier, SqlDialect dialect)
    {
        const string remedy = "Name Class, Probability, Responsibility or LogDensity.";
        RefuseColumn("Component", "a classifier", remedy);
        RefuseColumn("Outlier", "a classifier", remedy);
        ClassifierSql sql = new(classifier, dialect, Property);
        IEnumerable<string> asked = MyInvocation.BoundParameters.ContainsKey(nameof(As)) ? As.Distinct(StringComparer.OrdinalIgnoreCase) : ["Class"];
        return (sql.Sql, [.. asked.SelectMany(name => Columns(sql, name.ToUpperInvariant()))]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Columns(ClassifierSql sql, string name) => name switch
    {
        "CLASS" => [new("Class", sql.Class())],
        "PROBABILITY" => [new("Probability", sql.Probability())],
        "LOGDENSITY" => [new("LogDensity", sql.Sql.LogDensity())],
        _ => sql.Probabilities(),
    };

    private void RefuseColumn(string name, string model, string remedy)
    {
        if (As.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new CommandException("SqlColumnNotSupported", $"-As {name} is not available for {model}. {remedy}", name);
        }
    }
}
