using System.Management.Automation;

namespace GmmTools.Errors;

/// <summary>What a user should know of an error.</summary>
/// <param name="ErrorId">Its identifier, which the code has.</param>
/// <param name="Category">What kind of failure it is.</param>
/// <param name="Cause">Why it is raised.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="IsAdded">Whether the library leaves it to the commands to say the remedy.</param>
internal sealed record ErrorDescription(string ErrorId, ErrorCategory Category, string Cause, string Remedy, bool IsAdded = false);
