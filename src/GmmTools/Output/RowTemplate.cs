using System;
using System.Collections.Generic;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace GmmTools.Output;

/// <summary>Makes many objects with the same columns, as fast as the engine allows.</summary>
internal sealed class RowTemplate
{
    /// <summary>An empty object with room for so many columns. Only later engines than the oldest that we run in have this constructor; without it each
    /// object is entered into a table of all that have columns of their own, which costs more than the object.</summary>
    private static readonly Func<int, PSObject> CreateEmpty = FindConstructor() ?? (_ => new PSObject());

    private readonly string[] _columns;
    private readonly ICollection<string> _shares;
    private bool _hasBegun;
    private string? _typeName;

    /// <summary>Objects with the given columns.</summary>
    /// <param name="columns">Names that differ from each other in any case.</param>
    /// <param name="shares">Names of those that are weights or probabilities, to be shown as such.</param>
    public RowTemplate(IEnumerable<string> columns, IEnumerable<string>? shares = null)
    {
        _columns = [.. columns];
        _shares = [.. shares ?? []];
    }

    /// <summary>An object of numbers, and of a component where there is one.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="component">Value of the last column, or null when there is none.</param>
    public PSObject Create(double[] values, int offset, int count, int? component)
    {
        PSObject row = CreateEmpty(_columns.Length);
        PSMemberInfoCollection<PSPropertyInfo> properties = row.Properties;
        for (int j = 0; j < count; j++)
        {
            // the names were checked once: the engine need not look for clashes in every row
            properties.Add(new PSNoteProperty(_columns[j], values[offset + j]), preValidated: true);
        }

        if (component is int number)
        {
            properties.Add(new PSNoteProperty(_columns[count], number), preValidated: true);
        }

        return row;
    }

    /// <summary>An object of any values.</summary>
    /// <param name="values">One value per column, or the column itself where its value is not read yet.</param>
    public PSObject Create(object?[] values)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            _typeName = _shares.Count > 0 ? ScoredRowViews.Find(_columns, values, _shares) : null;
        }

        PSObject row = CreateEmpty(_columns.Length);
        if (_typeName is not null)
        {
            row.TypeNames.Insert(0, _typeName);
        }

        PSMemberInfoCollection<PSPropertyInfo> properties = row.Properties;
        for (int j = 0; j < _columns.Length; j++)
        {
            properties.Add(values[j] as LateProperty ?? new PSNoteProperty(_columns[j], values[j]), preValidated: true);
        }

        return row;
    }

    private static Func<int, PSObject>? FindConstructor()
    {
        ParameterExpression capacity = Expression.Parameter(typeof(int));
        return typeof(PSObject).GetConstructor([typeof(int)]) is ConstructorInfo constructor
            ? Expression.Lambda<Func<int, PSObject>>(Expression.New(constructor, capacity), capacity).Compile()
            : null;
    }
}
