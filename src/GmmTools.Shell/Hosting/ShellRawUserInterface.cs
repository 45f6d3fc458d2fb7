using System;
using System.IO;
using System.Management.Automation.Host;

namespace GmmTools.Shell.Hosting;

/// <summary>The size of the screen; the rest of a raw console is not offered.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 50;
    private readonly ConsoleStreams _streams;

    /// <summary>A raw user interface on the given streams.</summary>
    public ShellRawUserInterface(ConsoleStreams streams) => _streams = streams;

    /// <summary>A width that replaces the console's, while text is captured.</summary>
    public int? WidthOverride { get; set; }

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => MeasureScreen();
        set => throw NotOffered();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => MeasureScreen();
        set => throw NotOffered();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => MeasureScreen();

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => MeasureScreen();

    // Outside the enumeration: the terminal's own colour, whatever it is.
    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = (ConsoleColor)(-1);

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = (ConsoleColor)(-1);

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => default;
        set => throw NotOffered();
    }

    /// <inheritdoc/>
    public override Coordinates WindowPosition
    {
        get => default;
        set => throw NotOffered();
    }

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "GmmTools.Shell";

    /// <inheritdoc/>
    public override bool KeyAvailable => false;

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
    }

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw NotOffered();

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotOffered();

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotOffered();

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotOffered();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotOffered();

    private static HostException NotOffered() => new("GmmTools.Shell offers no raw access to the console.");

    private Size MeasureScreen()
    {
        Size screen = _streams.OutputIsTerminal ? MeasureTerminal() : new Size(DefaultWidth, DefaultHeight);
        return new Size(WidthOverride ?? screen.Width, screen.Height);
    }

    private static Size MeasureTerminal()
    {
        try
        {
            int width = Console.WindowWidth;
            int height = Console.WindowHeight;
            return new Size(width > 0 ? width : DefaultWidth, height > 0 ? height : DefaultHeight);
        }
        catch (IOException)
        {
            return new Size(DefaultWidth, DefaultHeight);
        }
    }
}
