namespace GmmTools.Binding.Rows;

/// <summary>Columns that say how many components there are, once the rows are read.</summary>
internal interface IStartColumns : IRowExtras
{
    /// <summary>Number of components that they stand for, so far.</summary>
    int ComponentCount { get; }
}
