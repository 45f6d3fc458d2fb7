namespace GmmTools.Numerics;

/// <summary>A row is labelled with a component that the mixture does not have.</summary>
public sealed class RowLabelException : GmmToolsException
{
    /// <summary>Creates the error (LabelBeyondComponents).</summary>
    /// <param name="label">The component, from 0.</param>
    /// <param name="componentCount">How many components there are.</param>
    public RowLabelException(int label, int componentCount)
        : base(
            "LabelBeyondComponents",
            System.FormattableString.Invariant($"A row is labelled with component {label + 1}, but there are only {componentCount}. Request as many components as there are labels."),
            label,
            null)
    {
    }
}
