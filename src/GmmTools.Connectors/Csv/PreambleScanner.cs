namespace GmmTools.Connectors.Csv;

/// <summary>Finds the first line that is neither blank nor begins with #, in text that comes piece by piece.</summary>
internal sealed class PreambleScanner
{
    private bool _comment;
    private bool _atLineStart = true;
    private char _previous;

    /// <summary>Lines passed over so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>Looks through the next piece.</summary>
    /// <returns>Where the line begins, or the end of the piece when it does not begin there.</returns>
    public int Scan(char[] piece, int length)
    {
        int lineStart = 0;
        for (int i = 0; i < length; i++)
        {
            char character = piece[i];
            if (character is '\n' or '\r')
            {
                EndLine(character);
                lineStart = i + 1;
            }
            else if (_atLineStart && character == '#')
            {
                _comment = true;
            }
            else if (!_comment && !char.IsWhiteSpace(character))
            {
                return lineStart;
            }

            _atLineStart = character is '\n' or '\r';
            _previous = character;
        }

        return length;
    }

    private void EndLine(char character)
    {
        _comment = false;
        LineCount += character == '\n' && _previous == '\r' ? 0 : 1;
    }
}
