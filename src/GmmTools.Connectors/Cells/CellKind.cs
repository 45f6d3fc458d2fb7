namespace GmmTools.Connectors.Cells;

/// <summary>What a cell turned out to be.</summary>
public enum CellKind
{
    /// <summary>A number, perhaps an infinite one.</summary>
    Number,

    /// <summary>Null, DBNull, blank, NA or NaN: nothing was observed.</summary>
    Missing,

    /// <summary>Something else: text, a date, a truth value.</summary>
    NotANumber,
}
