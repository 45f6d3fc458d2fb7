using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Shared.Fuzz;

/// <summary>
/// CSV through both readers: in small blocks of bytes on two threads, and row by row, that also from UTF-16. All have to see the same rows, or
/// the same fault in the same row.
/// </summary>
internal sealed class CsvTarget : FuzzTarget
{
    public override string Name => "csv";

    public override string Extension => ".csv";

    public override byte[] Create(Random random) => Encoding.UTF8.GetBytes(new CsvWriter(random).Write());

    public override string? Try(byte[] input, string folder, CancellationToken cancellationToken)
    {
        string narrow = Path.Combine(folder, "utf8.csv");
        string wide = Path.Combine(folder, "utf16.csv");
        File.WriteAllBytes(narrow, input);
        File.WriteAllBytes(wide, [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(input))]);
        CsvBlockOptions blocks = new(2) { SmallestFile = 0, BlockSize = 48 + (input.Length % 209) };
        CsvBlockOptions none = new(2) { SmallestFile = long.MaxValue };
        foreach (MissingValuePolicy policy in new[] { MissingValuePolicy.Error, MissingValuePolicy.Omit, MissingValuePolicy.Marginalize })
        {
            string first = Outcome(narrow, policy, blocks, cancellationToken);
            foreach (string path in new[] { narrow, wide })
            {
                string other = Outcome(path, policy, none, cancellationToken);
                if (first != other)
                {
                    return $"{policy}, {Path.GetFileName(path)}: in blocks {Start(first)}, by rows {Start(other)}";
                }
            }
        }

        return null;
    }

    private static string Start(string text) => text.Length > 300 ? text[..300] + "..." : text;

    private static string Outcome(string path, MissingValuePolicy policy, CsvBlockOptions blocks, CancellationToken cancellationToken)
    {
        try
        {
            RowTable table = FileObservationReader.ReadTable([path], new FileReadOptions { MissingValue = policy, Blocks = blocks }, null, cancellationToken);
            return FormattableString.Invariant($"{string.Join('|', table.Observations.Property)}: {table.Intake.ReadCount}, {table.Intake.OmittedCount}: {Rows(table.Observations)}");
        }
        catch (GmmToolsException exception)
        {
            return $"{exception.ErrorId}: {exception.Message.Replace(path, "FILE", StringComparison.Ordinal)}";
        }
    }

    private static string Rows(IObservations observations) => string.Join(
        ';',
        observations.EnumerateWeighted().Select(row => string.Join(' ', row.Row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
}
