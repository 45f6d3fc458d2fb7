namespace GmmTools.Serialization;

/// <summary>What a value of a JSON text is.</summary>
internal enum JsonKind
{
    Null,
    Boolean,
    Number,
    Text,
    Array,
    Object,
}
