using System;
using System.Collections.Generic;
using System.Data;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Numerics;

namespace GmmTools.Connectors.Databases.Dialects;

/// <summary>How one database engine writes what a mixture needs: identifiers, numbers, functions, and what it cannot take.</summary>
public abstract class SqlDialect
{
    /// <summary>Terms that stand in one pair of brackets, so that expressions of many terms stay shallow.</summary>
    private const int TermsPerGroup = 32;

    /// <summary>Arguments that a function is given at most; beyond, calls are nested.</summary>
    private const int MaxArguments = 64;

    /// <summary>Name of the dialect, as users write it.</summary>
    public abstract string Name { get; }

    /// <summary>Parts of the names of the connections of its drivers, in any case; empty where there are none of its own.</summary>
    public virtual IReadOnlyList<string> Drivers => [];

    /// <summary>Parts of the names by which engines introduce themselves to drivers for any engine, in any case.</summary>
    internal virtual IReadOnlyList<string> Products => [];

    /// <summary>The most columns that one SELECT may have.</summary>
    public abstract int MaxResultColumns { get; }

    /// <summary>The most characters that one statement may have.</summary>
    public abstract int MaxStatementLength { get; }

    /// <summary>The most arithmetic operations that one SELECT should have: engines that compile it into a method of Java may not make that larger than 64 KB.</summary>
    internal virtual int MaxOperations => int.MaxValue;

    /// <summary>The type of floating-point numbers of 64 bits.</summary>
    public virtual string DoubleType => "DOUBLE PRECISION";

    /// <summary>What at the end of a derived table keeps the engine from merging it into the query around it, where each of its columns would
    /// be computed anew wherever it is mentioned; empty where engines need no such word.</summary>
    public virtual string Fence => string.Empty;

    /// <summary>The isolation level at which all queries of a transaction see one state of the data; null where engines have none, or only
    /// where an administrator allowed it.</summary>
    internal virtual IsolationLevel? SnapshotLevel => null;

    /// <summary>An identifier, quoted.</summary>
    /// <param name="identifier">The name as it is.</param>
    /// <returns>The name in quotes.</returns>
    /// <exception cref="DatabaseException">The name is empty or holds a character that no engine takes (InvalidIdentifier).</exception>
    public string Quote(string identifier)
    {
        if (string.IsNullOrEmpty(identifier) || identifier.Any(character => character == '\0'))
        {
            throw new DatabaseException(
                "InvalidIdentifier",
                "The name of a column or table is empty or contains a null character, which no database accepts.",
                identifier)
            { Remedy = new Remedy("RenameWithProperty") };
        }

        return QuoteIdentifier(identifier);
    }

    /// <summary>The name of a table, perhaps with schema and catalogue, each part quoted.</summary>
    /// <param name="table">Parts with points between them; a part that holds a point itself stands in double quotes.</param>
    /// <returns>The quoted name.</returns>
    /// <exception cref="DatabaseException">The name has an empty part or an open quote (InvalidIdentifier).</exception>
    public string QuoteTable(string table) => string.Join(".", TableName.Split(table).Select(Quote));

    /// <summary>A text.</summary>
    /// <param name="value">The text as it is.</param>
    /// <returns>The literal.</returns>
    /// <exception cref="DatabaseException">The text holds a character that no engine takes (InvalidIdentifier).</exception>
    public string Text(string value) => value?.Any(character => character == '\0') == false
        ? QuoteText(value)
        : throw new DatabaseException("InvalidIdentifier", "The name of a class contains a null character, which no database accepts.", value);

    /// <summary>A text in quotes; engines for which a backslash begins an escape have their own.</summary>
    private protected virtual string QuoteText(string value) => "'" + string.Join("''", value.Split('\'')) + "'";

    /// <summary>A number that reads back as the same 64 bits, and that the engine takes for floating point.</summary>
    /// <param name="value">A finite number.</param>
    /// <returns>The literal; negative ones in brackets.</returns>
    public virtual string Number(double value)
    {
        string text = RoundTrip.Text(value);
        text = text.Any(character => character == 'E') ? text : text + "E0";
        return value < 0 ? "(" + text + ")" : text;
    }

    /// <summary>An expression as a floating-point number.</summary>
    /// <param name="expression">The expression.</param>
    /// <returns>The conversion.</returns>
    public virtual string ToDouble(string expression) => $"CAST({expression} AS {DoubleType})";

    /// <summary>Natural logarithm.</summary>
    /// <param name="expression">A positive number.</param>
    /// <returns>The call.</returns>
    public virtual string Log(string expression) => $"LN({expression})";

    /// <summary>Exponential function of a number of at most 0; what would vanish may be a very small number instead.</summary>
    /// <param name="expression">The exponent.</param>
    /// <returns>The call.</returns>
    public virtual string Exp(string expression) => $"EXP({expression})";

    /// <summary>Exponential function of any number, as a very large or small one where it would overflow or vanish; to be sent to other
    /// servers.</summary>
    internal virtual string BoundedExp(string expression) => $"EXP({expression})";

    /// <summary>A query for the parts of a table that are on other servers and those that are not: schema, name, and 1 where it is on
    /// another; null where engines look after such parts themselves.</summary>
    internal virtual string? PartsQuery(string table) => null;

    /// <summary>The largest of some numbers.</summary>
    /// <param name="expressions">At least one expression.</param>
    /// <returns>The call, or several nested ones.</returns>
    public virtual string Greatest(IReadOnlyList<string> expressions) => NestCalls("GREATEST", expressions, MaxArguments);

    /// <summary>The sum of some terms, in brackets of brackets, since engines limit the depth of expressions.</summary>
    /// <param name="terms">At least one expression.</param>
    /// <returns>The sum.</returns>
    public string Sum(IReadOnlyList<string> terms)
    {
        while (terms.Count > TermsPerGroup)
        {
            terms = [.. Group(terms, TermsPerGroup).Select(group => "(" + string.Join("+", group) + ")")];
        }

        return string.Join("+", terms);
    }

    /// <summary>Whether so many operations, where they are sums of products, are better inner products of lists.</summary>
    internal virtual bool PrefersLists(int operations) => false;

    /// <summary>A list of numbers.</summary>
    internal virtual string List(IReadOnlyList<string> elements) => throw new NotSupportedException();

    /// <summary>A row for each element of a list; null where that costs more than it saves.</summary>
    internal virtual string? Unnest(string list) => null;

    /// <summary>The inner product of two lists of one length.</summary>
    internal virtual string InnerProduct(string left, string right) => throw new NotSupportedException();

    /// <summary>Statements before the first query, which change nothing but the session's way to run queries.</summary>
    /// <param name="inTransaction">Whether a transaction of our own has begun.</param>
    internal virtual IEnumerable<string> SessionStatements(bool inTransaction) => [];

    /// <summary>A number in [0, 1) for each row of a table, from its place and a seed; null where engines know no places.</summary>
    internal virtual string? UniformByPlace(ulong seed) => null;

    /// <summary>A random number in [0, 1) for each row; null where there is none.</summary>
    internal virtual string? Uniform(ulong seed) => "RANDOM()";

    /// <summary>The statement that seeds these numbers; null where it is not needed or not possible.</summary>
    internal virtual string? SeedStatement(ulong seed) => null;

    /// <summary>What follows a table to sample it, where there are no random numbers.</summary>
    internal virtual string SampleClause(double fraction, ulong seed) =>
        $" TABLESAMPLE BERNOULLI ({Number(100 * fraction)}) REPEATABLE ({SmallSeed(seed).ToString(CultureInfo.InvariantCulture)})";

    /// <summary>The statement that makes a table of the rows of a query.</summary>
    /// <param name="table">The quoted table.</param>
    /// <param name="query">The query.</param>
    internal virtual string CreateTable(string table, string query) => $"CREATE TABLE {table} AS {query}";

    /// <summary>What ends a query of which the first rows are wanted.</summary>
    /// <param name="count">How many.</param>
    internal virtual string FirstRows(int count) => FormattableString.Invariant($"LIMIT {count}");

    /// <summary>A seed that any engine takes for an integer.</summary>
    private protected static int SmallSeed(ulong seed) => (int)((seed ^ (seed >> 32)) & 0x3FFFFFFF);

    /// <summary>One value from layers of named expressions, of which each sees the names of the one before it, the first the columns of the
    /// row.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="value">The value, in terms of the last layer.</param>
    /// <returns>An expression that computes each name once.</returns>
    internal virtual string Evaluate(IReadOnlyList<SqlLayer> layers, string value) =>
        $"(SELECT {value} FROM {Nest(layers, null)})";

    /// <summary>Layers as derived tables, one in the other.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="source">What follows FROM in the innermost; null where its names come from outside.</param>
    /// <returns>What follows FROM in the outermost.</returns>
    internal string Nest(IReadOnlyList<SqlLayer> layers, string? source)
    {
        string from = source is null ? string.Empty : " FROM " + source;
        for (int i = 0; i < layers.Count; i++)
        {
            from = $"(SELECT {layers[i].ToColumns()}{from}{Fence}) AS a{(i + 1).ToString(CultureInfo.InvariantCulture)}";
            from = i < layers.Count - 1 ? " FROM " + from : from;
        }

        return from;
    }

    /// <summary>The identifier in the quotes of the engine.</summary>
    /// <param name="identifier">A name that is not empty.</param>
    /// <returns>The quoted name.</returns>
    protected virtual string QuoteIdentifier(string identifier) => QuoteWith('"', '"', identifier);

    /// <summary>A name between two characters, of which the closing one is doubled where it occurs.</summary>
    private protected static string QuoteWith(char open, char close, string identifier) =>
        open + string.Join(new string(close, 2), identifier.Split(close)) + close;

    /// <summary>A function of any number of arguments, called on the results of calls of fewer.</summary>
    private protected static string NestCalls(string function, IReadOnlyList<string> arguments, int most)
    {
        while (arguments.Count > 1)
        {
            arguments = [.. Group(arguments, most).Select(group => group.Count == 1 ? group[0] : $"{function}({string.Join(",", group)})")];
        }

        return arguments[0];
    }

    private protected static IEnumerable<List<string>> Group(IReadOnlyList<string> terms, int size)
    {
        for (int i = 0; i < terms.Count; i += size)
        {
            yield return [.. terms.Skip(i).Take(size)];
        }
    }
}
