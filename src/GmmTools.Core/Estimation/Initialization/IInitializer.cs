using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>Finds a mixture to start EM from.</summary>
internal interface IInitializer
{
    /// <summary>Name for reports.</summary>
    string Name { get; }

    /// <summary>A start; every call that gets other random numbers gives another one.</summary>
    MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken);
}
