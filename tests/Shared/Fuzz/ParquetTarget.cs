using System;
using System.IO;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Samples;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;

namespace GmmTools.Shared.Fuzz;

/// <summary>A Parquet file with bytes changed: read, or refused, within bounds of time and memory.</summary>
internal sealed class ParquetTarget : FuzzTarget
{
    /// <summary>A file of a few kilobytes needs no more on the thread that reads it, whatever it says of itself.</summary>
    private const long MaxAllocated = 1L << 30;

    private readonly byte[] _original = CreateOriginal();

    public override string Name => "parquet";

    public override string Extension => ".parquet";

    public override byte[] Create(Random random)
    {
        byte[] bytes = Mutation.Apply(_original, random);
        return random.Next(2) == 0 || bytes.Length < 8 ? bytes : ChangeFooter(random);
    }

    public override string? Try(byte[] input, string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "read.parquet");
        File.WriteAllBytes(path, input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            FileObservationReader.ReadTable([path], new FileReadOptions { MissingValue = MissingValuePolicy.Omit }, null, cancellationToken);
        }
        catch (GmmToolsException)
        {
            // refused
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return allocated > MaxAllocated ? FormattableString.Invariant($"{allocated >> 20} MB were allocated") : null;
    }

    /// <summary>Most of a file is numbers: what steers the reader stands at its end.</summary>
    private byte[] ChangeFooter(Random random)
    {
        int footer = BitConverter.ToInt32(_original, _original.Length - 8) + 8;
        byte[] end = Mutation.Apply(_original[^footer..], random);
        return [.. _original[..^footer], .. end];
    }

    private static byte[] CreateOriginal()
    {
        string folder = Directory.CreateTempSubdirectory("gmmtools-fuzz").FullName;
        string path = Path.Combine(folder, "original.parquet");
        new SampleFile(RandomMixture.Draw(2, 2, 10, 1), 5, "Component").Write(path, 200, null, CancellationToken.None);
        byte[] bytes = File.ReadAllBytes(path);
        Directory.Delete(folder, recursive: true);
        return bytes;
    }
}
