using System;

namespace GmmTools.Connectors;

/// <summary>Whom to tell what is worth a word and no error.</summary>
/// <param name="warn">Takes warnings, or null.</param>
/// <param name="explain">Takes what is of interest to who looks closely, or null.</param>
internal sealed class FileNotes(Action<string, Remedy?>? warn, Action<string>? explain)
{
    /// <summary>Nobody.</summary>
    public static FileNotes None { get; } = new(null, null);

    /// <summary>Says that something is probably not as it was meant.</summary>
    public void Warn(string message, Remedy? remedy = null) => warn?.Invoke(message, remedy);

    /// <summary>Says what was done.</summary>
    public void Explain(string message) => explain?.Invoke(message);
}
