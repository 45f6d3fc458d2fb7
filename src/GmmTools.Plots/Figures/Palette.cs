namespace GmmTools.Plots.Figures;

/// <summary>
/// Colours that readers with any colour vision tell apart: those of Okabe and Ito (Color Universal Design, 2002), the yellow last,
/// since it is weak on white. With more than eight components colours recur, but not with the same glyph.
/// </summary>
internal static class Palette
{
    /// <summary>Text, axes and what is neutral.</summary>
    public const int Ink = 0x202020;

    /// <summary>What stands back.</summary>
    public const int Grey = 0x808080;

    /// <summary>The bars of a histogram.</summary>
    public const int Bar = 0xC9D3DE;

    /// <summary>What matters most.</summary>
    public const int Alarm = 0xD55E00;

    /// <summary>Lines over a dark ground.</summary>
    public const int White = 0xFFFFFF;

    private static readonly int[] Colors =
        [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x444444, 0xC8B900];

    /// <summary>The colour of a component or line.</summary>
    /// <param name="index">Its number, from 0.</param>
    public static int Color(int index) => Colors[index % Colors.Length];

    /// <summary>The glyph of a component or line: a colour comes back with another one.</summary>
    /// <param name="index">Its number, from 0.</param>
    public static int Glyph(int index) => (index + (index / Colors.Length)) % Glyphs.Count;
}
