using System.Collections.Generic;
using System.Threading;

namespace GmmTools.Validation;

/// <summary>All values that are compared with published ones, and the work that they have in common.</summary>
public sealed class PublishedValues
{
    private readonly Workbench _bench;

    /// <summary>Begins to compare.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    public PublishedValues(CancellationToken cancellationToken = default)
    {
        _bench = new Workbench(cancellationToken);
    }

    /// <summary>The values.</summary>
    public static IReadOnlyList<PublishedValue> All { get; } =
        FixedList.Of<PublishedValue>([.. CertifiedMoments.List(), .. ClosedForms.List(), .. VignetteValues.List(), .. ConvergedValues.List()]);

    /// <summary>Finds a value here and compares it with the published one.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Both, and how many digits agree.</returns>
    /// <exception cref="System.OperationCanceledException">The token was cancelled.</exception>
    public PublishedValueCheck Check(PublishedValue value)
    {
        _bench.Stop.ThrowIfCancellationRequested();
        return value.Check(_bench);
    }
}
