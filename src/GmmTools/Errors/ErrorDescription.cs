namespace GmmTools.Errors;

/// <summary>What a user should know of an error.</summary>
/// <param name="ErrorId">Its identifier, which the code has.</param>
/// <param name="Cause">Why it is raised.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record ErrorDescription(string ErrorId, string Cause, string Remedy);
