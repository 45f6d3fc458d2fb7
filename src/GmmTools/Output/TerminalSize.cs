using System;
using System.Management.Automation.Host;

namespace GmmTools.Output;

/// <summary>What a host can show: how many characters, and colours.</summary>
internal sealed class TerminalSize
{
    private const int DefaultWidth = 80;
    private const int DefaultHeight = 24;

    /// <summary>Lines for the prompt and what was typed.</summary>
    private const int PromptLines = 2;
    private const int MinHeight = 16;
    private const int MaxWidth = 160;

    /// <summary>Characters are about twice as high as wide.</summary>
    private const double HeightPerWidth = 0.32;

    private TerminalSize(int width, int height)
    {
        Width = width;
        Height = height;
    }

    /// <summary>Characters of a line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>The size of a picture.</summary>
    /// <param name="host">The host.</param>
    /// <param name="width">What the user wants; 0 where that is the window's.</param>
    /// <param name="height">Likewise.</param>
    public static TerminalSize Choose(PSHost host, int width, int height)
    {
        Size window = ReadWindow(host);
        int chosen = width > 0 ? width : Math.Min(MaxWidth, window.Width);
        int suited = Math.Max(MinHeight, (int)(chosen * HeightPerWidth));
        return new TerminalSize(chosen, height > 0 ? height : Math.Max(8, Math.Min(window.Height - PromptLines, suited)));
    }

    /// <summary>Whether colours are to be used.</summary>
    /// <param name="host">The host.</param>
    /// <param name="wish">Auto, Always or Never.</param>
    public static bool HasColors(PSHost host, string wish) =>
        string.Equals(wish, "Always", StringComparison.OrdinalIgnoreCase)
        || (string.Equals(wish, "Auto", StringComparison.OrdinalIgnoreCase)
            && host.UI is { SupportsVirtualTerminal: true }
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && !Console.IsOutputRedirected);

    /// <summary>Whether all colours are there, and not only a palette: as terminals say themselves, and Windows always.</summary>
    public static bool HasFullColors() =>
        Environment.GetEnvironmentVariable("COLORTERM") is "truecolor" or "24bit" || Environment.OSVersion.Platform == PlatformID.Win32NT;

    private static Size ReadWindow(PSHost host)
    {
        try
        {
            Size window = host.UI?.RawUI?.WindowSize ?? new Size(DefaultWidth, DefaultHeight);
            return new Size(window.Width > 0 ? window.Width : DefaultWidth, window.Height > 0 ? window.Height : DefaultHeight);
        }
        catch (Exception exception) when (exception is HostException or NotImplementedException or NotSupportedException or System.IO.IOException or InvalidOperationException)
        {
            // a host without a window
            return new Size(DefaultWidth, DefaultHeight);
        }
    }
}
