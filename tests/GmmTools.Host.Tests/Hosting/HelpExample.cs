namespace GmmTools.Host.Tests.Hosting;

/// <summary>One example of the help.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Code">What is to be typed.</param>
/// <param name="Output">What the help says that it prints, or null.</param>
internal sealed record HelpExample(string Title, string Code, string? Output);
