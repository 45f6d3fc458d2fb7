using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization.Json;
using System.Xml;

namespace GmmTools.Serialization;

/// <summary>Reads a JSON text with the reader that both editions have in the box. Nothing in the text names a type.</summary>
internal static class JsonText
{
    /// <summary>Deeper than any text of ours.</summary>
    private const int MostDepth = 16;

    /// <summary>The most characters of one text or number, and of one name.</summary>
    private const int MostCharacters = 1 << 20;
    private const int MostNameCharacters = 1 << 16;

    /// <summary>Reads a text.</summary>
    /// <param name="utf8">The text in UTF-8, with or without a byte order mark.</param>
    /// <exception cref="MixtureFileException">It is not JSON.</exception>
    public static JsonValue Read(byte[] utf8)
    {
        XmlDictionaryReaderQuotas quotas = new()
        {
            MaxDepth = MostDepth,
            MaxStringContentLength = MostCharacters,
            MaxNameTableCharCount = MostNameCharacters,
            MaxArrayLength = int.MaxValue,
            MaxBytesPerRead = MostCharacters,
        };
        int start = utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? 3 : 0;
        try
        {
            CheckBalance(utf8, start);
            using XmlDictionaryReader reader = JsonReaderWriterFactory.CreateJsonReader(utf8, start, utf8.Length - start, quotas);
            reader.MoveToContent();
            JsonValue value = ReadValue(reader, "$");
            while (reader.NodeType == XmlNodeType.Whitespace)
            {
                reader.Read();
            }

            return reader.NodeType == XmlNodeType.None
                ? value
                : throw value.Wrong("is followed by something else");
        }
        catch (Exception exception) when (exception is XmlException or FormatException or InvalidOperationException or ArgumentException or InvalidDataException or IndexOutOfRangeException)
        {
            throw new MixtureFileException(
                "InvalidMixtureFile", $"The text is not JSON that can be read: {exception.Message} Export the mixture again, or mend the text.", null, exception);
        }
    }

    /// <summary>The reader takes the end of a text for the end of all that is open, and does not mind what is closed once too often.</summary>
    private static void CheckBalance(byte[] utf8, int start)
    {
        int open = 0;
        bool quoted = false;
        for (int i = start; i < utf8.Length; i++)
        {
            byte character = utf8[i];
            if (quoted)
            {
                quoted = character != '"';
                i += character == '\\' ? 1 : 0;
                continue;
            }

            quoted = character == '"';
            open += character is (byte)'{' or (byte)'[' ? 1 : character is (byte)'}' or (byte)']' ? -1 : 0;
            if (open < 0)
            {
                throw new InvalidDataException("A bracket is closed that was not opened.");
            }
        }

        if (open > 0 || quoted)
        {
            throw new InvalidDataException("The text ends too early.");
        }
    }

    /// <summary>Reads the value whose element the reader stands on, and goes behind it.</summary>
    private static JsonValue ReadValue(XmlDictionaryReader reader, string path)
    {
        switch (reader.GetAttribute("type"))
        {
            case "object":
                return new JsonValue(JsonKind.Object, path, members: ReadMembers(reader, path));
            case "array":
                return new JsonValue(JsonKind.Array, path, items: ReadItems(reader, path));
            case "number":
                return new JsonValue(JsonKind.Number, path, ReadText(reader));
            case "boolean":
                return new JsonValue(JsonKind.Boolean, path, ReadText(reader));
            case "null":
                ReadText(reader);
                return new JsonValue(JsonKind.Null, path);
            default:
                return new JsonValue(JsonKind.Text, path, ReadText(reader));
        }
    }

    private static string ReadText(XmlDictionaryReader reader) => reader.ReadElementContentAsString();

    private static List<JsonValue> ReadItems(XmlDictionaryReader reader, string path)
    {
        List<JsonValue> items = [];
        ForEachChild(reader, () => items.Add(ReadValue(reader, FormattableString.Invariant($"{path}[{items.Count}]"))));
        return items;
    }

    private static Dictionary<string, JsonValue> ReadMembers(XmlDictionaryReader reader, string path)
    {
        Dictionary<string, JsonValue> members = new(StringComparer.Ordinal);
        ForEachChild(reader, () =>
        {
            // names that are none in XML stand in an attribute
            string name = reader.GetAttribute("item") ?? XmlConvert.DecodeName(reader.LocalName);
            JsonValue value = ReadValue(reader, $"{path}.{name}");
            if (members.ContainsKey(name))
            {
                throw value.Wrong("stands there twice");
            }

            members.Add(name, value);
        });
        return members;
    }

    private static void ForEachChild(XmlDictionaryReader reader, Action read)
    {
        bool isEmpty = reader.IsEmptyElement;
        reader.ReadStartElement();
        if (isEmpty)
        {
            return;
        }

        while (reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.EOF)
            {
                throw new InvalidDataException("The text ends too early.");
            }

            if (reader.NodeType == XmlNodeType.Element)
            {
                read();
            }
            else
            {
                reader.Read();
            }
        }

        reader.ReadEndElement();
    }
}
