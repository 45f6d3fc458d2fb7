namespace GmmTools.Selection;

/// <summary>Where a model search stands; sent whenever a combination is done, from the thread that did it.</summary>
public sealed class ModelSearchProgress
{
    internal ModelSearchProgress(int done, int total, string latest)
    {
        Done = done;
        Total = total;
        Latest = latest;
    }

    /// <summary>Combinations that are done.</summary>
    public int Done { get; }

    /// <summary>Combinations in all.</summary>
    public int Total { get; }

    /// <summary>The combination that was done last, such as VVV,3.</summary>
    public string Latest { get; }
}
