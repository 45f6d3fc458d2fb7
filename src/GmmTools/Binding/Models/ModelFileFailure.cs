using System;

namespace GmmTools.Binding.Models;

/// <summary>A file that was given as a model and could not be read.</summary>
/// <param name="exception">Why.</param>
internal sealed class ModelFileFailure(Exception exception)
{
    /// <summary>Why it could not be read.</summary>
    public Exception Exception { get; } = exception;
}
