using System.IO;

namespace GmmTools.Plots.Canvases;

/// <summary>Which glyph of a font stands for a character: the table cmap, formats 4 and 12.</summary>
internal sealed class CharacterMap
{
    private readonly byte[] _table;
    private readonly int _start;
    private readonly bool _isWide;

    /// <param name="table">The table.</param>
    /// <exception cref="InvalidDataException">It has no part for Unicode.</exception>
    public CharacterMap(byte[] table)
    {
        _table = table;
        int count = FontFile.U16(table, 2);
        for (int i = 0; i < count; i++)
        {
            int platform = FontFile.U16(table, 4 + (8 * i));
            int start = (int)FontFile.U32(table, 8 + (8 * i));
            int format = FontFile.U16(table, start);
            if (platform is 0 or 3 && (format == 12 || (format == 4 && !_isWide)))
            {
                (_start, _isWide) = (start, format == 12);
            }
        }

        if (_start == 0)
        {
            throw new InvalidDataException("The font has no Unicode characters.");
        }
    }

    /// <summary>The glyph of a character; 0 where there is none.</summary>
    /// <param name="character">Its number in Unicode.</param>
    public int Glyph(int character) => _isWide ? Wide(character) : character < 0x10000 ? Narrow(character) : 0;

    private int Wide(int character)
    {
        int groups = (int)FontFile.U32(_table, _start + 12);
        for (int i = 0; i < groups; i++)
        {
            int place = _start + 16 + (12 * i);
            long first = FontFile.U32(_table, place);
            if (character < first)
            {
                return 0;
            }

            if (character <= FontFile.U32(_table, place + 4))
            {
                return (int)(FontFile.U32(_table, place + 8) + character - first);
            }
        }

        return 0;
    }

    private int Narrow(int character)
    {
        int twice = FontFile.U16(_table, _start + 6);
        int ends = _start + 14;
        int starts = ends + twice + 2;
        for (int i = 0; i < twice; i += 2)
        {
            if (character > FontFile.U16(_table, ends + i))
            {
                continue;
            }

            int first = FontFile.U16(_table, starts + i);
            if (character < first)
            {
                return 0;
            }

            int delta = FontFile.U16(_table, starts + twice + i);
            int ranges = starts + (2 * twice) + i;
            int offset = FontFile.U16(_table, ranges);
            if (offset == 0)
            {
                return (character + delta) & 0xFFFF;
            }

            int glyph = FontFile.U16(_table, ranges + offset + (2 * (character - first)));
            return glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
        }

        return 0;
    }
}
