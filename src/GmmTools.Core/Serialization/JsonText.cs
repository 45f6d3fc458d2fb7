using System;
using System.Collections.Generic;
using System.Text;

namespace GmmTools.Serialization;

/// <summary>Reads JSON as RFC 8259 has it, and no dialect of it: what is refused is told with its line and column.</summary>
internal sealed class JsonText
{
    /// <summary>Deeper than any text of ours.</summary>
    private const int MaxDepth = 16;

    /// <summary>The most bytes of one text, name or number.</summary>
    private const int MaxLength = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly byte[] _bytes;
    private int _at;
    private int _depth;

    private JsonText(byte[] bytes)
    {
        _bytes = bytes;
        _at = bytes.Length >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0;
    }

    /// <summary>Reads a text.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <exception cref="MixtureFileException">It is not JSON, or a member occurs twice.</exception>
    public static JsonValue Read(byte[] utf8)
    {
        JsonText text = new(utf8);
        JsonValue value = text.ReadValue("$");
        return text.Peek() < 0 ? value : throw text.Unexpected("the end of the text");
    }

    private JsonValue ReadValue(string path)
    {
        switch (Peek())
        {
            case '{':
                return new JsonValue(JsonKind.Object, path, members: ReadMembers(path));
            case '[':
                return new JsonValue(JsonKind.Array, path, items: ReadItems(path));
            case '"':
                return new JsonValue(JsonKind.Text, path, ReadString());
            case 't':
                return new JsonValue(JsonKind.Boolean, path, ReadWord("true"));
            case 'f':
                return new JsonValue(JsonKind.Boolean, path, ReadWord("false"));
            case 'n':
                ReadWord("null");
                return new JsonValue(JsonKind.Null, path);
            default:
                return new JsonValue(JsonKind.Number, path, ReadNumber());
        }
    }

    private List<JsonValue> ReadItems(string path)
    {
        List<JsonValue> items = [];
        ReadList(']', () => items.Add(ReadValue(FormattableString.Invariant($"{path}[{items.Count}]"))));
        return items;
    }

    private Dictionary<string, JsonValue> ReadMembers(string path)
    {
        Dictionary<string, JsonValue> members = new(StringComparer.Ordinal);
        ReadList('}', () =>
        {
            string name = Peek() == '"' ? ReadString() : throw Unexpected("a name in double quotes");
            Expect(':');
            JsonValue value = ReadValue($"{path}.{name}");
            if (members.ContainsKey(name))
            {
                throw value.Wrong("occurs twice");
            }

            members.Add(name, value);
        });
        return members;
    }

    /// <summary>Reads from the opening bracket to the closing one.</summary>
    private void ReadList(char close, Action readItem)
    {
        if (++_depth > MaxDepth)
        {
            throw Wrong(FormattableString.Invariant($"more than {MaxDepth} brackets inside one another"));
        }

        _at++;
        if (Peek() == close)
        {
            _at++;
        }
        else
        {
            for (readItem(); Peek() == ','; readItem())
            {
                _at++;
            }

            Expect(close);
        }

        _depth--;
    }

    private string ReadWord(string word)
    {
        for (int i = 0; i < word.Length; i++, _at++)
        {
            if (Current != word[i])
            {
                throw Unexpected($"'{word}'");
            }
        }

        return word;
    }

    private string ReadNumber()
    {
        int start = _at;
        Skip('-');
        if (!Skip('0'))
        {
            ReadDigits();
        }

        if (Skip('.'))
        {
            ReadDigits();
        }

        if (Skip('e') || Skip('E'))
        {
            _ = Skip('+') || Skip('-');
            ReadDigits();
        }

        return Take(start);
    }

    private void ReadDigits()
    {
        int start = _at;
        while (Current is >= '0' and <= '9')
        {
            _at++;
        }

        if (_at == start)
        {
            throw Unexpected(_depth == 0 ? "an object" : "a value");
        }
    }

    private string ReadString()
    {
        StringBuilder text = new();
        int start = ++_at;
        for (; Current != '"'; _at++)
        {
            if (Current < ' ')
            {
                throw Unexpected("the end of a text");
            }

            if (Current == '\\')
            {
                text.Append(Take(start));
                _at++;
                text.Append(ReadEscape());
                start = _at + 1;
            }
        }

        text.Append(Take(start));
        _at++;
        return IsWellFormed(text) ? text.ToString() : throw Wrong("half of a surrogate pair");
    }

    /// <summary>What the escape stands for; ends on its last character.</summary>
    private char ReadEscape()
    {
        const string Short = "\"\\/bfnrt";
        int index = Current < 0 ? -1 : Short.IndexOf(((char)Current).ToString(), StringComparison.Ordinal);
        if (index >= 0)
        {
            return "\"\\/\b\f\n\r\t"[index];
        }

        if (Current != 'u')
        {
            throw Unexpected("an escape");
        }

        int code = 0;
        for (int i = 0; i < 4; i++)
        {
            _at++;
            int digit = Current switch
            {
                >= '0' and <= '9' => Current - '0',
                >= 'a' and <= 'f' => Current - 'a' + 10,
                >= 'A' and <= 'F' => Current - 'A' + 10,
                _ => throw Unexpected("a hexadecimal digit"),
            };
            code = (code << 4) | digit;
        }

        return (char)code;
    }

    private static bool IsWellFormed(StringBuilder text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }

    private string Take(int start)
    {
        if (_at - start > MaxLength)
        {
            throw Wrong(FormattableString.Invariant($"a text or number of more than {MaxLength} bytes"));
        }

        try
        {
            return Utf8.GetString(_bytes, start, _at - start);
        }
        catch (DecoderFallbackException exception)
        {
            throw Wrong("bytes that are not UTF-8", exception);
        }
    }

    /// <summary>The byte to read next; -1 at the end.</summary>
    private int Current => _at < _bytes.Length ? _bytes[_at] : -1;

    /// <summary>The next byte that is not white space; -1 at the end.</summary>
    private int Peek()
    {
        while (Current is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }

        return Current;
    }

    private bool Skip(char character)
    {
        bool found = Current == character;
        _at += found ? 1 : 0;
        return found;
    }

    private void Expect(char character)
    {
        _ = Peek();
        if (!Skip(character))
        {
            throw Unexpected($"'{character}'");
        }
    }

    private MixtureFileException Unexpected(string expected) => Wrong(Current switch
    {
        < 0 => $"{expected} was expected, but the text ends",
        >= '!' and <= '~' => $"{expected} was expected, but '{(char)Current}' was found",
        _ => FormattableString.Invariant($"{expected} was expected, but byte 0x{Current:X2} was found"),
    });

    private MixtureFileException Wrong(string what, Exception? cause = null)
    {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < _at && i < _bytes.Length; i++)
        {
            (line, lineStart) = _bytes[i] == '\n' ? (line + 1, i + 1) : (line, lineStart);
        }

        return new MixtureFileException(
            "InvalidMixtureFile",
            FormattableString.Invariant($"The text is not valid JSON. Line {line}, column {_at - lineStart + 1}: {what}. Export the mixture again, or correct the text."),
            null,
            cause)
        { Fault = FormattableString.Invariant($"it is not valid JSON; line {line}, column {_at - lineStart + 1}: {what}") };
    }
}
