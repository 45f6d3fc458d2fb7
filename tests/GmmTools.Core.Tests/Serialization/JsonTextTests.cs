using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Serialization;
using Xunit;
using JsonValue = GmmTools.Serialization.JsonValue;

namespace GmmTools.Core.Tests.Serialization;

/// <summary>JSON as RFC 8259 has it, and nothing else.</summary>
public sealed class JsonTextTests
{
    [Theory]
    [InlineData("[1,]")]
    [InlineData("[01]")]
    [InlineData("[1.]")]
    [InlineData("[.5]")]
    [InlineData("[0x10]")]
    [InlineData("[NaN]")]
    [InlineData("[1_000]")]
    [InlineData("[1e5e5]")]
    [InlineData("[1-2]")]
    [InlineData("[+1]")]
    [InlineData("[1\f]")]
    [InlineData("[\"a\tb\"]")]
    [InlineData("[\"\\'\"]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":1}{}")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("[1]//")]
    [InlineData("[tru]")]
    [InlineData("[\"\\u12\"]")]
    [InlineData("[\"\\ud800\"]")]
    [InlineData("[\"\\udc00\\ud800\"]")]
    [InlineData("[")]
    [InlineData("")]
    public void Dialects_of_json_are_refused(string text) =>
        Assert.StartsWith("The text is not valid JSON. Line 1, column ", Assert.Throws<MixtureFileException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_json_is_told_with_line_and_column() => Assert.Contains(
        "Line 3, column 6: ':' was expected, but '2' was found.",
        Assert.Throws<MixtureFileException>(() => Read("{\n \"a\": 1,\n \"b\" 2}")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void What_is_read_as_json_is_what_a_library_reads()
    {
        byte[] text = Encoding.UTF8.GetBytes("""{"a":[1,-0.5e-3,"x\u00e9\n\ud83d\ude00é",true,false,null,{}],"b":{"c":[],"":"\\\"\/"}}""");
        byte[] alphabet = Encoding.UTF8.GetBytes("{}[]\":,0123456789.eE+-\\utfn \t\n\0\u00ff/");
        int readable = 0;
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 2], Gen.Int[0, 1_000_000]).Holds((kind, length, seed) =>
        {
            byte[] changed = WrongMixtureJsonTests.Change(text, kind, length, alphabet, new Random(seed));
            string? expected = null;
            try
            {
                using JsonDocument document = JsonDocument.Parse(changed, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 16 });
                expected = Describe(document.RootElement);
                readable++;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                Assert.True(Throws(changed), Encoding.UTF8.GetString(changed));
            }

            Assert.True(expected is null || expected == Describe(JsonText.Read(changed)), Encoding.UTF8.GetString(changed));
        },
        iter: 20_000);
        Assert.True(readable > 500, $"{readable} texts were readable");
    }

    private static bool Throws(byte[] text) => Record.Exception(() => JsonText.Read(text)) is MixtureFileException;

    private static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", json.EnumerateObject().Select(member => member.Name + ":" + Describe(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(",", json.EnumerateArray().Select(Describe)) + "]",
        JsonValueKind.String => "'" + json.GetString() + "'",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => "null",
        _ => json.GetRawText(),
    };

    private static string Describe(JsonValue json) => json.Kind switch
    {
        JsonKind.Object => "{" + string.Join(",", json.Members!.Select(member => member.Key + ":" + Describe(member.Value))) + "}",
        JsonKind.Array => "[" + string.Join(",", json.Items.Select(Describe)) + "]",
        JsonKind.Text => "'" + json.Text + "'",
        JsonKind.Null => "null",
        _ => json.Text,
    };

    private static object Read(string text) => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text));
}
