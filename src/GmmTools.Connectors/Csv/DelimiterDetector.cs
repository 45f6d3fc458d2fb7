using System.Linq;

namespace GmmTools.Connectors.Csv;

/// <summary>Finds out what stands between the cells of a file, from its first lines.</summary>
internal static class DelimiterDetector
{
    private const int MaxLines = 10;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>
    /// The candidate that occurs in the header and equally often in the lines after it, most often if there are several; a comma
    /// in a name or a number thus does not mislead. When no candidate does, the one that is most frequent in the header.
    /// </summary>
    /// <param name="text">The buffer that holds the beginning of the file.</param>
    /// <param name="start">Where the header begins.</param>
    /// <param name="end">Where the buffer ends.</param>
    /// <param name="none">The answer when the header has no candidate at all.</param>
    public static char Detect(char[] text, int start, int end, char none)
    {
        int[] header = new int[Candidates.Length];
        bool[] steady = [.. Candidates.Select(_ => true)];
        int position = start;
        for (int line = 0; line < MaxLines && position < end; line++)
        {
            int[] counts = new int[Candidates.Length];
            bool complete = CountLine(text, ref position, end, counts, out bool blank);
            if (line == 0)
            {
                header = counts;
            }
            else if (complete && !blank)
            {
                for (int k = 0; k < counts.Length; k++)
                {
                    steady[k] &= counts[k] == header[k];
                }
            }
        }

        return MostFrequent(header, steady) ?? MostFrequent(header, [.. steady.Select(_ => true)]) ?? none;
    }

    private static char? MostFrequent(int[] counts, bool[] eligible)
    {
        int best = -1;
        for (int k = 0; k < counts.Length; k++)
        {
            if (eligible[k] && counts[k] > (best < 0 ? 0 : counts[best]))
            {
                best = k;
            }
        }

        return best < 0 ? null : Candidates[best];
    }

    /// <summary>Counts the candidates outside quotes up to the end of the line.</summary>
    /// <returns>Whether the line ended before the buffer did.</returns>
    private static bool CountLine(char[] text, ref int position, int end, int[] counts, out bool blank)
    {
        bool quoted = false;
        blank = true;
        for (; position < end; position++)
        {
            char character = text[position];
            if (!quoted && (character == '\n' || character == '\r'))
            {
                position++;
                return true;
            }

            blank &= char.IsWhiteSpace(character);
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted)
            {
                CountCandidate(character, counts);
            }
        }

        return false;
    }

    private static void CountCandidate(char character, int[] counts)
    {
        for (int k = 0; k < Candidates.Length; k++)
        {
            counts[k] += character == Candidates[k] ? 1 : 0;
        }
    }
}
