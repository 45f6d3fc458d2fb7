using System;

namespace GmmTools.Connectors.Samples;

/// <summary>Writes blocks of rows to a file of one kind.</summary>
internal interface ISampleWriter : IDisposable
{
    /// <summary>The best number of rows of a block.</summary>
    int BlockRows { get; }

    /// <summary>Brings a block into the form of the file; may be called on several threads at once.</summary>
    /// <param name="block">The block.</param>
    void Format(SampleBlock block);

    /// <summary>Writes a block that was formatted; called in the order of the rows.</summary>
    /// <param name="block">The block.</param>
    void Write(SampleBlock block);

    /// <summary>Ends the file.</summary>
    void Complete();
}
