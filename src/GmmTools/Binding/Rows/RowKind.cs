namespace GmmTools.Binding.Rows;

/// <summary>The kinds of row that the commands take.</summary>
internal enum RowKind
{
    /// <summary>An object with properties.</summary>
    Object,

    /// <summary>A hashtable or another dictionary.</summary>
    Dictionary,

    /// <summary>A row of a DataTable.</summary>
    DataRow,

    /// <summary>A list of cells without names.</summary>
    List,

    /// <summary>One cell without a name.</summary>
    Cell,
}
