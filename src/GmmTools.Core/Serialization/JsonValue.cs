using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Serialization;

/// <summary>A value of a JSON text that knows where it stands, so that what is wrong with it can be told with its place.</summary>
internal sealed class JsonValue
{
    private static readonly IReadOnlyList<JsonValue> None = [];

    public JsonValue(JsonKind kind, string path, string text = "", IReadOnlyList<JsonValue>? items = null, IReadOnlyDictionary<string, JsonValue>? members = null)
    {
        Kind = kind;
        Path = path;
        Text = text;
        Items = items ?? None;
        Members = members;
    }

    public JsonKind Kind { get; }

    /// <summary>Where the value stands, as in $.means[2][0].</summary>
    public string Path { get; }

    /// <summary>The text of a number, a string or a truth value.</summary>
    public string Text { get; }

    public IReadOnlyList<JsonValue> Items { get; }

    /// <summary>The members of an object; null of anything else.</summary>
    public IReadOnlyDictionary<string, JsonValue>? Members { get; }

    /// <summary>A member of an object; null when it is missing or null.</summary>
    public JsonValue? Find(string name) =>
        Expect(JsonKind.Object, "an object").Members!.TryGetValue(name, out JsonValue? value) && value.Kind != JsonKind.Null ? value : null;

    /// <summary>A member that has to be there.</summary>
    public JsonValue this[string name] =>
        Find(name) ?? throw Wrong("is missing", $"{Path}.{name}");

    /// <summary>A finite number.</summary>
    public double ToNumber()
    {
        Expect(JsonKind.Number, "a number");
        return double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsInfinity(number) && !double.IsNaN(number)
            ? number
            : throw Wrong($"is '{Cut(Text)}', not a finite number");
    }

    /// <summary>A whole number from 0 to the most given.</summary>
    public long ToCount(long most = long.MaxValue)
    {
        Expect(JsonKind.Number, "a whole number");
        return long.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= most
            ? number
            : throw Wrong(FormattableString.Invariant($"is '{Cut(Text)}', not a whole number from 0 to {most}"));
    }

    /// <summary>A whole number of 64 bits without sign.</summary>
    public ulong ToUnsigned()
    {
        Expect(JsonKind.Number, "a whole number");
        return ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw Wrong($"is '{Cut(Text)}', not a whole number from 0 to 2^64 - 1");
    }

    /// <summary>A time of at least 0, from a number of seconds.</summary>
    public TimeSpan ToTime()
    {
        double ticks = ToNumber() * TimeSpan.TicksPerSecond;
        return ticks >= 0 && ticks < long.MaxValue ? new TimeSpan((long)Math.Round(ticks)) : throw Wrong("is not a time in seconds");
    }

    public bool ToFlag() => Expect(JsonKind.Boolean, "true or false").Text == "true";

    public string ToText() => Expect(JsonKind.Text, "a text").Text;

    /// <summary>The name of a value of an enumeration.</summary>
    public T ToName<T>()
        where T : struct, Enum
    {
        string name = ToText();

        // numbers would be parsed as well
        return Enum.TryParse(name, out T value) && value.ToString() == name
            ? value
            : throw Wrong($"is '{Cut(name)}', which is not a valid {typeof(T).Name}");
    }

    public IReadOnlyList<JsonValue> ToItems() => Expect(JsonKind.Array, "an array").Items;

    /// <summary>The items of an array of so many.</summary>
    public IReadOnlyList<JsonValue> ToItems(int count, string perWhat) => ToItems().Count == count
        ? Items
        : throw Wrong(FormattableString.Invariant($"has {Counted.Of(Items.Count, "item")}, but there are {count} {perWhat}"));

    /// <summary>The error that this value makes the file unfit.</summary>
    /// <param name="what">What is wrong with it.</param>
    /// <param name="path">The place, when it is not that of the value.</param>
    /// <param name="errorId">The id of the error, where it has one of its own.</param>
    public MixtureFileException Wrong(string what, string? path = null, string errorId = "InvalidMixtureFile") => new(
        errorId,
        $"The text is not a usable mixture: {path ?? Path} {what}. Export the mixture again, or correct the text.",
        path ?? Path)
    { Fault = $"{path ?? Path} {what}" };

    private static string Cut(string text) => text.Length <= 40 ? text : string.Concat(text.Take(40)) + "…";

    private JsonValue Expect(JsonKind kind, string what) =>
        Kind == kind ? this : throw Wrong($"is {Describe()}, not {what}");

    private string Describe() => Kind switch
    {
        JsonKind.Null => "null",
        JsonKind.Boolean => "true or false",
        JsonKind.Number => "a number",
        JsonKind.Text => "a text",
        JsonKind.Array => "an array",
        _ => "an object",
    };
}
