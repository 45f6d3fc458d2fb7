using System;

namespace GmmTools.Observations.Chunks;

/// <summary>Sizes as people and PowerShell write them.</summary>
internal static class ByteText
{
    private const double Step = 1024;
    private static readonly string[] Units = ["bytes", "KB", "MB", "GB", "TB"];

    public static string Describe(long bytes)
    {
        double size = bytes;
        int unit = 0;
        while (size >= Step && unit < Units.Length - 1)
        {
            size /= Step;
            unit++;
        }

        return FormattableString.Invariant($"{size:0.##} {Units[unit]}");
    }
}
