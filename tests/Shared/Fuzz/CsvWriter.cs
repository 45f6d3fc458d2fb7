using System;
using System.Linq;
using System.Text;

namespace GmmTools.Shared.Fuzz;

/// <summary>Text that is CSV, nearly CSV, or was once.</summary>
internal sealed class CsvWriter(Random random)
{
    private static readonly string[] Delimiters = [",", ";", "\t", "|", " "];
    private static readonly string[] LineEnds = ["\n", "\r\n", "\n", "\r\n", "\r"];

    private static readonly string[] Odd =
    [
        "", " ", "NA", "NaN", "null", "-", "text", "1,5", "1.5.2", "1e400", "1e-400", "+5", "(1)", "\u22121", "1 234", "$1", "12%", "\u0661", "0x1F", "Infinity", "-0",
        "\"1\"", "\"1", "1\"", "\"a\"\"b\"", "\"a\nb\"", "\"1,5\"", "\uFEFF", "\uFFFF", "\u0000", "\uD83D\uDE00", "#", "# 1", "sep=;", "'", "=1+1", "\u00A05", "1_000", "2026-11-26",
    ];

    private readonly string _delimiter = Delimiters[random.Next(Delimiters.Length)];
    private readonly string _lineEnd = LineEnds[random.Next(LineEnds.Length)];
    private readonly double _oddity = Math.Pow(random.NextDouble(), 3);
    private readonly StringBuilder _text = new();

    /// <summary>Writes a file.</summary>
    public string Write()
    {
        int columns = 1 + random.Next(4);
        int rows = random.Next(8) == 0 ? random.Next(3000) : random.Next(30);
        WritePreamble(columns);
        for (int i = 0; i < rows; i++)
        {
            int width = random.NextDouble() < 0.1 * _oddity ? random.Next(6) : columns;
            WriteLine(Enumerable.Range(0, width).Select(_ => Cell()));
        }

        if (random.Next(4) == 0 && _text.Length > 0)
        {
            _text.Length -= Math.Min(_text.Length, 1 + random.Next(4));
        }

        return _text.ToString();
    }

    private void WritePreamble(int columns)
    {
        switch (random.Next(16))
        {
            case 0: _text.Append("sep=").Append(_delimiter).Append(_lineEnd); break;
            case 1: _text.Append("# a comment").Append(_lineEnd); break;
            case 2: _text.Append(_lineEnd); break;
            case 3: _text.Append("# "); break;
            case 4: _text.Append("#Fields: "); break;
            case 5: return;
        }

        WriteLine(Enumerable.Range(0, columns).Select(j => random.NextDouble() < 0.05 * _oddity ? Cell() : "c" + j));
    }

    private void WriteLine(System.Collections.Generic.IEnumerable<string> cells) => _text.Append(string.Join(_delimiter, cells)).Append(_lineEnd);

    private string Cell()
    {
        if (random.NextDouble() < 0.05 * _oddity)
        {
            return Odd[random.Next(Odd.Length)];
        }

        double value = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 9));
        string format = random.Next(4) switch { 0 => "R", 1 => "F3", 2 => "E5", _ => "F0" };
        string number = value.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        return random.Next(20) == 0 ? $"\"{number}\"" : number;
    }
}
