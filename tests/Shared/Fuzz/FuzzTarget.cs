using System;
using System.Threading;

namespace GmmTools.Shared.Fuzz;

/// <summary>Something that reads what others wrote, fed with inputs of all kinds.</summary>
internal abstract class FuzzTarget
{
    /// <summary>What it is called.</summary>
    public abstract string Name { get; }

    /// <summary>How the input is kept when it finds something, with its dot.</summary>
    public abstract string Extension { get; }

    /// <summary>An input: the same for the same state of the source of chance.</summary>
    public abstract byte[] Create(Random random);

    /// <summary>Reads an input in a folder of its own.</summary>
    /// <returns>What is wrong, or null. An exception of the library's own kinds is an answer; what else is thrown is a finding.</returns>
    public abstract string? Try(byte[] input, string folder, CancellationToken cancellationToken);
}
