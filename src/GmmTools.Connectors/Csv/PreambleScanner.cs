using System.Collections.Generic;
using System.Text;

namespace GmmTools.Connectors.Csv;

/// <summary>Finds the first line that is neither blank nor begins with #, in text that comes piece by piece.</summary>
internal sealed class PreambleScanner
{
    /// <summary>The last comments, and the longest: beyond, they hold no header.</summary>
    private const int MaxComments = 100;
    private const int LongestComment = 1 << 16;

    private readonly Queue<string> _comments = [];
    private readonly StringBuilder _comment = new();
    private bool _inComment;
    private bool _atLineStart = true;
    private char _previous;

    /// <summary>Lines passed over so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>The last comments so far.</summary>
    public IReadOnlyList<string> Comments
    {
        get
        {
            EndComment();
            return [.. _comments];
        }
    }

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
            else if (_inComment || (_atLineStart && character == '#'))
            {
                _inComment = true;
                AppendToComment(character);
            }
            else if (!char.IsWhiteSpace(character))
            {
                return lineStart;
            }

            _atLineStart = character is '\n' or '\r';
            _previous = character;
        }

        return length;
    }

    private void AppendToComment(char character)
    {
        if (_comment.Length <= LongestComment)
        {
            _comment.Append(character);
        }
    }

    private void EndLine(char character)
    {
        EndComment();
        LineCount += character == '\n' && _previous == '\r' ? 0 : 1;
    }

    private void EndComment()
    {
        if (_inComment && _comment.Length <= LongestComment)
        {
            _comments.Enqueue(_comment.ToString());
            if (_comments.Count > MaxComments)
            {
                _comments.Dequeue();
            }
        }

        _inComment = false;
        _comment.Clear();
    }
}
