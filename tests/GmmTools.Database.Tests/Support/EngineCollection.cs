using Xunit;

namespace GmmTools.Database.Tests.Support;

/// <summary>Tests that share the engines, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection : ICollectionFixture<Engines>
{
    public const string Name = "Engines";
}
