using System.Collections.Generic;

namespace GmmTools.Connectors.Cells;

/// <summary>
/// A PowerShell wildcard: * for any text, ? for one character, [abc] and [a-c] for one of a set, ` before a character to be
/// taken as it is. Case-insensitive.
/// </summary>
internal sealed class Wildcard
{
    private readonly List<Token> _tokens = [];

    public Wildcard(string pattern)
    {
        int i = 0;
        while (i < pattern.Length)
        {
            i = ReadToken(pattern, i);
        }
    }

    private enum TokenKind
    {
        Text,
        AnyCharacter,
        AnyText,
        Set,
    }

    public static bool HasWildcard(string pattern) => pattern.IndexOfAny(['*', '?', '[', '`']) >= 0;

    public bool IsMatch(string text)
    {
        // The classic two pointers: on a mismatch go back to the latest star and let it swallow one character more.
        int position = 0;
        int token = 0;
        int star = -1;
        int resume = 0;
        while (position < text.Length)
        {
            if (token < _tokens.Count && _tokens[token].Kind == TokenKind.AnyText)
            {
                star = token++;
                resume = position;
            }
            else if (token < _tokens.Count && _tokens[token].Matches(text[position]))
            {
                token++;
                position++;
            }
            else if (star >= 0)
            {
                token = star + 1;
                position = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (token < _tokens.Count && _tokens[token].Kind == TokenKind.AnyText)
        {
            token++;
        }

        return token == _tokens.Count;
    }

    private int ReadToken(string pattern, int start)
    {
        int close = pattern[start] == '[' ? pattern.IndexOf(']', start + 1) : -1;
        switch (pattern[start])
        {
            case '*':
                _tokens.Add(new Token(TokenKind.AnyText, string.Empty));
                return start + 1;
            case '?':
                _tokens.Add(new Token(TokenKind.AnyCharacter, string.Empty));
                return start + 1;
            case '[' when close > start + 1:
                _tokens.Add(new Token(TokenKind.Set, pattern.Substring(start + 1, close - start - 1)));
                return close + 1;
            case '`' when start + 1 < pattern.Length:
                _tokens.Add(new Token(TokenKind.Text, pattern.Substring(start + 1, 1)));
                return start + 2;
            default:
                _tokens.Add(new Token(TokenKind.Text, pattern.Substring(start, 1)));
                return start + 1;
        }
    }

    private readonly struct Token
    {
        private readonly string _characters;

        public Token(TokenKind kind, string characters)
        {
            Kind = kind;
            _characters = characters.ToUpperInvariant();
        }

        public TokenKind Kind { get; }

        public bool Matches(char character) => Kind switch
        {
            TokenKind.AnyCharacter => true,
            TokenKind.Text => _characters[0] == char.ToUpperInvariant(character),
            _ => InSet(char.ToUpperInvariant(character)),
        };

        private bool InSet(char character)
        {
            for (int i = 0; i < _characters.Length; i++)
            {
                bool range = i + 2 < _characters.Length && _characters[i + 1] == '-';
                char last = _characters[range ? i + 2 : i];
                if (character >= _characters[i] && character <= last)
                {
                    return true;
                }

                i += range ? 2 : 0;
            }

            return false;
        }
    }
}
