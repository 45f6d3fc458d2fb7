using Xunit;

namespace GmmTools.Host.Tests.Hosting;

/// <summary>Tests that measure time run while no other test does.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneCollection;
