using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace GmmTools.Binding.Rows;

/// <summary>Finds the cells of one kind of row. Made for the first row; used for all rows of its kind.</summary>
internal abstract class RowAccessor
{
    private protected RowAccessor(RowKind kind, string[] columns)
    {
        Kind = kind;
        Columns = columns;
    }

    /// <summary>What it reads.</summary>
    public RowKind Kind { get; }

    /// <summary>Names of all columns of the first row.</summary>
    public string[] Columns { get; private protected set; }

    /// <summary>Whether the rows name their columns, or only number them.</summary>
    public virtual bool HasNames => Kind is RowKind.Object or RowKind.Dictionary or RowKind.DataRow;

    /// <summary>Number of cells of the first row.</summary>
    public virtual int CellCount => Columns.Length;

    /// <summary>The kind of a row.</summary>
    /// <param name="bare">The row without wrapping.</param>
    public static RowKind KindOf(object bare) => bare switch
    {
        PSCustomObject => RowKind.Object,
        string => RowKind.Cell,
        IDictionary => RowKind.Dictionary,
        DataRow or DataRowView => RowKind.DataRow,
        IList => RowKind.List,
        ValueType when IsScalar(bare) => RowKind.Cell,
        _ => RowKind.Object,
    };

    /// <summary>The accessor for rows like this one.</summary>
    /// <param name="row">The first row.</param>
    public static RowAccessor Create(PSObject row)
    {
        object bare = row.BaseObject;
        return KindOf(bare) switch
        {
            RowKind.Dictionary => new DictionaryAccessor((IDictionary)bare),
            RowKind.DataRow => new DataRowAccessor(bare),
            RowKind.List => new ListAccessor(((IList)bare).Count),
            RowKind.Cell => new CellAccessor(),
            _ when SampleSetAccessor.IsSampleSet(row) => new SampleSetAccessor(row),
            _ when bare is PSCustomObject => new ObjectAccessor(row),
            _ => new TypedObjectAccessor(row),
        };
    }

    /// <summary>The cell in one of <see cref="Columns"/>, without wrapping; null when the row has none.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">Index into <see cref="Columns"/>.</param>
    public abstract object? GetCell(PSObject row, int column);

    /// <summary>Takes in the columns that another of the first rows has, after those that are known, where the rows are objects.</summary>
    /// <param name="row">The row.</param>
    public virtual void Extend(PSObject row)
    {
    }

    /// <summary>Whether a cell may be read later, because the row is an object of a .NET type, whose properties can take long. The cells of other rows
    /// cost nothing, and may be gone when a script fills the same row anew.</summary>
    /// <param name="column">Index into <see cref="Columns"/>.</param>
    public virtual bool CanWait(int column) => false;

    /// <summary>The cell as a number, where it is known to be one without looking: no box, no engine.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">Index into <see cref="Columns"/>.</param>
    /// <param name="number">The number.</param>
    /// <returns>Whether the number was found; if not, <see cref="GetCell"/> tells more.</returns>
    public virtual bool TryGetNumber(PSObject row, int column, out double number)
    {
        number = double.NaN;
        return false;
    }

    /// <summary>An object that has nothing but properties must stay wrapped: without the wrapping nothing is left of it. What a script
    /// that gives nothing leaves in a property, as an if without else does, is nothing.</summary>
    private protected static object? Unwrap(object? value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject
        : ReferenceEquals(value, AutomationNull.Value) ? null
        : value;

    private static bool IsScalar(object bare) =>
        bare.GetType().IsPrimitive || bare is decimal or TimeSpan || bare.GetType() == typeof(System.Numerics.BigInteger);

    private static string[] Numbered(int count) =>
        [.. Enumerable.Range(1, count).Select(number => "x" + number.ToString(CultureInfo.InvariantCulture))];

    private class ObjectAccessor(PSObject first)
        : RowAccessor(RowKind.Object, [.. first.Properties.Select(property => property.Name)])
    {
        public override void Extend(PSObject row)
        {
            string[] added = [.. row.Properties.Select(property => property.Name).Except(Columns, StringComparer.OrdinalIgnoreCase)];
            if (added.Length > 0)
            {
                Columns = [.. Columns, .. added];
            }
        }

        public override object? GetCell(PSObject row, int column)
        {
            try
            {
                return Unwrap(row.Properties[Columns[column]]?.Value);
            }
            catch (GetValueException)
            {
                // a property that cannot tell its value, such as the length of a stream, has none
                return null;
            }
        }
    }

    /// <summary>Objects of .NET types: what is a plain property of the type is read by a compiled getter.</summary>
    private sealed class TypedObjectAccessor(PSObject first) : ObjectAccessor(first)
    {
        private readonly ConcurrentDictionary<Type, TypeGetters> _types = new();

        /// <summary>Those of the type that came last; cells that are read late come on any thread.</summary>
        private TypeGetters? _last;

        public override bool CanWait(int column) => true;

        public override object? GetCell(PSObject row, int column)
        {
            object bare = row.BaseObject;
            return GetterFor(row, bare, column) is PropertyGetter getter ? getter.TryGet(bare) : base.GetCell(row, column);
        }

        public override bool TryGetNumber(PSObject row, int column, out double number)
        {
            object bare = row.BaseObject;
            if (GetterFor(row, bare, column) is PropertyGetter getter)
            {
                return getter.TryRead(bare, out number);
            }

            number = double.NaN;
            return false;
        }

        private PropertyGetter? GetterFor(PSObject row, object bare, int column)
        {
            TypeGetters? getters = _last;
            if (getters is null || getters.Type != bare.GetType())
            {
                _last = getters = _types.GetOrAdd(bare.GetType(), type => new TypeGetters(type, row, Columns));
            }

            return getters.Find(column);
        }

        private sealed class TypeGetters(Type type, PSObject row, string[] columns)
        {
            private readonly PropertyGetter?[] _getters = [.. columns.Select(name => PropertyGetter.TryCreate(type, row.Properties[name]))];

            public Type Type { get; } = type;

            public PropertyGetter? Find(int column) => column < _getters.Length ? _getters[column] : null;
        }
    }

    private sealed class DictionaryAccessor : RowAccessor
    {
        private readonly object[] _keys;

        public DictionaryAccessor(IDictionary first)
            : base(RowKind.Dictionary, [.. first.Keys.Cast<object>().Select(Name)])
        {
            _keys = [.. first.Keys.Cast<object>()];
        }

        public override object? GetCell(PSObject row, int column)
        {
            IDictionary dictionary = (IDictionary)row.BaseObject;
            return dictionary is Hashtable || dictionary.Contains(_keys[column]) ? Unwrap(dictionary[_keys[column]]) : null;
        }

        private static string Name(object key) => Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty;
    }

    private sealed class DataRowAccessor(object first)
        : RowAccessor(RowKind.DataRow, [.. RowOf(first).Table.Columns.Cast<DataColumn>().Select(column => column.ColumnName)])
    {
        private DataTable? _table;
        private int[] _ordinals = [];

        public override object? GetCell(PSObject row, int column)
        {
            DataRow cells = RowOf(row.BaseObject);
            if (!ReferenceEquals(cells.Table, _table))
            {
                _table = cells.Table;
                _ordinals = [.. Columns.Select(name => _table.Columns.IndexOf(name))];
            }

            return _ordinals[column] < 0 ? null : cells[_ordinals[column]];
        }

        private static DataRow RowOf(object bare) => bare is DataRowView view ? view.Row : (DataRow)bare;
    }

    private sealed class ListAccessor(int count) : RowAccessor(RowKind.List, Numbered(count))
    {
        public override object? GetCell(PSObject row, int column)
        {
            IList cells = (IList)row.BaseObject;
            return column < cells.Count ? Unwrap(cells[column]) : null;
        }

        public override bool TryGetNumber(PSObject row, int column, out double number)
        {
            bool found = row.BaseObject is double[] numbers && column < numbers.Length;
            number = found ? ((double[])row.BaseObject)[column] : double.NaN;
            return found;
        }
    }

    private sealed class CellAccessor() : RowAccessor(RowKind.Cell, Numbered(1))
    {
        public override object? GetCell(PSObject row, int column) => row.BaseObject;

        public override bool TryGetNumber(PSObject row, int column, out double number)
        {
            bool found = row.BaseObject is double;
            number = found ? (double)row.BaseObject : double.NaN;
            return found;
        }
    }
}
