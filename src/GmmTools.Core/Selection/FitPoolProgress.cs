namespace GmmTools.Selection;

/// <summary>Where a list of fits stands; sent whenever one is done, from the thread that did it.</summary>
public sealed class FitPoolProgress
{
    internal FitPoolProgress(int done, int total, string latest)
    {
        Done = done;
        Total = total;
        Latest = latest;
    }

    /// <summary>Fits that are done.</summary>
    public int Done { get; }

    /// <summary>Fits in all.</summary>
    public int Total { get; }

    /// <summary>The name of the fit that was done last: in a model search the combination, such as VVV,3.</summary>
    public string Latest { get; }
}
