namespace GmmTools.Core.Tests.Support;

internal static class Remedies
{
    /// <summary>Name and values of the remedy of an error: <c>UseCulture de-DE</c>; empty when it has none.</summary>
    public static string Of(GmmToolsException error) => Of(error.Remedy);

    public static string Of(Remedy? remedy) => remedy is null ? string.Empty : string.Join(' ', [remedy.Name, .. remedy.Values]);
}
