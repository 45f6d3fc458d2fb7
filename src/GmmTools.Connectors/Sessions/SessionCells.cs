using System;
using System.Globalization;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Connectors.Sessions;

/// <summary>Cells of any type on their way from a session. What has no kind of its own comes as its text.</summary>
internal static class SessionCells
{
    private enum Kind
    {
        Nothing,
        Text,
        Flag,
        Integer,
        Number,
        Exact,
        Time,
        Span,
        Small,
    }

    /// <summary>Writes a cell, or reads one.</summary>
    /// <param name="state">The message.</param>
    /// <param name="cell">The cell to write.</param>
    public static object? Exchange(StateExchange state, object? cell)
    {
        Kind kind = state.Name(KindOf(cell));
        return kind switch
        {
            Kind.Nothing => null,
            Kind.Flag => state.Flag(cell is true),
            Kind.Small => (int)state.Integer(cell is int small ? small : 0),
            Kind.Integer => state.Integer(cell is long integer ? integer : 0),
            Kind.Number => state.Number(cell is double number ? number : 0),
            Kind.Exact => ExchangeExact(state, cell is decimal exact ? exact : 0),
            Kind.Time => DateTime.FromBinary(state.Integer(cell is DateTime time ? time.ToBinary() : 0)),
            Kind.Span => new TimeSpan(state.Integer(cell is TimeSpan span ? span.Ticks : 0)),
            _ => state.Text(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? string.Empty),
        };
    }

    private static Kind KindOf(object? cell) => cell switch
    {
        null => Kind.Nothing,
        bool => Kind.Flag,
        int => Kind.Small,
        long => Kind.Integer,
        double => Kind.Number,
        decimal => Kind.Exact,
        DateTime => Kind.Time,
        TimeSpan => Kind.Span,
        _ => Kind.Text,
    };

    private static decimal ExchangeExact(StateExchange state, decimal value) =>
        new([.. decimal.GetBits(value).Select(part => unchecked((int)state.Integer(part)))]);
}
