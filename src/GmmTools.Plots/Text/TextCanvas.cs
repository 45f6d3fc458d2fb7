using System.Text;

namespace GmmTools.Plots.Text;

/// <summary>
/// Cells of a terminal. Each has a character with its colours, over which dots may lie: those of Braille patterns, two by four to a cell,
/// or in ASCII one to a cell. Dots are counted from the top left.
/// </summary>
internal sealed class TextCanvas
{
    private const int None = -1;

    /// <summary>The bit of each dot in a Braille pattern, left column first (Unicode, chapter Braille).</summary>
    private static readonly int[] BrailleBits = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80];

    private readonly TextFormat _format;
    private readonly char[] _characters;
    private readonly int[] _foreground;
    private readonly int[] _background;
    private readonly int[] _dots;
    private readonly int[] _dotColors;
    private readonly char[] _dotMarks;

    /// <summary>An empty canvas.</summary>
    /// <param name="width">Characters of a line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="format">What may be used.</param>
    public TextCanvas(int width, int height, TextFormat format)
    {
        Width = width;
        Height = height;
        _format = format;
        _characters = Filled(' ');
        _foreground = Filled(None);
        _background = Filled(None);
        _dots = Filled(0);
        _dotColors = Filled(None);
        _dotMarks = Filled('*');
    }

    /// <summary>Characters of a line.</summary>
    public int Width { get; }

    /// <summary>Lines.</summary>
    public int Height { get; }

    /// <summary>Dots side by side in all.</summary>
    public int DotWidth => Width * DotsAcross;

    /// <summary>Dots above each other in all.</summary>
    public int DotHeight => Height * DotsDown;

    private int DotsAcross => _format.IsAscii ? 1 : 2;

    private int DotsDown => _format.IsAscii ? 1 : 4;

    /// <summary>Sets a character; dots at this place go.</summary>
    /// <param name="column">Column, from 0.</param>
    /// <param name="line">Line, from 0.</param>
    /// <param name="character">The character.</param>
    /// <param name="foreground">Its colour, 0xRRGGBB, or −1.</param>
    /// <param name="background">The colour behind it, or −1.</param>
    public void Set(int column, int line, char character, int foreground = None, int background = None)
    {
        if (column >= 0 && column < Width && line >= 0 && line < Height)
        {
            int cell = (line * Width) + column;
            _characters[cell] = character;
            _foreground[cell] = foreground;
            _background[cell] = background;
            _dots[cell] = 0;
        }
    }

    /// <summary>Sets a dot.</summary>
    /// <param name="x">Dots from the left.</param>
    /// <param name="y">Dots from the top.</param>
    /// <param name="color">Its colour; the last one in a cell wins.</param>
    /// <param name="mark">What stands for it in ASCII.</param>
    public void Dot(int x, int y, int color, char mark)
    {
        if (x >= 0 && x < DotWidth && y >= 0 && y < DotHeight)
        {
            int cell = (y / DotsDown * Width) + (x / DotsAcross);
            _dots[cell] |= _format.IsAscii ? 1 : BrailleBits[(x % 2 * 4) + (y % 4)];
            _dotColors[cell] = color;
            _dotMarks[cell] = mark;
        }
    }

    /// <summary>Writes a text; what has no room is left out.</summary>
    /// <param name="column">Where it begins.</param>
    /// <param name="line">Its line.</param>
    /// <param name="text">The text.</param>
    public void Write(int column, int line, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            Set(column + i, line, text[i]);
        }
    }

    /// <summary>A line as text, with its colours.</summary>
    /// <param name="line">The line, from 0.</param>
    public string ToText(int line)
    {
        StringBuilder text = new();
        int foreground = None;
        int background = None;
        for (int column = 0; column < Width; column++)
        {
            int cell = (line * Width) + column;
            bool dotted = _dots[cell] != 0;
            int front = dotted ? _dotColors[cell] : _foreground[cell];
            Ansi.Change(text, _format.Colors, ref foreground, front, ref background, _background[cell]);
            text.Append(dotted ? DotCharacter(cell) : _characters[cell]);
        }

        bool isColored = foreground != None || background != None;
        return isColored ? text.Append(Ansi.Reset).ToString() : text.ToString().TrimEnd();
    }

    private char DotCharacter(int cell) => _format.IsAscii ? _dotMarks[cell] : (char)(0x2800 + _dots[cell]);

    private T[] Filled<T>(T value)
    {
        T[] cells = new T[Width * Height];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = value;
        }

        return cells;
    }
}
