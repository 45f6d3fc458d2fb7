using System;
using System.Diagnostics;
using System.Linq;
using System.Reflection;

namespace GmmTools.Shared;

/// <summary>The PowerShell that the repository pins as a tool.</summary>
internal static class PinnedPowerShell
{
    /// <summary>Its version.</summary>
    public static string Version { get; } = Metadata("PowerShellVersion");

    /// <summary>The program to start: its first argument is <see cref="Library"/>.</summary>
    public static string Program { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The library of PowerShell's console.</summary>
    public static string Library { get; } = Metadata("PowerShellLibrary");

    /// <summary>A process to be started, without profile and prompt.</summary>
    /// <param name="arguments">What follows, such as <c>-Command</c> and a command.</param>
    public static ProcessStartInfo CreateStart(params string[] arguments) =>
        new(Program, [Library, "-NoLogo", "-NoProfile", "-NonInteractive", .. arguments]);

    private static string Metadata(string key) => typeof(PinnedPowerShell).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key)
        .Value!;
}
