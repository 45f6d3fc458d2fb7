namespace GmmTools.Connectors.Cells;

/// <summary>What a number with a unit measures.</summary>
internal enum UnitKind
{
    /// <summary>Bytes.</summary>
    Size,

    /// <summary>Seconds.</summary>
    Duration,

    /// <summary>Per cent.</summary>
    Percentage,
}
