using System.Collections.Generic;
using System.Data;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Database.Tests.Support;

/// <summary>A dialect as if its engine took few columns or operations at a time.</summary>
internal sealed class NarrowDialect(SqlDialect inner, int columns = 12, int operations = int.MaxValue) : SqlDialect
{
    public override string Name => inner.Name;

    public override int MaxResultColumns => columns;

    public override int MaxStatementLength => inner.MaxStatementLength;

    internal override int MaxOperations => operations;

    public override string DoubleType => inner.DoubleType;

    public override string Fence => inner.Fence;

    internal override IsolationLevel? SnapshotLevel => inner.SnapshotLevel;

    public override string Exp(string expression) => inner.Exp(expression);

    public override string Greatest(IReadOnlyList<string> expressions) => inner.Greatest(expressions);

    internal override bool PrefersLists(int count) => count > operations && inner.PrefersLists(count);

    internal override string List(IReadOnlyList<string> elements) => inner.List(elements);

    internal override string InnerProduct(string left, string right) => inner.InnerProduct(left, right);

    protected override string QuoteIdentifier(string identifier) => inner.Quote(identifier);
}
