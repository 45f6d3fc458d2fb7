using System;
using System.IO;
using System.Text;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Serialization;

namespace GmmTools.Shared.Fuzz;

/// <summary>Mixtures and fits in JSON with bytes changed. What is still accepted is a mixture that is written and read again the same.</summary>
internal sealed class JsonTarget : FuzzTarget
{
    private readonly byte[][] _originals = CreateOriginals();

    public override string Name => "json";

    public override string Extension => ".json";

    public override byte[] Create(Random random) => Mutation.Apply(_originals[random.Next(_originals.Length)], random);

    public override string? Try(byte[] input, string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "read.json");
        File.WriteAllBytes(path, input);
        object read;
        try
        {
            read = MixtureFile.Load(path);
        }
        catch (GmmToolsException)
        {
            return null;
        }

        string first = Write(read);
        File.WriteAllText(path, first);
        return Write(MixtureFile.Load(path)) == first ? null : "is not the same after it was written and read again";
    }

    private static byte[][] CreateOriginals()
    {
        GaussianMixture plane = RandomMixture.Draw(3, 2, 10, 1);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.EEE })
            .Fit(InMemoryObservations.FromMatrix(new Sampling.MixtureSampler(plane, 2).DrawMatrix(60)));
        return [Bytes(plane), Bytes(RandomMixture.Draw(2, 1, 10, 3)), Bytes(fit)];
    }

    private static byte[] Bytes(object value) => Encoding.UTF8.GetBytes(Write(value));

    private static string Write(object value) => value is EmFit fit ? MixtureJsonWriter.Write(fit) : MixtureJsonWriter.Write((GaussianMixture)value);
}
