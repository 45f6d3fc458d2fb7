using System;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace GmmTools.Binding.Rows;

/// <summary>Reads a property of numbers from objects of one .NET type, compiled once.</summary>
internal sealed class PropertyGetter
{
    private readonly Func<object, double> _read;
    private readonly PropertyInfo _property;

    private PropertyGetter(Func<object, double> read, PropertyInfo property)
    {
        _read = read;
        _property = property;
    }

    /// <summary>The getter, or null where the engine has to read: script and note properties, other adapters, other types.</summary>
    /// <param name="type">The type of the objects.</param>
    /// <param name="property">The property as the engine sees it on one of them.</param>
    public static PropertyGetter? TryCreate(Type type, PSPropertyInfo? property)
    {
        if (property is not { MemberType: PSMemberTypes.Property } || FindNumber(type, property.Name) is not PropertyInfo found)
        {
            return null;
        }

        ParameterExpression row = Expression.Parameter(typeof(object));
        Expression value = Expression.Property(Expression.Convert(row, type), found);
        return new PropertyGetter(Expression.Lambda<Func<object, double>>(Expression.Convert(value, typeof(double)), row).Compile(), found);
    }

    /// <summary>Reads the property.</summary>
    /// <param name="row">An object of the type, without wrapping.</param>
    /// <param name="number">The number; NaN when there is none.</param>
    /// <returns>Whether the property gave a value.</returns>
    public bool TryRead(object row, out double number)
    {
        try
        {
            number = _read(row);
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // the engine says the same of a property that cannot tell its value: it has none
            number = double.NaN;
            return false;
        }
    }

    /// <summary>Reads the property as the object has it.</summary>
    /// <param name="row">An object of the type, without wrapping.</param>
    /// <returns>Its value; null where it cannot tell one.</returns>
    public object? TryGet(object row)
    {
        try
        {
            return _property.GetValue(row);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static PropertyInfo? FindNumber(Type type, string name)
    {
        PropertyInfo[] found = Array.FindAll(
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance),
            property => property.Name == name && property.GetMethod is { IsPublic: true } && property.GetIndexParameters().Length == 0);
        return found.Length == 1 && IsNumber(found[0].PropertyType) ? found[0] : null;
    }

    /// <summary>The types that the reader of cells takes for numbers and a conversion brings to a double.</summary>
    private static bool IsNumber(Type type) => !type.IsEnum && Type.GetTypeCode(type) is
        TypeCode.Double or TypeCode.Single or TypeCode.Decimal
        or TypeCode.Int64 or TypeCode.Int32 or TypeCode.Int16 or TypeCode.SByte
        or TypeCode.UInt64 or TypeCode.UInt32 or TypeCode.UInt16 or TypeCode.Byte;
}
